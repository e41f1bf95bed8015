// Reading and writing the page's inputs by the names of their cells.

import { parts } from "./cells.js";

export function inputsOf(root, name) {
  return [...root.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
}

export function typedIn(root, name) {
  const inputs = inputsOf(root, name);
  if (inputs[0]?.type === "radio") return inputs.find((input) => input.checked)?.value ?? "";
  return inputs[0]?.value ?? "";
}

/** Show a value without it counting as typed; a rich text is shown by its editor. */
export function show(root, name, value) {
  for (const input of inputsOf(root, name)) {
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.matches("textarea[data-rich-text]")) {
      input.value = value;
      input.dispatchEvent(new CustomEvent("portal:set-value", { detail: { value } }));
    } else input.value = value;
  }
}

export function baseOf(root, name) {
  return root.querySelector(`[name="base-${CSS.escape(name)}"]`)?.value ?? "";
}

export function setBase(root, name, value) {
  const hidden = root.querySelector(`[name="base-${CSS.escape(name)}"]`);
  if (hidden) hidden.value = value;
}

/** The names of the cells inside an element, each once. */
export function namesIn(root) {
  const named = [...root.querySelectorAll("[name]")].map((input) => input.name);
  return [...new Set(named)].filter((name) => parts(name));
}

export function rowOf(root, row) {
  return root.querySelector(`[data-row="${CSS.escape(row)}"]`);
}

export function labelOf(root, name) {
  const input = inputsOf(root, name)[0];
  const label = input?.labels?.[0] ?? input?.closest("fieldset")?.querySelector("legend");
  return (label?.textContent ?? "").replace("*", "").trim();
}

export function isComplete(root, row) {
  const inputs = [...rowOf(root, row).querySelectorAll("[required]")];
  return inputs
    .filter((input) => parts(input.name)?.row === row)
    .every((input) => input.value.trim());
}
