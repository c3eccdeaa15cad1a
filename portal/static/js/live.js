// The inbox stays up to date: the server says that something changed, the parts of the page that care ask anew.
// Missed messages are not repeated, so a connection that was lost asks once when it is back.

export function listen() {
  let lost = false;
  const stream = new EventSource("/api/v1/stream");
  stream.addEventListener("inbox", (event) => {
    const { letter_id: letter } = JSON.parse(event.data);
    tell("inbox");
    tell(`letter-${letter}`);
  });
  stream.addEventListener("error", () => { lost = true; });
  stream.addEventListener("open", () => {
    if (lost) tell("inbox");
    lost = false;
  });
  window.addEventListener("pagehide", () => stream.close());
}

function tell(event) {
  htmx.trigger(document.body, event);
}
