"""The shape of a rich text: blocks at the top, words only inside blocks, a picture only in its figure.

What the editor writes has this shape already. What comes from elsewhere (old pages, a reader without
script, a forged request) is brought into it, keeping the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby

TEXT_BLOCKS = {"p", "h2", "h3"}
LISTS = {"ul", "ol"}
CELLS = {"th", "td"}
MARKS = {"strong", "em", "a"}
VOID = {"br", "hr", "img"}
OTHER_BLOCKS = {"li", "blockquote", "hr", "table", "tr", "figure", "figcaption", "img", "div"}
BLOCKS = TEXT_BLOCKS | LISTS | CELLS | OTHER_BLOCKS
SAME_AS = {
    **dict.fromkeys(("div", "section", "article", "dd", "dt", "caption"), "div"),
    **{"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"},
}
# Elements nested deeper than this are read as if their tags were not there.
DEEPEST = 30


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def holds_blocks(self) -> bool:
        return any(
            isinstance(child, Element) and (child.name in BLOCKS or child.holds_blocks())
            for child in self.children
        )


Node = Element | str
# An answer to "may the picture with this address stay?"
Keeps = Callable[[str], bool]


def tidy(html: str, *, keeps: Keeps) -> str:
    """Well-formed HTML in the editor's shape; "" when there is nothing to read or see in it."""
    tree = _Tree(keeps)
    tree.feed(html)
    tree.close()
    blocks = list(_blocks(tree.root.children))
    return "".join(map(_html, blocks)) if any(map(_shows_something, blocks)) else ""


class _Tree(HTMLParser):
    """Reads what nh3 wrote, where every tag is closed; leaves out pictures that may not stay."""

    def __init__(self, keeps: Keeps):
        super().__init__(convert_charrefs=True)
        self.keeps = keeps
        self.root = Element("div", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(SAME_AS.get(tag, tag), {name: value or "" for name, value in attrs})
        if tag == "img" and not self.keeps(element.attributes.get("src", "")):
            return
        too_deep = len(self.open) > DEEPEST and tag not in VOID
        if not too_deep:
            self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(self.open[-1] if too_deep else element)

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def _blocks(nodes: Iterable[Node]) -> Iterator[Element]:
    """Blocks one after the other; words lying loose between them become paragraphs."""
    for block, group in groupby(nodes, key=_is_block):
        if block:
            for element in group:
                yield from _block(element)
        else:
            yield from _paragraph(list(group))


def _block(element: Element) -> Iterator[Element]:
    name, children = element.name, element.children
    if name in TEXT_BLOCKS and not element.holds_blocks():
        yield Element(name, {}, _words(children))
    elif name in LISTS:
        yield from _container(name, _items(children))
    elif name == "blockquote":
        yield from _container(name, _blocks(children))
    elif name == "table":
        yield from _container(name, _rows(children))
    elif name in {"figure", "img"}:
        yield from _figures(element)
    elif name == "hr":
        yield Element("hr", {})
    else:  # an item without its list, a division, a link around a picture: what it holds counts
        yield from _blocks(children)


def _paragraph(loose: list[Node]) -> Iterator[Element]:
    if any(map(_has_words, loose)):
        yield Element("p", {}, _words(loose))


def _container(name: str, children: Iterable[Element]) -> Iterator[Element]:
    if inside := list(children):
        yield Element(name, {}, inside)


def _items(nodes: Iterable[Node]) -> Iterator[Element]:
    for children, _attributes, _name in _parts(nodes, {"li"}):
        yield from _container("li", _blocks(children))


def _rows(nodes: Iterable[Node]) -> Iterator[Element]:
    for children, _attributes, _name in _parts(nodes, {"tr"}):
        yield from _container("tr", _cells(children))


def _cells(nodes: Iterable[Node]) -> Iterator[Element]:
    for children, attributes, name in _parts(nodes, CELLS):
        yield Element(name or "td", attributes, list(_blocks(children)) or [Element("p", {})])


def _parts(nodes: Iterable[Node], names: set[str]) -> Iterator[tuple[list[Node], dict[str, str], str | None]]:
    """A list's, table's or row's children of the right name, and what lies between them as one more."""
    for name, group in groupby(nodes, key=lambda node: node.name if _is_one_of(node, names) else None):
        members = list(group)
        if name:
            yield from ((element.children, element.attributes, name) for element in members)
        elif any(_is_block(node) or _has_words(node) for node in members):
            yield members, {}, None


def _figures(element: Element) -> Iterator[Element]:
    """A figure for each picture, the caption under the last; without a picture it is a paragraph."""
    *others, last = [*_pictures(element)] or [None]
    if last is None:
        yield from _paragraph(_words(element.children))
        return
    for picture in others:
        yield Element("figure", {}, [picture])
    caption = " ".join(_text(element.children).split())
    yield Element("figure", {}, [last, Element("figcaption", {}, [caption])] if caption else [last])


def _pictures(element: Element) -> Iterator[Element]:
    if element.name == "img":
        attributes = element.attributes
        yield Element("img", {"src": attributes["src"], "alt": attributes.get("alt", "")})
    for child in element.children:
        if isinstance(child, Element):
            yield from _pictures(child)


def _words(nodes: Iterable[Node], inside: frozenset[str] = frozenset()) -> list[Node]:
    """Text, line breaks and marks; of anything else only the words, and no mark within itself."""
    words: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            words.append(node)
        elif node.name == "br":
            words.append(Element("br", {}))
        elif _is_mark(node) and node.name not in inside:
            if marked := _words(node.children, inside | {node.name}):
                words.append(Element(node.name, node.attributes, marked))
        else:
            words += _words(node.children, inside)
    return words


def _text(nodes: Iterable[Node]) -> str:
    """The words alone, as the editor's field for a caption holds them."""
    return "".join(node if isinstance(node, str) else _text(node.children) or " " for node in nodes)


def _is_one_of(node: Node, names: set[str]) -> bool:
    return isinstance(node, Element) and node.name in names


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and (node.name in BLOCKS or node.holds_blocks())


def _is_mark(node: Element) -> bool:
    return node.name in MARKS and (node.name != "a" or "href" in node.attributes)


def _has_words(node: Node) -> bool:
    return bool(node.strip()) if isinstance(node, str) else any(map(_has_words, node.children))


def _shows_something(node: Node) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    return node.name in {"img", "hr", "table"} or any(map(_shows_something, node.children))


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.name in VOID:
        return f"<{node.name}{attributes}>"
    return f"<{node.name}{attributes}>{''.join(map(_html, node.children))}</{node.name}>"
