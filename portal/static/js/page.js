// What every page does: the menu on a phone, live inbox, forms sent once, focus where attention is due.
import { listen } from "./live.js";
import { openMenus } from "./menu.js";
import { sendOnce } from "./once.js";
import { attend, forgetPassing } from "./attention.js";

openMenus();
sendOnce();
forgetPassing();
attend(document);
for (const swapped of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(swapped, () => attend(document));
// Not before everyone on the page is there to hear what is told: other scripts, and htmx, which begins at this moment.
if (document.querySelector("[hx-trigger*='from:body']")) document.addEventListener("DOMContentLoaded", listen);
