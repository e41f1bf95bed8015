// Turns every textarea[data-rich-text] into the editor, now or when it is added to the page.
//
// The textarea stays the form's field: its value follows the editor at every change, with an `input`
// event that bubbles, and a `change` event when the editor is left. It accepts
//   portal:set-value   {detail: {value}}: show this text (another person's change), tell nobody
// and says data-ready="1" once it can be typed in. Content added later is announced by the event
// portal:added, which bubbles from the element that holds it.
//
// A button [data-insert-picture] with data-picture-src, -alt, -caption and data-editor="<textarea id>"
// puts that picture where the cursor is.

import { createEditor } from "./richtext/editor.js";

const editors = new WeakMap();
const known = new WeakSet();

// A page may hold a dozen editors. Each is made when its place comes near the screen, or by focus.
const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) editorOf(entry.target);
  },
  { rootMargin: "600px 0px" },
);

export function enhance(root = document) {
  for (const textarea of textareasIn(root)) {
    if (known.has(textarea)) continue;
    known.add(textarea);
    near.observe(textarea);
    textarea.addEventListener("focus", () => editorOf(textarea).focus());
    textarea.addEventListener("portal:set-value", (event) =>
      setValue(textarea, event.detail.value),
    );
    if (document.activeElement === textarea) editorOf(textarea).focus();
  }
}

function textareasIn(root) {
  const selector = "textarea[data-rich-text]";
  return [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
}

function editorOf(textarea) {
  if (!editors.has(textarea)) {
    near.unobserve(textarea);
    editors.set(textarea, createEditor(textarea));
  }
  return editors.get(textarea);
}

function setValue(textarea, value) {
  const editor = editors.get(textarea);
  if (editor) editor.show(value);
  textarea.value = value;
}

function insertPicture({ dataset }) {
  const textarea = document.getElementById(dataset.editor);
  if (!textarea || !known.has(textarea)) return;
  editorOf(textarea).insertPicture({
    src: dataset.pictureSrc,
    alt: dataset.pictureAlt ?? "",
    caption: dataset.pictureCaption ?? "",
  });
}

document.addEventListener("portal:added", (event) => enhance(event.target));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert-picture]");
  if (button) insertPicture(button);
});
enhance();
