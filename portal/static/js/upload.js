// Files on their way into the house: dropped or chosen, sent one by one with their progress shown, and kept as fields
// of the form. The first PDF is shown beside the form at once, from the officer's own disk.

import { viewerOf } from "./viewer.js";

const MEDIA_TYPES = { pdf: "application/pdf", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", eml: "message/rfc822" };
const SHOWN_AS = { "application/pdf": "pdf", "image/png": "image", "image/jpeg": "image" };

const form = () => document.querySelector("form[data-upload]");
const say = (what) => form().querySelector(`template[data-say="${what}"]`).content.textContent.trim();
const chosenFiles = new Map(); // sha256 → the officer's own file, to look at it again

function take(files) {
  for (const file of files) send(file, newRow(file.name, file.size));
}

function newRow(name, size) {
  const row = form().querySelector("template[data-upload-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-look]").textContent = name;
  row.querySelector("[data-size]").textContent = sizeOf(size);
  form().querySelector("[data-uploads]").append(row);
  return row;
}

function sizeOf(bytes) {
  if (bytes < 1e6) return say("kb").replace("{count}", Math.max(1, Math.round(bytes / 1e3)));
  return say("mb").replace("{count}", (bytes / 1e6).toFixed(1));
}

function send(file, row) {
  const type = file.type || MEDIA_TYPES[file.name.split(".").pop().toLowerCase()] || "application/octet-stream";
  const request = new XMLHttpRequest();
  row.request = request;
  request.open("POST", `/api/v1/files?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("Content-Type", type);
  request.setRequestHeader("X-CSRF-Token", form().elements.csrf.value);
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(row, loaded, total));
  request.addEventListener("load", () => arrived(request, row, file));
  request.addEventListener("error", () => failed(row, say("lost")));
  request.send(file);
  progress(row, 0, file.size || 1);
  look(row, file, type);
  waitForAll();
}

function progress(row, loaded, total) {
  const share = Math.round((loaded / total) * 100);
  row.querySelector("progress").value = share;
  row.querySelector("[data-state]").textContent = `${say("sending")} ${share}%`;
}

function arrived(request, row, file) {
  const told = request.response;
  if (request.status >= 300 || !told) return failed(row, told?.[document.documentElement.lang] ?? say("lost"));
  chosenFiles.set(told.sha256, file);
  keep(row, told);
  waitForAll();
}

function keep(row, stored, role) {
  row.classList.add("done");
  row.classList.toggle("seen", Boolean(stored.duplicate));
  const state = row.querySelector("[data-state]");
  state.textContent = say(stored.duplicate ? "seen" : "stored");
  if (stored.duplicate) htmx.ajax("GET", `/files/${stored.sha256}/letters`, { target: state, swap: "innerHTML" });
  const field = row.querySelector("input[name='file']");
  field.value = JSON.stringify(stored);
  field.disabled = false;
  const roles = row.querySelector("select[name='role']");
  const first = !row.parentElement.querySelector(".upload.done ~ .upload.done") && row.parentElement.querySelector(".upload.done") === row;
  roles.disabled = false;
  roles.value = role ?? (first ? "letter" : "enclosure");
  row.querySelector(".upload-role").hidden = false;
}

function failed(row, sentence) {
  row.classList.add("failed");
  row.querySelector("[data-state]").textContent = sentence;
  waitForAll();
}

function look(row, file, type) {
  const shownAs = SHOWN_AS[type] ?? "none";
  row.look = () => viewerOf(document.querySelector("[data-viewer]")).open(file, shownAs);
  if (shownAs === "none" || form().querySelector(".upload[data-looked]")) return;
  row.dataset.looked = "";
  row.look();
}

function waitForAll() {
  const underWay = [...form().querySelectorAll(".upload")].some((row) => !row.matches(".done, .failed"));
  form().querySelector("[data-send]").disabled = underWay;
  form().querySelector("[data-wait]").hidden = !underWay;
}

function restore() {
  for (const stub of form()?.querySelectorAll("[data-file]") ?? []) {
    const stored = JSON.parse(stub.dataset.file);
    const row = newRow(stored.name, stored.size);
    stub.replaceWith(row);
    keep(row, stored, stub.dataset.role);
    const file = chosenFiles.get(stored.sha256);
    if (file) look(row, file, stored.media_type);
  }
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick]")) return;
  take(event.target.files);
  event.target.value = "";
});
document.addEventListener("click", (event) => {
  const row = event.target.closest(".upload");
  if (!row) return;
  if (event.target.closest("[data-look]")) row.look?.();
  if (!event.target.closest("[data-remove]")) return;
  row.request?.abort();
  row.remove();
  waitForAll();
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!form() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // a file dropped beside the mark must not replace the page
    form().querySelector("[data-drop]").classList.toggle("over", name === "dragover");
    if (name === "drop") take(event.dataTransfer.files);
  });
}
document.addEventListener("htmx:afterSwap", restore);
restore();
