// Errors beside their field, and the choice between two texts.

import { inputsOf, rowOf } from "./inputs.js";
import { button } from "./status.js";
import { text } from "./texts.js";

function placeOf(form, name, row) {
  const input = inputsOf(form, name)[0];
  return input?.closest(".mb-3") ?? rowOf(form, row)?.querySelector("[data-row-messages]");
}

export function clearMessages(form, name, row) {
  for (const input of inputsOf(form, name)) input.classList.remove("is-invalid");
  const place = placeOf(form, name, row);
  for (const old of place?.querySelectorAll(
    `[data-about="${CSS.escape(name)}"], .invalid-feedback`,
  ) ?? [])
    old.remove();
}

export function showErrors(form, name, row, errors) {
  clearMessages(form, name, row);
  const place = placeOf(form, name, row);
  for (const error of errors) {
    const line = document.createElement("p");
    line.className = "field-error";
    line.dataset.about = name;
    line.textContent = error;
    place?.append(line);
  }
  for (const input of inputsOf(form, name)) input.classList.add("is-invalid");
}

function plain(value, isRich) {
  if (!isRich) return value;
  const parsed = new DOMParser().parseFromString(value, "text/html");
  for (const block of parsed.body.querySelectorAll("p, li, h2, h3, tr")) block.append("\n");
  return parsed.body.textContent.trim();
}

/** Their text beside one's own, and two buttons; both texts stay until one is pressed. */
export function showConflict(form, name, row, conflict, choose) {
  clearMessages(form, name, row);
  const isRich = inputsOf(form, name)[0]?.matches("[data-rich-text]");
  const box = document.createElement("div");
  box.className = "conflict";
  box.dataset.about = name;
  box.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = text("conflict", { who: conflict.by, time: conflict.at });
  const chosen = (choice) => () => {
    box.remove();
    choose(choice);
  };
  const theirs = document.createElement("blockquote");
  theirs.textContent = choiceLabel(form, name, plain(conflict.theirs, isRich)) || text("empty");
  box.append(
    line,
    theirs,
    button(text("take-theirs"), chosen("theirs")),
    button(text("keep-mine"), chosen("mine")),
  );
  placeOf(form, name, row)?.append(box);
}

function choiceLabel(form, name, value) {
  const input = inputsOf(form, name)[0];
  if (input?.tagName === "SELECT")
    return [...input.options].find((one) => one.value === value)?.textContent ?? value;
  if (input?.type === "radio") {
    const chosen = inputsOf(form, name).find((one) => one.value === value);
    return chosen?.labels[0]?.textContent.trim() ?? value;
  }
  return value;
}
