// Correcting signed minutes: rows can be added and taken out; everything is sent together, with the reason.

import { enliven, newRow } from "./record/rows.js";

const form = document.querySelector("[data-correct]");

// The boxes "remove when saving" stay: a removal belongs to the correction as a whole.
const boxes = [...form.querySelectorAll(".remove-row")].map((box) => [box, box.parentElement]);
enliven(form);
for (const [box, parent] of boxes) if (parent.isConnected) parent.append(box);
for (const one of form.querySelectorAll("[data-remove-row]")) one.hidden = true;

form.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-add-row]");
  if (!adder) return;
  const row = newRow(form, adder.dataset.addRow);
  for (const one of row.querySelectorAll("[data-remove-row]")) one.hidden = true;
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
});
for (const mover of form.querySelectorAll("[data-move]")) mover.hidden = true;
