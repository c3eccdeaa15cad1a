// An open letter follows what others do with it. What changed is changed in place, piece by piece: focus, scroll and
// opened parts stay where they are, and a form in which something is being written is left alone.
import { Idiomorph } from "/assets/idiomorph/dist/idiomorph.esm.js";

const PAUSE = 1000; // a letter that thousands acknowledge is looked at once in a while, not thousands of times

const place = () => document.getElementById("proceedings");

let position = 0;
let waiting = false;
let resting = false;

document.addEventListener("letter", ({ detail }) => {
  position = Math.max(position, detail.position ?? 0);
  waiting = true;
  if (!resting) look();
});

async function look() {
  waiting = false;
  resting = true;
  try {
    await renew();
  } finally {
    setTimeout(() => {
      resting = false;
      if (waiting) look();
    }, PAUSE);
  }
}

async function renew() {
  const shown = place();
  const answer = await fetch(`/letters/${shown.dataset.letter}?after=${position}`, { headers: { "HX-Request": "true" } });
  // After an act of this page the place is another one, and newer than this answer.
  if (!answer.ok || answer.redirected || !shown.isConnected) return;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  const head = told.getElementById("letter-head");
  head?.remove();
  const fresh = told.getElementById("proceedings");
  if (fresh && shown.isConnected) standingStill(() => bringUp(shown, fresh, head));
}

function bringUp(shown, fresh, head) {
  const unread = new Map([...shown.querySelectorAll("[data-unread]")].map((one) => [one.id, one.dataset.unread]));
  const callbacks = keeping(shown, fresh);
  Idiomorph.morph(shown, fresh, { callbacks });
  if (head) {
    head.removeAttribute("hx-swap-oob");
    Idiomorph.morph(document.getElementById("letter-head"), head, { callbacks });
  }
  htmx.process(shown);
  for (const one of shown.querySelectorAll("details[open][data-unread]")) {
    const names = one.querySelector("[data-kept]");
    if (unread.get(one.id) !== one.dataset.unread && !names.querySelector("[data-further]")) htmx.trigger(names, "renew");
  }
}

// What the officer is at does not move under their hands, whatever grows or shrinks above it.
function standingStill(change) {
  const held = document.activeElement?.closest("#proceedings, #letter-head") ? document.activeElement : null;
  const top = held?.getBoundingClientRect().top;
  change();
  if (held?.isConnected) window.scrollBy({ top: held.getBoundingClientRect().top - top, behavior: "instant" });
}

function keeping(shown, fresh) {
  const joins = historyJoins(shown, fresh);
  return {
    beforeNodeMorphed: (old) => !(isElement(old) && (isBusy(old) || isKept(old, joins))),
    beforeNodeRemoved: (old) => !(isElement(old) && (holdsWork(old) || (joins && old.matches("[data-version]")))),
    beforeAttributeUpdated: (name, old) => !(name === "open" && old.matches("details")),
  };
}

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

const holdsWork = (old) => old.matches("[data-stays]") || [old, ...old.querySelectorAll("form")].some(isBusy);

// What was fetched on demand stays: names of readers, and with them the way to still more of the history.
const isKept = (old, joins) => old.matches("[data-kept]") || (joins && old.id === "history-more" && old.dataset.moved);

// Entries are for ever, so older ones that were fetched stay; unless so much happened that entries between are missing.
function historyJoins(shown, fresh) {
  const versions = (where) => [...where.querySelectorAll("[data-version]")].map((one) => Number(one.dataset.version));
  return Math.min(...versions(fresh)) <= Math.max(0, ...versions(shown)) + 1;
}

function isBusy(form) {
  return form.matches("form") && (isSent(form) || form.closest("details:not([open])") === null && isOpened(form)
    || form.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")
    || [...form.elements].some(isWritten) || form.querySelector("[data-chosen] li") !== null);
}

const isSent = (form) => form.matches(".htmx-request, [aria-busy='true']") || form.querySelector(".htmx-request") !== null;

const isOpened = (form) => form.closest("details[open]") !== null;

function isWritten(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  return field.value !== field.defaultValue;
}
