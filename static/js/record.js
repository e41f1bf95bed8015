// The record of a meeting: autosave, two recorders at once, rows, files. Without script the page is one form.

import { Autosave } from "./record/autosave.js";
import * as inputs from "./record/inputs.js";
import { offerKept } from "./record/kept.js";
import { Others } from "./record/others.js";
import { enliven, moveRow, newRow } from "./record/rows.js";
import { post, Refused } from "./record/server.js";
import { Shelf } from "./record/shelf.js";
import { Status } from "./record/status.js";
import { text } from "./record/texts.js";
import { Uploads } from "./record/uploads.js";

const form = document.querySelector("[data-record]");
const status = new Status(form);
const shelf = new Shelf(
  window.localStorage,
  `${form.dataset.user}:meeting-${form.dataset.meeting}`,
);

enliven(form);
const autosave = new Autosave(form, shelf, status, heard);
const others = new Others(form, autosave, status);
new Uploads(form, autosave, heard);
status.show("saved", "ready");
offerKept(form, shelf, autosave, status);
form.dataset.ready = "1";

function heard(answer) {
  autosave.savedAt = answer.saved_at;
  others.ownAnswer(answer);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const mover = event.submitter?.dataset.move ? event.submitter : null;
  if (mover) move(mover);
  else saveNow();
});

async function saveNow() {
  await autosave.flush();
}

form.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-add-row]");
  const remover = event.target.closest("[data-remove-row]");
  if (adder) add(adder.dataset.addRow);
  if (remover) remove(remover.closest("[data-row]"));
});

function add(kind) {
  const row = newRow(form, kind);
  autosave.watch(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

async function remove(row) {
  if (!window.confirm(text("really-remove"))) return;
  if (row.dataset.new) return vanish(row);
  const body = new FormData();
  body.append(`${row.dataset.row}-remove`, "1");
  for (const name of inputs.namesIn(row).filter((one) => one.startsWith(`${row.dataset.row}-`))) {
    body.append(name, autosave.cells.get(name).base);
    body.append(`base-${name}`, autosave.cells.get(name).base);
  }
  const answer = await attempt(body);
  const told = answer?.rows.find((one) => one.row === row.dataset.row);
  if (told?.removed) vanish(row);
  else if (told) status.notice(told.errors.join(" "), {}, "warning");
  return undefined;
}

function vanish(row) {
  autosave.forget(row);
  row.remove();
}

async function move(mover) {
  const row = mover.closest("[data-row]");
  await autosave.flush();
  const body = new FormData();
  body.append("move", mover.value);
  const answer = await attempt(body);
  if (answer && moveRow(row, mover.dataset.move)) mover.focus();
}

/** A step that cannot wait on the shelf: it happens now, or one is told that it did not. */
async function attempt(body) {
  try {
    const answer = await post(form.dataset.address, body);
    heard(answer);
    return answer;
  } catch (failure) {
    status.notice(failure instanceof Refused ? failure.message : text("not-done"), {}, "error");
    return null;
  }
}

// Closing the meeting leaves the page: first everything typed must have arrived.
for (const leaving of document.querySelectorAll("[data-after-saving]")) {
  leaving.addEventListener("submit", async (event) => {
    event.preventDefault();
    await autosave.flush();
    const left = autosave.cells.unsaved();
    if (!left.length || window.confirm(text("leave-unsaved")))
      HTMLFormElement.prototype.submit.call(leaving);
  });
}
