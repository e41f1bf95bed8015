// One editor over one textarea.

import { createDocument, Editor } from "django-prose-editor/editor";
import { followField } from "./field-attributes.js";
import { cleanPasted } from "./pasted.js";
import { paragraphsOf } from "./plain-text.js";
import { extensions } from "./schema.js";
import { createToolbar } from "./toolbar.js";

// The empty line that lets one go on below a table or picture is the editor's, not the text's.
const ROOM_BELOW = /(<\/table>|<\/figure>|<hr>)<p><\/p>$/;

export function createEditor(textarea) {
  const frame = document.createElement("div");
  frame.className = "rich-text-editor";
  frame.dataset.tools = textarea.dataset.richText;

  const editor = new Editor({
    element: null,
    injectCSS: false, // a style element would break the content security policy; see rich-text.css
    extensions: extensions({
      placeholder: textarea.placeholder,
      openToolbar: () => toolbar.focus(),
    }),
    content: paragraphsOf(textarea.value),
    editable: !(textarea.disabled || textarea.readOnly),
    // "2*3*4" and "# 1" are text here, not shorthand for italics and headings.
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      attributes: { class: "rich-text", "aria-multiline": "true" },
      transformPastedHTML: cleanPasted,
    },
  });
  const toolbar = createToolbar(editor, textarea.dataset.richText);
  // The textarea keeps its place: hints and errors are styled as its neighbours.
  textarea.after(frame);
  frame.append(toolbar.element);
  editor.mount(frame);
  followField(textarea, { editor, frame, toolbar: toolbar.element });
  const field = bindValue(textarea, editor, frame);

  textarea.classList.add("rich-text-source");
  textarea.tabIndex = -1;
  textarea.ariaHidden = "true";
  textarea.dataset.ready = "1";

  return {
    focus: () => editor.view.focus(),
    show: field.show,
    insertPicture: (picture) => insertPicture(editor, field.atCursor(), picture),
  };
}

function bindValue(textarea, editor, frame) {
  let written = value(); // what the textarea was last told, or had when the editor was made
  let unannounced = false; // changed since the last `change` event
  let visited = false;

  function value() {
    const html = editor.getHTML().replace(ROOM_BELOW, "$1");
    return html === "<p></p>" ? "" : html;
  }

  function show(html) {
    replaceContent(editor, paragraphsOf(html));
    written = value();
  }

  editor.on("update", () => {
    const html = value();
    if (html === written) return;
    written = html;
    textarea.value = html;
    unannounced = true;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // A restored draft, or any other script that fills in the form.
  textarea.addEventListener("input", () => {
    if (textarea.value !== written) show(textarea.value);
  });
  textarea.form?.addEventListener("reset", () => setTimeout(() => show(textarea.value)));

  // The form hears of a change once, by the textarea, when its value is the new one.
  for (const name of ["input", "change"]) {
    frame.addEventListener(name, (event) => event.stopPropagation());
  }
  frame.addEventListener("focusin", () => {
    visited = true;
  });
  frame.addEventListener("focusout", (event) => {
    if (!unannounced || frame.contains(event.relatedTarget)) return;
    unannounced = false;
    textarea.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Before the first visit there is no cursor to speak of: a picture goes to the end.
  const atCursor = () => (visited ? editor.state.selection.to : editor.state.doc.content.size);
  return { show, atCursor };
}

/** Replace only what differs, so that the cursor of whoever is typing stays where it is. */
function replaceContent(editor, html) {
  const { doc, tr } = editor.state;
  const next = createDocument(html, editor.schema);
  const start = doc.content.findDiffStart(next.content);
  if (start === null) return;
  const end = doc.content.findDiffEnd(next.content);
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  tr.replace(start, end.a + overlap, next.slice(start, end.b + overlap));
  // Undo takes back one's own changes, never another person's.
  editor.view.dispatch(tr.setMeta("addToHistory", false).setMeta("preventUpdate", true));
}

function insertPicture(editor, position, attrs) {
  editor.chain().insertContentAt(position, { type: "figure", attrs }).scrollIntoView().run();
  editor.view.focus();
}
