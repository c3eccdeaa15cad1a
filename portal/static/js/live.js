// The page stays up to date: the server says that something changed, the parts of the page that care ask anew.
// Missed messages are not repeated, so every connection begins with asking. Only a page that can be seen is connected:
// a browser has few connections to one server, and an officer many tabs.

let stream;

export function listen() {
  document.addEventListener("visibilitychange", keepUp);
  document.addEventListener("htmx:beforeRequest", holdWhileTyping);
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
  stream = new EventSource("/api/v1/stream");
  stream.addEventListener("open", () => tell("inbox"));
  stream.addEventListener("inbox", (event) => {
    tell("inbox");
    tell(`letter-${JSON.parse(event.data).letter_id}`);
  });
}

function tell(event) {
  htmx.trigger(document.body, event);
}

// What an officer is writing must not be swept away by news.
function holdWhileTyping(event) {
  if (event.target.id === "proceedings" && isWrittenIn(event.target)) event.preventDefault();
}

function isWrittenIn(place) {
  const written = (field) => field.value !== field.defaultValue;
  return place.contains(document.activeElement?.form ?? null)
    || [...place.querySelectorAll("textarea, input[type=text]")].some(written)
    || place.querySelector("details[open] form, [data-chosen] li") !== null;
}
