// A picture of the portal with its caption. One indivisible block with a field for the caption, so that
// turning a selection into headings or lists can never swallow a picture.

import { Node } from "django-prose-editor/editor";
import { pictureAddress } from "./addresses.js";
import { texts } from "./texts.js";

export const Figure = Node.create({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: fromRule(null), alt: fromRule(""), caption: fromRule("") }),
  parseHTML: () => [
    { tag: "figure", getAttrs: (figure) => attributesOf(ownPictureIn(figure), captionOf(figure)) },
    { tag: "img[src]", getAttrs: (img) => attributesOf(isOwn(img) && img, "") },
  ],
  renderHTML: ({ node: { attrs } }) => {
    const picture = ["img", { src: attrs.src, alt: attrs.alt }];
    return attrs.caption ? ["figure", picture, ["figcaption", attrs.caption]] : ["figure", picture];
  },
  addNodeView:
    () =>
    ({ node, editor, getPos }) =>
      figureView(node, editor, getPos),
});

/** An attribute that the parse rule gives: the element's own of that name would go before it. */
function fromRule(missing) {
  return { default: missing, parseHTML: () => null };
}

function isOwn(img) {
  return pictureAddress(img.getAttribute("src") ?? "") !== null;
}

function ownPictureIn(figure) {
  return [...figure.querySelectorAll("img")].find(isOwn);
}

function captionOf(figure) {
  return oneLine(figure.querySelector("figcaption")?.textContent ?? "");
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

/** ProseMirror's "does this rule match?": the node's attributes, or false. */
function attributesOf(img, caption) {
  return img
    ? { src: pictureAddress(img.getAttribute("src")), alt: img.getAttribute("alt") ?? "", caption }
    : false;
}

function figureView(node, editor, getPos) {
  const dom = document.createElement("figure");
  const picture = document.createElement("img");
  const caption = captionField();
  const remove = removeButton();
  dom.append(picture, caption, remove);

  function update(next) {
    if (next.type !== node.type) return false;
    picture.src = next.attrs.src;
    picture.alt = next.attrs.alt;
    if (oneLine(caption.value) !== next.attrs.caption) caption.value = next.attrs.caption;
    caption.disabled = remove.hidden = !editor.isEditable;
    return true;
  }

  caption.addEventListener("input", () => {
    editor.view.dispatch(
      editor.state.tr.setNodeAttribute(getPos(), "caption", oneLine(caption.value)),
    );
  });
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    goOnBelow(editor, getPos() + 1);
  });
  remove.addEventListener("click", () => {
    editor
      .chain()
      .focus()
      .deleteRange({ from: getPos(), to: getPos() + 1 })
      .run();
  });

  update(node);
  return {
    dom,
    update,
    stopEvent: (event) => event.target === caption || event.target === remove,
    ignoreMutation: () => true,
  };
}

function captionField() {
  const field = document.createElement("textarea");
  field.rows = 1;
  field.className = "rich-text-caption";
  field.placeholder = field.ariaLabel = texts().caption;
  return field;
}

function removeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rich-text-remove";
  button.textContent = texts().removePicture;
  return button;
}

function goOnBelow(editor, position) {
  const isParagraph = editor.state.doc.nodeAt(position)?.type.name === "paragraph";
  const chain = editor.chain();
  if (!isParagraph) chain.insertContentAt(position, { type: "paragraph" });
  chain.setTextSelection(position + 1).run();
  editor.view.focus(); // at once: Tiptap's own waits for a frame, and the next letter would go astray
}
