// A form is sent once: a second click while the first is on its way does nothing. (The server would not do it twice
// either: every form carries its idempotency key.) A form that was changed asks before it is left.

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    form.setAttribute("aria-busy", "true");
    leaving.delete(form);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-leaving]");
    if (form) leaving.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving.size) event.preventDefault();
  });
}

const leaving = new Set();
