// The toolbar: one stop of the Tab key, arrow keys within, as the ARIA toolbar pattern has it.

import { editLink } from "./link-dialog.js";
import { texts } from "./texts.js";

const tool = (icon, run, more = {}) => ({
  icon,
  run: (editor) => run(editor.chain().focus()).run(),
  ...more,
});
const on = (...what) => ({ isOn: (editor) => editor.isActive(...what) });
const possible = (command) => ({ isUsable: (editor) => editor.can()[command]() });

// A tool without an icon shows its name: there is no picture everybody reads as "delete column".
const TOOLS = {
  undo: tool("arrow-counterclockwise", (chain) => chain.undo(), possible("undo")),
  redo: tool("arrow-clockwise", (chain) => chain.redo(), possible("redo")),
  bold: tool("type-bold", (chain) => chain.toggleBold(), on("bold")),
  italic: tool("type-italic", (chain) => chain.toggleItalic(), on("italic")),
  heading: tool(null, (chain) => chain.toggleHeading({ level: 2 }), on("heading", { level: 2 })),
  subheading: tool(null, (chain) => chain.toggleHeading({ level: 3 }), on("heading", { level: 3 })),
  bulletList: tool("list-ul", (chain) => chain.toggleBulletList(), on("bulletList")),
  orderedList: tool("list-ol", (chain) => chain.toggleOrderedList(), on("orderedList")),
  quote: tool("quote", (chain) => chain.toggleBlockquote(), on("blockquote")),
  link: { icon: "link-45deg", run: editLink, ...on("link"), opensDialog: true },
  table: tool("table", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), {
    isUsable: (editor) => !editor.isActive("table"),
  }),
  addRow: tool(null, (chain) => chain.addRowAfter()),
  addColumn: tool(null, (chain) => chain.addColumnAfter()),
  deleteRow: tool(null, (chain) => chain.deleteRow()),
  deleteColumn: tool(null, (chain) => chain.deleteColumn()),
  headerRow: tool(null, (chain) => chain.toggleHeaderRow()),
  deleteTable: tool(null, (chain) => chain.deleteTable()),
};

const ALWAYS = {
  full: [
    ["undo", "redo"],
    ["bold", "italic", "link"],
    ["heading", "subheading"],
    ["bulletList", "orderedList", "quote", "table"],
  ],
  short: [
    ["undo", "redo"],
    ["bold", "italic", "link"],
    ["bulletList", "orderedList"],
  ],
};
const WITHIN = {
  table: ["addRow", "addColumn", "deleteRow", "deleteColumn", "headerRow", "deleteTable"],
};

export function createToolbar(editor, kind) {
  const element = document.createElement("div");
  element.className = "rich-text-toolbar";
  element.role = "toolbar";
  element.ariaLabel = texts().toolbar;
  const groups = [
    ...(ALWAYS[kind] ?? ALWAYS.full).map((names) => createGroup(editor, names)),
    ...Object.entries(WITHIN).map(([node, names]) => createGroup(editor, names, node)),
  ];
  element.append(...groups.map((group) => group.element));
  const buttons = () => [...element.querySelectorAll("[role=group]:not([hidden]) button")];

  function update() {
    for (const group of groups) group.update();
    keepOneTabStop(buttons());
  }

  editor.on("transaction", update);
  editor.on("mount", update);
  // Keep the cursor in the text, and on a phone the keyboard open.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("keydown", (event) => moveWithin(buttons(), event));

  const focus = () => {
    buttons()
      .find((button) => button.tabIndex === 0)
      .focus();
    return true;
  };
  return { element, focus };
}

/** Buttons that belong together; those of a table show only while the cursor is in one. */
function createGroup(editor, names, node) {
  const element = document.createElement("div");
  element.role = "group";
  const buttons = names.map((name) => createButton(editor, name));
  element.append(...buttons.map((button) => button.element));

  function update() {
    element.hidden = Boolean(node) && !editor.isActive(node);
    if (!element.hidden) for (const button of buttons) button.update();
  }
  return { element, update };
}

function createButton(editor, name) {
  const { icon, run, isOn, isUsable, opensDialog } = TOOLS[name];
  const element = document.createElement("button");
  element.type = "button";
  element.tabIndex = -1;
  element.dataset.tool = name;
  if (opensDialog) element.ariaHasPopup = "dialog";
  if (icon) {
    element.ariaLabel = element.title = texts()[name];
    element.append(iconElement(icon));
  } else {
    element.textContent = texts()[name];
  }
  element.addEventListener("click", () => {
    if (element.ariaDisabled !== "true") run(editor);
  });

  function update() {
    if (isOn) element.ariaPressed = String(isOn(editor));
    if (isUsable) element.ariaDisabled = String(!isUsable(editor));
  }
  return { element, update };
}

function iconElement(name) {
  const icon = document.createElement("i");
  icon.className = `bi bi-${name}`;
  icon.ariaHidden = "true";
  return icon;
}

function keepOneTabStop(buttons) {
  const current = buttons.find((button) => button.tabIndex === 0) ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
}

function moveWithin(buttons, event) {
  const last = buttons.length - 1;
  const at = buttons.indexOf(event.target);
  const next = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}
