// Asks for a link's address; for its words too if none are selected.

import { linkAddress } from "./addresses.js";
import { texts } from "./texts.js";

export function editLink(editor) {
  const href = editor.getAttributes("link").href ?? "";
  const asksForWords = editor.state.selection.empty && !href;
  const { dialog, address, words, problem } = createDialog({ href, asksForWords });

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const target = linkAddress(address.value);
    if (!target) {
      problem.hidden = false;
      address.ariaInvalid = "true";
      address.focus();
      return;
    }
    dialog.close();
    if (asksForWords) insertLink(editor, target, words.value.trim() || address.value.trim());
    else setLink(editor, target);
  });
  dialog.querySelector("[data-remove]")?.addEventListener("click", () => {
    dialog.close();
    editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.view.focus();
  });

  // Outside the page's form: what is typed here is no field of it.
  document.body.append(dialog);
  dialog.showModal();
  return true;
}

function setLink(editor, href) {
  editor.chain().focus().extendMarkRange("link").setMark("link", { href }).run();
}

function insertLink(editor, href, text) {
  const marks = [{ type: "link", attrs: { href } }];
  editor.chain().focus().insertContent({ type: "text", text, marks }).unsetMark("link").run();
}

function createDialog({ href, asksForWords }) {
  const text = texts();
  const dialog = element("dialog", { className: "rich-text-dialog", ariaLabel: text.link });
  const address = input("rich-text-link-address", href);
  const problem = element("p", {
    className: "rich-text-problem",
    id: "rich-text-link-problem",
    hidden: true,
  });
  problem.role = "alert";
  problem.textContent = text.linkWrong;
  const hint = element("p", {
    className: "form-text",
    id: "rich-text-link-hint",
    textContent: text.linkHint,
  });
  address.setAttribute("aria-describedby", `${hint.id} ${problem.id}`);
  address.inputMode = "url";
  const words = asksForWords ? input("rich-text-link-words", "") : null;

  const form = element("form", { noValidate: true });
  form.append(label(address, text.linkAddress), hint, address, problem);
  if (words) form.append(label(words, text.linkText), words);
  form.append(buttons(text, Boolean(href)));
  dialog.append(form);
  return { dialog, address, words, problem };
}

function buttons(text, removable) {
  const row = element("div", { className: "rich-text-dialog-buttons" });
  row.append(element("button", { className: "btn btn-primary", textContent: text.save }));
  if (removable) row.append(button(text.removeLink, "remove"));
  row.append(button(text.cancel, "cancel"));
  return row;
}

function button(words, purpose) {
  const made = element("button", {
    type: "button",
    className: "btn btn-outline-secondary",
    textContent: words,
  });
  made.dataset[purpose] = "";
  return made;
}

function input(id, value) {
  return element("input", {
    id,
    value,
    type: "text",
    className: "form-control",
    autocomplete: "off",
  });
}

function label(field, words) {
  return element("label", { className: "form-label", htmlFor: field.id, textContent: words });
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
