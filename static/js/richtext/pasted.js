// What comes from Word, WPS or WeChat, brought down to structure before the editor reads it. Unknown
// elements and attributes the editor drops by itself; here is what it would misread.

const NUMBER = /^\s*(\d+)[.)．、]?\s*$/;
const BULLET = /^[^\p{L}\p{N}]*$|^\s*[oOnlu]\s*$/u; // Wingdings' bullets arrive as letters

export function cleanPasted(html) {
  if (html.includes("data-pm-slice")) return html; // from this editor
  const page = new DOMParser().parseFromString(withoutLiveStyles(html), "text/html");
  for (const noise of page.querySelectorAll("script, meta, link, title, xml")) noise.remove();
  dropComments(page.body);
  markEmphasis(page.body);
  makeLists(page.body);
  dropUnseen(page.body);
  return page.body.innerHTML;
}

/** Parsing a style would already break the content security policy: keep the attributes as data to read. */
function withoutLiveStyles(html) {
  return html
    .replace(/<style\b.*?(<\/style>|$)/gis, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

function styleOf(element) {
  return element.dataset.style ?? "";
}

function nodes(root, what) {
  const walker = root.ownerDocument.createTreeWalker(root, what);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function dropComments(body) {
  for (const comment of nodes(body, NodeFilter.SHOW_COMMENT)) comment.remove();
}

/** No-break spaces and the like are how those programs draw gaps, not something anybody wrote. */
function dropUnseen(body) {
  for (const text of nodes(body, NodeFilter.SHOW_TEXT)) {
    text.data = text.data.replace(/[\u200b\ufeff]/g, "").replace(/\u00a0/g, " ");
  }
}

/** WeChat's bold is a styled span; Google's whole page is inside a <b> that says it is not bold. */
function markEmphasis(body) {
  for (const element of body.querySelectorAll("[data-style]")) {
    const style = styleOf(element);
    if (element.localName === "b" && /font-weight:\s*(normal|400)/i.test(style))
      element.replaceWith(...element.childNodes);
    if (element.localName !== "span") continue;
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapContent(element, "strong");
    if (/font-style:\s*italic/i.test(style)) wrapContent(element, "em");
  }
}

function wrapContent(element, name) {
  const mark = element.ownerDocument.createElement(name);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Word's lists are paragraphs that carry their level in a style and their number in a span. */
function makeLists(body) {
  const items = [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")].filter((item) =>
    levelOf(item),
  );
  for (const run of runsOf(items)) {
    const list = listOf(run);
    if (list) makeList(run, list);
    // Any other numbering ("一、", "(a)", a list that goes on at 3) stays as the words it was drawn with.
  }
}

function levelOf(paragraph) {
  return Number(/mso-list:[^;]*\blevel(\d)/i.exec(styleOf(paragraph))?.[1] ?? 0);
}

function listIdOf(paragraph) {
  return /mso-list:\s*(\w+)/i.exec(styleOf(paragraph))[1];
}

function markerOf(paragraph) {
  return [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/i.test(styleOf(span)),
  );
}

function runsOf(items) {
  const runs = [];
  for (const item of items) {
    const run = runs.at(-1);
    const goesOn =
      run && item.previousElementSibling === run.at(-1) && listIdOf(item) === listIdOf(run[0]);
    if (goesOn) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

function listOf(run) {
  const markers = run.map((item) => markerOf(item)?.textContent.trim() ?? "");
  if (markers.every((marker) => BULLET.test(marker))) return "ul";
  const inOrder = markers.every((marker, index) => Number(NUMBER.exec(marker)?.[1]) === index + 1);
  return inOrder ? "ol" : null;
}

function makeList(run, name) {
  const document = run[0].ownerDocument;
  const top = document.createElement(name);
  const open = [top];
  run[0].before(top);
  for (const item of run) {
    const depth = Math.min(levelOf(item), open.length + 1);
    open.length = Math.min(open.length, depth);
    if (depth > open.length) open.push(nestedList(open.at(-1), name));
    markerOf(item)?.remove();
    const entry = document.createElement("li");
    open.at(-1).append(entry);
    entry.append(item);
  }
}

function nestedList(list, name) {
  const nested = list.ownerDocument.createElement(name);
  (list.lastElementChild ?? list).append(nested);
  return nested;
}
