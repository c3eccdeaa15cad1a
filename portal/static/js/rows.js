// Adding and removing recipients and paragraphs of a draft.

document.addEventListener("click", (event) => {
  const adds = event.target.closest("[data-add]");
  const removes = event.target.closest("[data-rows] [data-remove]");
  if (adds) add(adds);
  else if (removes) remove(removes);
});

function add(button) {
  const fresh = button.form.querySelector(`template[data-new="${button.dataset.add}"]`).content.cloneNode(true);
  const list = button.closest("fieldset").querySelector("[data-rows]");
  list.append(fresh);
  list.lastElementChild.querySelector("input, textarea").focus();
  changed();
}

function remove(button) {
  const row = button.closest("li");
  const neighbour = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  neighbour?.querySelector("input, textarea").focus();
  changed();
}

function changed() {
  htmx.trigger(document.body, "rows");
}
