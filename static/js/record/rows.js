// Rows are added from the mould in the page, taken out, and moved; all by names that the page makes itself.

import { kindOf } from "./cells.js";
import { newId } from "./ids.js";

export function newRow(form, kind, id = newId()) {
  const mould = form.querySelector(`template[data-mould="${kind}"]`);
  const holder = document.createElement("template");
  holder.innerHTML = mould.innerHTML.replaceAll("__key__", id);
  const row = holder.content.firstElementChild;
  row.dataset.new = "1";
  listOf(form, kind).append(row);
  enliven(row);
  return row;
}

/** A row that the server drew, because somebody else made it or a file arrived. */
export function insertRow(form, name, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const row = holder.content.firstElementChild;
  listOf(form, kindOf(name))?.append(row);
  enliven(row);
  return row;
}

function listOf(form, kind) {
  return form.querySelector(`[data-rows="${kind}"]`);
}

/** What only works with script is shown, what stands in for it without script goes. */
export function enliven(root) {
  for (const one of root.querySelectorAll("[data-add-row], [data-remove-row]")) one.hidden = false;
  for (const one of root.querySelectorAll(".remove-row")) one.remove();
  for (const one of root.querySelectorAll("[data-empty-row]")) one.remove();
  root.dispatchEvent(new CustomEvent("portal:added", { bubbles: true }));
}

export function moveRow(row, direction) {
  const other = direction === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return false;
  if (direction === "up") other.before(row);
  else other.after(row);
  return true;
}
