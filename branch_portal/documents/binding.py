"""A book as a Word file: the cover without a number, the contents with the pages on which chapters begin, the chapters.

The pages are fields: the program that opens the file works them out. A chapter that lies is a section of its own.
"""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from branch_portal.documents import official
from branch_portal.documents.book import Book

_WIDTH = Mm(156)  # between the margins
_CONTENTS_LINE = Pt(24)  # so that the list stays on one page
_COVER = Mm(45)  # from the upper margin to the first line of the cover


def write_book(book: Book) -> bytes:
    """The whole file."""
    document = official.untitled_document(book.title)
    _write_cover(document, book)
    _write_contents(document, book)
    lies = False
    for number, chapter in enumerate(book.chapters, start=1):
        if chapter.is_landscape or lies:
            section = document.add_section(WD_SECTION.NEW_PAGE)
            official.lay(section, is_landscape=chapter.is_landscape)
            lies = chapter.is_landscape
        else:
            document.add_page_break()
        title = official.write_title(document, chapter.title)
        _mark(title, number)
        official.write_parts(document, chapter)
    return official.to_bytes(document)


def _write_cover(document: DocumentType, book: Book) -> None:
    document.sections[0].different_first_page_header_footer = True
    lines = [(book.subtitle, official.TITLE, 36), (book.title, official.TITLE, 44)]
    for place, (text, font, size) in enumerate(lines):
        found = document.add_paragraph()
        found.alignment = WD_ALIGN_PARAGRAPH.CENTER
        found.paragraph_format.space_before = _COVER if place == 0 else Pt(12)
        official.write(found, text, font, Pt(size))
    for place, text in enumerate(book.cover):
        found = document.add_paragraph()
        found.alignment = WD_ALIGN_PARAGRAPH.CENTER
        official.space(found, before=_COVER if place == 0 else Pt(8))
        official.write(found, text, official.BODY, Pt(16))


def _write_contents(document: DocumentType, book: Book) -> None:
    document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = False
    official.write_title(document, book.contents)
    for number, chapter in enumerate(book.chapters, start=1):
        found = document.add_paragraph()
        official.space(found)
        found.paragraph_format.line_spacing = _CONTENTS_LINE
        found.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        official.write(found, f"{chapter.title}\t", official.BODY, Pt(16))
        official.write(found, "", official.BODY, Pt(16))
        official.field(found.runs[-1], f"PAGEREF {_name(number)} \\h", is_new=True)


def _mark(title: Paragraph, number: int) -> None:
    """A chapter is found by its number, and stands in the navigation of the program that opens the file."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _name(number))
    title._p.insert(1, start)  # after the properties of the paragraph
    title._p.append(end)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    title._p.get_or_add_pPr().append(level)


def _name(number: int) -> str:
    return f"chapter_{number}"
