"""Word files in the layout of official documents (handbook, R-12.7; measures of GB/T 9704-2012).

A4; margins 37, 35, 28, 26 mm; title 小标宋 22 pt, headings 黑体 16 pt, body 仿宋 16 pt on lines of 28 pt; page number
"— 1 —" in 宋体 14 pt, at the outer edge: odd pages right, even pages left. The fonts are named, not embedded: Word and WPS have
them, other programs take what they have.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from branch_portal.documents import markup
from branch_portal.documents.paper import Blank, Facts, Paper, Photograph, Signed, Text

TITLE, HEADING, SUBHEADING, BODY, NUMBER = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
_BODY_SIZE, _LINE = Pt(16), Pt(28)
_CELL_SIZE = Pt(12)
_HEIGHT_TO_FILL = 9  # millimetres: a row to write in by hand
_PHOTOGRAPH = (Mm(25), Mm(35))  # at most: two inches, as on the printed forms
_FACT_WIDTHS = (30, 48, 30, 48)  # millimetres: what A4 has between the margins


def write_papers(papers: Sequence[Paper], title: str) -> bytes:
    """Described papers in one file, each on a page of its own. All lie as the first one does."""
    document = None
    for paper in papers:
        if document is None:
            document = new_document(paper.title, is_landscape=paper.is_landscape)
        else:
            document.add_page_break()
            write_title(document, paper.title)
        write_parts(document, paper)
    document = document or new_document(title)
    document.core_properties.title = title
    return to_bytes(document)


def write_parts(document: DocumentType, paper: Paper) -> None:
    """Everything of a paper but its title."""
    if paper.photograph:
        _write_photograph(document, paper.photograph)
    for part in paper.parts:
        if part.heading:
            heading(document, part.heading, level=part.level)
        if isinstance(part, Blank):
            _blank(document, part)
        elif isinstance(part, Facts):
            _facts(document, part.lines)
        elif isinstance(part, Text):
            paragraph(document, "\n".join(part.lines))
        else:
            table(document, part.lines, header=part.titles, widths=part.widths)
    if paper.note:
        paragraph(document, paper.note)
    for signed in paper.signature_lines:
        signature_line(document, signed)


def new_document(title: str, *, is_landscape: bool = False) -> DocumentType:
    """An empty paper with its title."""
    document = untitled_document(title, is_landscape=is_landscape)
    write_title(document, title)
    return document


def untitled_document(title: str, *, is_landscape: bool = False) -> DocumentType:
    """An empty paper; the title is known to the file alone."""
    document = Document()
    section = document.sections[0]
    lay(section, is_landscape=is_landscape)
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number_pages(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    normal = document.styles["Normal"]
    _set_font(normal, BODY, _BODY_SIZE)
    document.core_properties.title = title
    document.core_properties.author = ""
    return document


def lay(section, *, is_landscape: bool) -> None:
    """A4 with its margins, upright or turned."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if is_landscape:
        # Turned to the left: the edge that was on top is bound on the left.
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(26), Mm(28)
        section.left_margin, section.right_margin = Mm(37), Mm(35)


def write_title(document: DocumentType, title: str) -> Paragraph:
    """The title of a paper, in the middle."""
    found = document.add_paragraph()
    found.alignment = WD_ALIGN_PARAGRAPH.CENTER
    space(found, after=Pt(14))
    write(found, title, TITLE, Pt(22))
    return found


def _write_photograph(document: DocumentType, photograph: Photograph) -> None:
    """At the right, above the first table."""
    content = photograph.read()
    if content is None:
        return
    found = document.add_paragraph()
    found.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    found.paragraph_format.space_after = Pt(6)
    found.paragraph_format.keep_with_next = True
    shape = found.add_run().add_picture(io.BytesIO(content))
    scale = min(most / size for most, size in zip(_PHOTOGRAPH, (shape.width, shape.height), strict=True))
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape._inline.docPr.set("descr", photograph.description)


def heading(document: DocumentType, text: str, *, level: int = 1) -> None:
    """A heading of the first level, or of the second."""
    font = HEADING if level == 1 else SUBHEADING
    content = markup.run(text, font, _BODY_SIZE.pt)
    _add(document, markup.paragraph(content, line=_LINE.pt, keeps_with_next=True))


def paragraph(document: DocumentType, text: str, *, indent: bool = True) -> None:
    """A paragraph of the body, its first line two characters in; line breaks begin new ones."""
    first = 2 * _BODY_SIZE.pt if indent else 0
    for line in text.splitlines() or [""]:
        content = markup.run(line, BODY, _BODY_SIZE.pt)
        _add(document, markup.paragraph(content, line=_LINE.pt, indent=first))


def table(
    document: DocumentType,
    rows: Sequence[Sequence[str]],
    *,
    header: Sequence[str] = (),
    widths: Sequence[int] = (),
    height: int | None = None,
) -> None:
    """Lined cells; ``header`` comes again on every page, and no row is torn; ``widths``, and the least ``height`` of a row,
    in millimetres."""
    lines = [*([header] if header else []), *rows]
    if not lines:
        return
    columns = len(lines[0])
    found = []
    for number, line in enumerate(lines):
        is_header = bool(header) and number == 0
        font = HEADING if is_header else BODY
        cells = [
            _cell(text, font, width) for text, width in zip(line, widths or [None] * columns, strict=True)
        ]
        found.append(markup.row(cells, is_header=is_header, height=height))
    _add_table(document, found, widths, columns)


def _facts(document: DocumentType, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
    """Two labels with their values a line; one alone takes the whole line. They stay together on a page."""
    label_width, value_width, *others = _FACT_WIDTHS
    found = []
    for number, line in enumerate(lines, start=1):
        keeps = number < len(lines)
        is_alone = len(line) == 1
        cells = []
        for label, value in line:
            cells.append(_cell(label, HEADING, label_width, keeps=keeps))
            width = value_width + sum(others) if is_alone else value_width
            cells.append(_cell(value, BODY, width, span=3 if is_alone else 1, keeps=keeps))
        found.append(markup.row(cells))
    _add_table(document, found, _FACT_WIDTHS, len(_FACT_WIDTHS))


def _cell(text: str, font: str, width: float | None, *, span: int = 1, keeps: bool = False) -> str:
    lines = str(text).splitlines() or [""]
    runs = (markup.run(line, font, _CELL_SIZE.pt) for line in lines)
    paragraphs = [markup.paragraph(content, keeps_with_next=keeps) for content in runs]
    return markup.cell(paragraphs, width, span=span)


def _add_table(document: DocumentType, rows: Sequence[str], widths: Sequence[float], columns: int) -> None:
    style = document.styles["Table Grid"].style_id
    _add(document, markup.table(rows, widths, columns=columns, style=style))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add(document: DocumentType, content: str) -> None:
    """At the end, before the properties of the last section."""
    document.element.body.sectPr.addprevious(markup.parsed(content))


def _blank(document: DocumentType, part: Blank) -> None:
    paragraph(document, part.words)
    if part.header:
        table(document, part.lines, header=part.titles, widths=part.widths, height=_HEIGHT_TO_FILL)
    for _line in part.rules:
        found = document.add_paragraph()
        space(found)
        found.add_run("\t").underline = True
        found.paragraph_format.tab_stops.add_tab_stop(Mm(sum(_FACT_WIDTHS)))


def signature_lines(document: DocumentType, labels: Sequence[str]) -> None:
    """A line for each signature by pen."""
    for label in labels:
        signature_line(document, Signed(label))


def signature_line(document: DocumentType, signed: Signed) -> None:
    """Who signed in the portal, or a line for the pen; it stays together with its label."""
    found = document.add_paragraph()
    space(found, before=Pt(14))
    write(found, f"{signed.label}  ", BODY, _BODY_SIZE)
    if signed.told:
        write(found, signed.told, BODY, _BODY_SIZE)
    else:
        found.add_run("\t").underline = True
        found.paragraph_format.tab_stops.add_tab_stop(Mm(150))
    found.paragraph_format.keep_together = True


def to_bytes(document: DocumentType) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def write(found: Paragraph, text: str, font: str, size: Pt) -> None:
    """A run of text in a paragraph."""
    _set_font(found.add_run(markup.printable(text)), font, size)


def _set_font(style, name: str, size: Pt) -> None:
    style.font.name, style.font.size = markup.LATIN, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)


def space(found: Paragraph, *, before: int = 0, after: int = 0) -> None:
    """Lines of 28 points, and the room around the paragraph."""
    layout = found.paragraph_format
    layout.space_before, layout.space_after = before, after
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE


def field(run: Run, instruction: str, *, is_new: bool = False) -> None:
    """What the program that opens the file works out, such as the number of a page. ``is_new``: at once when it opens it, for
    what it would otherwise leave until somebody asks for it."""
    for kind, text in (("begin", None), (None, instruction), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
            if is_new and kind == "begin":
                part.set(qn("w:dirty"), "true")
        else:
            part.text = text
        run._r.append(part)


def _number_pages(footer, alignment) -> None:
    found = footer.paragraphs[0]
    found.alignment = alignment
    write(found, "— ", NUMBER, Pt(14))
    run = found.add_run()
    _set_font(run, NUMBER, Pt(14))
    field(run, "PAGE")
    write(found, " —", NUMBER, Pt(14))
