// What a text may hold. The server's richtext/sanitise.py lets through exactly this.

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  ListItem,
  Mark,
  OrderedList,
  Paragraph,
  Placeholder,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TrailingNode,
} from "django-prose-editor/editor";
import { isLinkAddress } from "./addresses.js";
import { Figure } from "./figure.js";
import { editLink } from "./link-dialog.js";

const Headings = Heading.extend({
  parseHTML() {
    const other = { h1: 2, h4: 3, h5: 3, h6: 3 };
    return [
      ...this.parent(),
      ...Object.entries(other).map(([tag, level]) => ({ tag, attrs: { level } })),
    ];
  },
}).configure({ levels: [2, 3] });

// Without the choice of letters, Roman figures and a first number, which the page would not show.
const NumberedList = OrderedList.extend({
  addAttributes: () => ({}),
  addNodeView: () => null,
});

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (link) =>
        isLinkAddress(link.getAttribute("href")) && { href: link.getAttribute("href") },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ["a", { ...HTMLAttributes, rel: "noopener" }, 0],
  addKeyboardShortcuts() {
    return { "Mod-k": () => editLink(this.editor) };
  },
});

const PlainTable = Table.extend({
  renderHTML: () => ["table", 0],
  addKeyboardShortcuts() {
    // Tab in the last cell leaves the table: a keyboard must find its way out of the editor.
    return { ...this.parent(), Tab: () => this.editor.commands.goToNextCell() };
  },
});

// One row of cells needs no column widths or alignment: the page decides.
const span = (name) => ({
  default: 1,
  parseHTML: (cell) => Number(cell.getAttribute(name)) || 1,
  renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
});
const spans = {
  addAttributes: () => ({
    colspan: span("colspan"),
    rowspan: span("rowspan"),
    colwidth: { default: null, rendered: false },
  }),
};

export function extensions({ placeholder, openToolbar }) {
  const ToolbarKey = Extension.create({
    name: "toolbarKey",
    addKeyboardShortcuts: () => ({ "Alt-F10": openToolbar }),
  });
  return [
    Document,
    Text,
    Paragraph,
    HardBreak,
    Headings,
    Bold,
    Italic,
    Link,
    BulletList,
    NumberedList,
    ListItem,
    Blockquote,
    HorizontalRule,
    PlainTable,
    TableRow,
    TableHeader.extend(spans),
    TableCell.extend(spans),
    Figure,
    History,
    Gapcursor,
    Dropcursor.configure({ color: false, class: "rich-text-drop" }),
    TrailingNode.configure({ notAfter: ["heading", "bulletList", "orderedList", "blockquote"] }),
    Placeholder.configure({ placeholder: placeholder ?? "" }),
    ToolbarKey,
  ];
}
