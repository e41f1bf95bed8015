"""Paragraphs and tables in the language of Word files, put together as text: a book has thousands of them, and to build each
part by part takes twenty times as long.

Sizes in points, widths in millimetres. What comes in is plain text; it is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

LATIN = "Times New Roman"
_CELL_ROOM = 0.8
_TWIPS_OF_A_POINT = 20
_TWIPS_OF_A_MILLIMETRE = 1440 / 25.4


def parsed(markup: str) -> BaseOxmlElement:
    """The element that ``markup`` describes."""
    head, rest = markup.split(">", 1)
    is_empty = head.endswith("/")
    head = head.removesuffix("/")
    return parse_xml(f"{head} {nsdecls('w')}{'/' if is_empty else ''}>{rest}")


def printable(text: str) -> str:
    """Word files are XML, which knows no control characters."""
    return "".join(character for character in text if character >= " " or character == "\t")


def run(text: str, font: str, size: float) -> str:
    """Text in one font."""
    shown = escape(printable(text)).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    name, half_points = quoteattr(LATIN), round(2 * size)
    return (
        f"<w:r><w:rPr><w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={quoteattr(font)}/>"
        f'<w:sz w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'
    )


def paragraph(
    content: str, *, line: float | None = None, indent: float = 0, keeps_with_next: bool = False
) -> str:
    """``content``: its runs. ``line``: the exact height of its lines; ``indent``: of the first one."""
    keep = "<w:keepNext/>" if keeps_with_next else ""
    height = "" if line is None else f' w:line="{_twips(line)}" w:lineRule="exact"'
    first = f'<w:ind w:firstLine="{_twips(indent)}"/>' if indent else ""
    spacing = f'<w:spacing w:before="0" w:after="0"{height}/>'
    return f"<w:p><w:pPr>{keep}{spacing}{first}</w:pPr>{content}</w:p>"


def cell(paragraphs: Iterable[str], width: float | None, *, span: int = 1) -> str:
    """``span``: how many columns it takes."""
    size = "" if width is None else f'<w:tcW w:w="{_millimetres(width)}" w:type="dxa"/>'
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{size}{across}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(cells: Iterable[str], *, is_header: bool = False, height: float | None = None) -> str:
    """It stays on one page; a header comes again on every one. ``height``: at least so many millimetres."""
    again = "<w:tblHeader/>" if is_header else ""
    size = "" if height is None else f'<w:trHeight w:val="{_millimetres(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{size}{again}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[float], *, columns: int, style: str) -> str:
    """``widths``: of the columns; without any the program that opens the file finds them."""
    grid = "".join(f'<w:gridCol w:w="{_millimetres(width)}"/>' for width in widths)
    layout = "fixed" if widths else "autofit"
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={quoteattr(style)}/>"
        f'<w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblLayout w:type="{layout}"/>'
        f"<w:tblCellMar>{_room('top')}{_room('bottom')}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid or '<w:gridCol/>' * columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _room(side: str) -> str:
    """Above and under the text of a cell."""
    return f'<w:{side} w:w="{_millimetres(_CELL_ROOM)}" w:type="dxa"/>'


def _twips(points: float) -> int:
    return round(points * _TWIPS_OF_A_POINT)


def _millimetres(width: float) -> int:
    return round(width * _TWIPS_OF_A_MILLIMETRE)
