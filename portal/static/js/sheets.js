// The sheets of one PDF, drawn when they come near the eye, with text over them that can be selected and copied.

const PDFJS = "/assets/pdfjs-dist";
const NEAR = "800px";
const MOST_PIXELS = 16_000_000;

let library;

function pdfjs() {
  library ??= import(`${PDFJS}/legacy/build/pdf.min.mjs`).then((loaded) => {
    loaded.GlobalWorkerOptions.workerSrc = `${PDFJS}/legacy/build/pdf.worker.min.mjs`;
    return loaded;
  });
  return library;
}

export async function openPdf(source) {
  const { getDocument } = await pdfjs();
  const from = typeof source === "string" ? { url: source, withCredentials: true } : { data: await source.arrayBuffer() };
  return getDocument({
    ...from,
    cMapUrl: `${PDFJS}/cmaps/`,
    standardFontDataUrl: `${PDFJS}/standard_fonts/`,
    wasmUrl: `${PDFJS}/wasm/`,
    iccUrl: `${PDFJS}/iccs/`,
    enableXfa: false,
  }).promise;
}

export class Sheets {
  constructor(pdf, place, pageWord) {
    this.pdf = pdf;
    this.place = place;
    this.pageWord = pageWord;
    this.zoom = 1;
    this.drawn = new Map(); // sheet → the zoom at which it is drawn
    this.near = new IntersectionObserver((seen) => this.#seen(seen), { root: place, rootMargin: NEAR });
  }

  async lay() {
    const { width, height } = (await this.pdf.getPage(1)).getViewport({ scale: 1 });
    this.width = width;
    const sheets = Array.from({ length: this.pdf.numPages }, (_, at) => this.#sheet(at + 1, width, height));
    this.place.replaceChildren(...sheets);
    for (const sheet of sheets) this.near.observe(sheet);
  }

  zoomTo(zoom) {
    this.zoom = zoom;
    this.place.style.setProperty("--zoom", zoom);
    for (const sheet of this.place.children) {
      this.near.unobserve(sheet);
      this.near.observe(sheet); // tells again which are near
    }
  }

  at() {
    const middle = this.place.scrollTop + this.place.clientHeight / 2;
    const passed = [...this.place.children].filter((sheet) => sheet.offsetTop <= middle);
    return Math.max(1, passed.length);
  }

  turnTo(number) {
    const sheet = this.place.children[number - 1];
    if (sheet) this.place.scrollTo({ top: sheet.offsetTop - 8 });
  }

  close() {
    this.near.disconnect();
    this.pdf.destroy();
  }

  #sheet(number, width, height) {
    const sheet = document.createElement("div");
    sheet.className = "sheet-page";
    sheet.dataset.number = number;
    sheet.setAttribute("role", "group");
    sheet.setAttribute("aria-label", `${this.pageWord} ${number}`);
    this.#measure(sheet, width, height);
    return sheet;
  }

  #measure(sheet, width, height) {
    sheet.style.setProperty("--w", width);
    sheet.style.setProperty("--h", height);
  }

  #seen(seen) {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) this.#draw(target);
      else this.#forget(target);
    }
  }

  #forget(sheet) {
    if (this.drawn.delete(sheet)) sheet.replaceChildren();
  }

  async #draw(sheet) {
    const zoom = this.zoom;
    if (this.drawn.get(sheet) === zoom) return;
    this.drawn.set(sheet, zoom);
    const page = await this.pdf.getPage(Number(sheet.dataset.number));
    const viewport = page.getViewport({ scale: zoom });
    this.#measure(sheet, viewport.width / zoom, viewport.height / zoom);
    const canvas = await this.#picture(page, viewport);
    const text = await this.#text(page, viewport);
    if (this.drawn.get(sheet) === zoom) sheet.replaceChildren(canvas, text);
  }

  async #picture(page, viewport) {
    const fine = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width * fine);
    canvas.height = Math.floor(viewport.height * fine);
    await page.render({ canvas, viewport, transform: [fine, 0, 0, fine, 0, 0] }).promise;
    return canvas;
  }

  async #text(page, viewport) {
    const { TextLayer } = await pdfjs();
    const container = document.createElement("div");
    container.className = "textLayer";
    await new TextLayer({ textContentSource: page.streamTextContent(), container, viewport }).render();
    return container;
  }
}
