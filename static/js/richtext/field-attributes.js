// The editor is announced as its textarea would be: same label, hint, error and state.

const COPIED = ["aria-describedby", "aria-invalid", "aria-required", "lang", "dir"];
const WATCHED = [...COPIED, "disabled", "readonly", "class"];

let count = 0;

export function followField(textarea, { editor, frame, toolbar }) {
  const box = editor.view.dom;
  const name = nameOf(textarea);
  const { attributes: always } = editor.options.editorProps;
  box.id = `${textarea.id || `rich-text-${++count}`}-editor`;
  toolbar.setAttribute("aria-controls", box.id);
  toolbar.setAttribute("aria-label", [name.text, toolbar.ariaLabel].filter(Boolean).join(" · "));

  function copy() {
    // ProseMirror redraws its element's attributes from this list; what is set past it would be lost.
    const attributes = { ...always, ...name.attributes, ...copiedFrom(textarea) };
    editor.setOptions({ editorProps: { ...editor.options.editorProps, attributes } });
    const editable = !(textarea.disabled || textarea.readOnly);
    if (editor.isEditable !== editable) editor.setEditable(editable, false);
    toolbar.hidden = !editable;
    frame.classList.toggle("is-invalid", textarea.matches(".is-invalid, [aria-invalid=true]"));
  }

  copy();
  new MutationObserver(copy).observe(textarea, { attributeFilter: WATCHED });
}

function copiedFrom(textarea) {
  const present = COPIED.filter((attribute) => textarea.hasAttribute(attribute));
  return Object.fromEntries(
    present.map((attribute) => [attribute, textarea.getAttribute(attribute)]),
  );
}

function nameOf(textarea) {
  const own = textarea.getAttribute("aria-label");
  if (own) return { text: own, attributes: { "aria-label": own } };
  const ids =
    textarea.getAttribute("aria-labelledby")?.split(/\s+/) ?? [...textarea.labels].map(idOf);
  const text = ids.map((id) => labelText(document.getElementById(id))).join(" ");
  return { text, attributes: ids.length ? { "aria-labelledby": ids.join(" ") } : {} };
}

function idOf(label) {
  label.id ||= `rich-text-label-${++count}`;
  return label.id;
}

/** The asterisk of a required field is for the eye. */
function labelText(label) {
  return label?.textContent.replace(/[*\s]+$/, "").trim() ?? "";
}
