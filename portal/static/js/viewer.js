// The viewer of a page: which file is open, turning, zooming, downloading.

import { openPdf, Sheets } from "./sheets.js";

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];

class Viewer {
  constructor(section) {
    this.section = section;
    this.place = section.querySelector("[data-sheets]");
    this.state = section.querySelector("[data-state]");
    this.page = section.querySelector("[data-page]");
    this.fitted = true;
    section.addEventListener("click", (event) => this.#clicked(event));
    this.page.addEventListener("change", () => this.#turn(Number(this.page.value)));
    this.place.addEventListener("scroll", () => this.#showPlace(), { passive: true });
    new ResizeObserver(() => this.#fitAgain()).observe(this.place);
    this.#bar();
  }

  async open(source, shownAs, download) {
    this.sheets?.close();
    this.sheets = undefined;
    this.#link(download);
    if (shownAs === "none") return this.#instead("unshowable");
    if (shownAs === "image") return this.#picture(source);
    this.#say("opening");
    try {
      await this.#pdf(source);
      this.#say();
    } catch (error) {
      this.#instead(error?.name === "PasswordException" ? "locked" : "failed");
    }
    this.#bar();
  }

  async #pdf(source) {
    const pdf = await openPdf(source);
    const sheets = new Sheets(pdf, this.place, this.#word("page"));
    await sheets.lay();
    this.sheets = sheets;
    this.place.scrollTop = 0;
    this.#fit();
    this.#showPlace();
  }

  #picture(source) {
    const image = new Image();
    image.alt = "";
    image.src = typeof source === "string" ? source : URL.createObjectURL(source);
    image.addEventListener("error", () => this.#instead("failed"));
    this.place.replaceChildren(image);
    this.#say();
    this.#bar();
  }

  #clicked(event) {
    const file = event.target.closest("[data-open]");
    if (file) return this.#choose(file);
    const button = event.target.closest("[data-do]");
    if (button && this.sheets) this.#does(button.dataset.do);
  }

  #choose(file) {
    for (const other of this.section.querySelectorAll("[data-open]")) {
      other.setAttribute("aria-pressed", String(other === file));
    }
    this.open(file.dataset.open, file.dataset.shownAs, file.dataset.download);
  }

  #does(what) {
    const at = this.sheets.at();
    if (what === "previous") this.#turn(at - 1);
    if (what === "next") this.#turn(at + 1);
    if (what === "fit") this.#fit();
    if (what === "larger") this.#zoom(STEPS.find((step) => step > this.sheets.zoom + 0.01));
    if (what === "smaller") this.#zoom(STEPS.findLast((step) => step < this.sheets.zoom - 0.01));
  }

  #turn(number) {
    if (!this.sheets) return;
    this.sheets.turnTo(Math.min(Math.max(1, number || 1), this.sheets.pdf.numPages));
    this.#showPlace();
  }

  #zoom(zoom) {
    if (!zoom) return;
    const at = this.sheets.at();
    this.fitted = false;
    this.sheets.zoomTo(zoom);
    this.sheets.turnTo(at);
    this.#bar();
  }

  #fit() {
    const room = this.place.clientWidth - 26;
    if (room <= 0) return;
    this.fitted = true;
    this.sheets.zoomTo(Math.min(2, room / this.sheets.width));
    this.#bar();
  }

  #fitAgain() {
    if (this.sheets && this.fitted) this.#fit();
  }

  #showPlace() {
    if (this.sheets && document.activeElement !== this.page) this.page.value = this.sheets.at();
  }

  #bar() {
    const pages = this.sheets?.pdf.numPages;
    this.section.querySelector("[data-pages]").textContent = pages ?? "–";
    this.section.querySelector("[data-zoom]").textContent = `${Math.round((this.sheets?.zoom ?? 1) * 100)}%`;
    for (const button of this.section.querySelectorAll("[data-do]")) button.disabled = !this.sheets;
    this.page.disabled = !this.sheets;
  }

  #link(download) {
    const link = this.section.querySelector("a[data-download]");
    link.hidden = !download;
    if (download) link.href = download;
  }

  #instead(what) {
    this.place.replaceChildren();
    this.#say(what);
    this.#bar();
  }

  #say(what) {
    this.state.textContent = what ? this.#word(what) : "";
  }

  #word(what) {
    return this.section.querySelector(`template[data-say="${what}"]`).content.textContent;
  }
}

const viewers = new Map();

export function viewerOf(section) {
  if (!viewers.has(section)) viewers.set(section, new Viewer(section));
  return viewers.get(section);
}

for (const section of document.querySelectorAll("[data-viewer]")) {
  const { first, firstAs } = section.querySelector("[data-sheets]").dataset;
  const viewer = viewerOf(section);
  if (first) viewer.open(first, firstAs, section.querySelector("a[data-download]").getAttribute("href"));
}
