"""From whatever a form sends to the small vocabulary of HTML that the editor writes.

nh3 has the first and the last word: it parses as a browser does, and nothing leaves that its strict
allow-list has not passed. In between, ``structure`` gives the text the shape the editor gives it.
"""

import re
from collections.abc import Collection
from html import escape
from html.parser import HTMLParser

import nh3

from branch_portal.richtext.structure import BLOCKS, CELLS, tidy

ELEMENTS = {
    *("p", "h2", "h3", "blockquote", "ul", "ol", "li", "hr", "br", "strong", "em", "a"),
    *("table", "tr", "th", "td", "figure", "figcaption", "img"),
}
ATTRIBUTES = {
    "*": set(),  # otherwise nh3 lets title and lang through everywhere
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# What older pages and word processors say for the same thing; `structure` translates it.
FOREIGN_ELEMENTS = {"b", "i", "h1", "h4", "h5", "h6", "div", "section", "article", "dd", "dt", "caption"}
# Elements whose content is not text for a reader.
DROPPED_WITH_CONTENT = {
    *("script", "style", "svg", "math", "iframe", "object", "template", "noscript", "head", "title"),
    *("textarea", "select", "video", "audio", "canvas"),
}

PICTURE_ADDRESS = re.compile(r"/pictures/([0-9a-f]{32})/[1-9][0-9]{0,4}\.webp")
LINK_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[^\s\x00-\x1f]", re.IGNORECASE)
SPAN = re.compile(r"[2-9]|[1-9][0-9]{1,2}")
# A whole tag: "a < b" and "若a<b则" are text, and so is "a<b and c>d". Up to the first "=" and no further,
# or a row of them would take quadratic time.
TAG = re.compile(r"</?[a-z][a-z0-9:]*\s*/?>|<[a-z][a-z0-9:]*[\s/][^<>=]*=[^<>]*>|<!--", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ud800-\udfff]")
OPENING_OR_CLOSING = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)

# Deeper than any text a person writes; an HTML parser needs quadratic time for what lies beyond.
DEEPEST_NESTING = 100
CLOSED_BY_THE_NEXT = {"p", "li", "td", "th", "tr", "br", "hr", "img", "input", "col", "meta", "link", "wbr"}


def _attribute(element: str, name: str, value: str) -> str | None:
    """nh3 asks for each attribute on the list: its value, or None to drop it."""
    if name == "href":
        return value.strip() if LINK_ADDRESS.match(value.strip()) else None
    if name == "src":
        return value if PICTURE_ADDRESS.fullmatch(value) else None
    if name in {"colspan", "rowspan"}:
        return value if SPAN.fullmatch(value) else None
    return value


def _cleaner(elements: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=elements,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


_reader = _cleaner(ELEMENTS | FOREIGN_ELEMENTS)
_gate = _cleaner(ELEMENTS)


def sanitise(html: str, *, pictures: Collection[str] = ()) -> str:
    """The rich text in ``html``, "" if there is none; plain text becomes paragraphs.

    Only pictures whose key is in ``pictures`` stay. Sanitising twice changes nothing more.
    """
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    if _nesting(text) > DEEPEST_NESTING:
        return _paragraphs(_without_tags(text))
    for _attempt in range(5):
        cleaned = _clean_once(text, pictures)
        if cleaned == text:
            return cleaned
        text = cleaned
    # Markup so broken that it reads differently each time: keep its words.
    return _paragraphs(plain_text(text))


def allow_listed(html: str) -> str:
    """The last gate alone: for showing what was sanitised when it was written, wherever it comes from."""
    return _gate.clean(html)


def plain_text(html: str) -> str:
    """The words without their markup, a line for each block: for summaries, search and exports."""
    if not TAG.search(html):
        return html.strip()
    words = _Words()
    words.feed(_reader.clean(html))
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _clean_once(text: str, pictures: Collection[str]) -> str:
    text = UNSEEN.sub("", text)  # each time, for the parser turns "&#8203;" into one more of them
    if not TAG.search(text):
        return _paragraphs(text)
    return _gate.clean(tidy(_reader.clean(text), keeps=lambda src: _key(src) in pictures))


def _key(src: str) -> str | None:
    match = PICTURE_ADDRESS.fullmatch(src)
    return match and match[1]


def _paragraphs(text: str) -> str:
    """What somebody without script typed: a blank line parts paragraphs, a single line break stays one."""
    paragraphs = re.split(r"\n\s*\n", text.replace("&nbsp;", "\xa0"))
    return _gate.clean("".join(_paragraph(paragraph.strip()) for paragraph in paragraphs))


def _paragraph(text: str) -> str:
    lines = (escape(line.strip(), quote=False) for line in text.split("\n"))
    return f"<p>{'<br>'.join(lines)}</p>" if text else ""


def _without_tags(text: str) -> str:
    return re.sub(r"<[^<>]*>", "\n", text)


def _nesting(text: str) -> int:
    """How deep the tags go at most, roughly: elements that HTML lets one leave open do not count."""
    depth = deepest = 0
    for closing, name in OPENING_OR_CLOSING.findall(text):
        if name.lower() in CLOSED_BY_THE_NEXT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in CELLS:
            self.pieces.append(" ")
        elif tag in BLOCKS or tag == "br":
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data):
        self.pieces.append(data.replace("\n", " "))
