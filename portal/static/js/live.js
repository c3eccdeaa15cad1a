// The page stays up to date: the server says that something changed, the parts of the page that care ask anew.
// Missed messages are not repeated, so every connection begins with asking. Only a page that can be seen is connected:
// a browser has few connections to one server, and an officer many tabs.

const PATIENCE = 5000;

let stream;

export function listen() {
  document.addEventListener("visibilitychange", keepUp);
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", keepUp);
  keepUp();
}

function keepUp() {
  if (document.visibilityState === "hidden") hangUp();
  else if (!stream) connect();
}

function hangUp() {
  stream?.close();
  stream = undefined;
}

function connect() {
  stream = new EventSource(`/api/v1/stream${whatIsShown()}`);
  stream.addEventListener("open", () => htmx.trigger(document.body, "inbox"));
  stream.addEventListener("inbox", () => htmx.trigger(document.body, "inbox"));
  stream.addEventListener("letter", (event) => htmx.trigger(document.body, "letter", JSON.parse(event.data)));
  stream.addEventListener("error", comeBack);
}

// The browser comes back by itself after a broken line, not after a refusal: the server may be starting.
function comeBack() {
  if (stream?.readyState !== EventSource.CLOSED) return;
  hangUp();
  setTimeout(keepUp, PATIENCE);
}

// The letter that stands on this page, and how far its history is told here.
function whatIsShown() {
  const letter = document.querySelector("[data-letter]");
  if (!letter) return "";
  const seen = letter.querySelector("[data-version]")?.dataset.version ?? 0;
  return `?${new URLSearchParams({ letter_id: letter.dataset.letter, seen })}`;
}
