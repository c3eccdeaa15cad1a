// Choosing units and officers: who is ticked moves up among the chosen, and the box is ready for the next name.

function choose(place, box) {
  const row = box.closest("li");
  const chosen = place.querySelector("[data-chosen]");
  const options = place.querySelector("[data-options]");
  const sought = place.querySelector("[data-sought]");
  if (box.checked) {
    if (place.hasAttribute("data-single")) chosen.replaceChildren();
    chosen.append(row);
    sought.focus();
    sought.select();
  } else {
    row.remove();
    sought.focus();
    if (!options.children.length) htmx.trigger(sought, "input");
  }
}

function withoutChosen(place) {
  const chosen = new Set([...place.querySelectorAll("[data-chosen] li")].map((row) => row.dataset.value));
  for (const row of place.querySelectorAll("[data-options] li")) {
    if (chosen.has(row.dataset.value)) row.remove();
  }
}

function walk(place, event) {
  const boxes = [...place.querySelectorAll("[data-options] input")];
  const at = boxes.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter") {
    event.preventDefault(); // the form is sent by its button, not from within the choice
    if (at >= 0) boxes[at].click();
  }
  if (!step || !boxes.length) return;
  event.preventDefault();
  const next = at + step;
  if (next < 0) place.querySelector("[data-sought]").focus();
  else boxes[Math.min(next, boxes.length - 1)].focus();
}

document.addEventListener("change", (event) => {
  const place = event.target.closest("[data-choose]");
  if (place && event.target.type === "checkbox") choose(place, event.target);
});
document.addEventListener("keydown", (event) => {
  const place = event.target.closest?.("[data-choose]");
  if (place) walk(place, event);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const place = event.detail.target.closest("[data-choose]");
  if (place) withoutChosen(place);
});
