// The rooms behind one button on a phone, and menus that close on Escape or a click elsewhere.

export function openMenus() {
  const button = document.querySelector(".menu-button");
  const rooms = document.getElementById("rooms");
  button?.addEventListener("click", () => {
    const open = rooms.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    if (open) rooms.querySelector("a")?.focus();
  });
  const me = document.querySelector("details.me");
  if (!me) return;
  document.addEventListener("click", (event) => {
    if (!me.contains(event.target)) me.open = false;
  });
  me.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    me.open = false;
    me.querySelector("summary").focus();
  });
}
