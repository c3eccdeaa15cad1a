// After an act, focus goes once to what was said about it, and the address loses what only that moment needed.

export function attend(place) {
  const said = place.querySelector("[data-attention], [aria-invalid='true']:not([data-attended])");
  if (!said) return;
  said.removeAttribute("data-attention");
  said.setAttribute("data-attended", "");
  said.focus();
}

export function forgetPassing() {
  const address = new URL(location.href);
  for (const name of ["after", "done", "number"]) address.searchParams.delete(name);
  if (address.href !== location.href) history.replaceState(null, "", address);
}
