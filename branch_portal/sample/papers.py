"""Papers to attach: small PDF, Word and Excel files with real content, made when the sample is loaded.

A PDF shows Chinese only with a font inside it, which a fresh machine does not have; so the PDF papers are in
English, and the Chinese ones are Word or Excel files.
"""

from __future__ import annotations

import io
import zipfile
from html import escape

from branch_portal.media.documents import Document, read_document
from branch_portal.sample.shapes import Paper

_OFFICE = "http://schemas.openxmlformats.org"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
    '<Relationship Id="rId1" Type="'
    + _OFFICE
    + '/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
_MADE = (2024, 1, 1, 0, 0, 0)  # the same bytes at every loading


def document(paper: Paper) -> Document:
    """The paper as the portal would take it from an upload: checked by its content."""
    make = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}[paper.file_name.rpartition(".")[2]]
    upload = io.BytesIO(make(paper))
    upload.name = paper.file_name
    return read_document(upload)


def _pdf(paper: Paper) -> bytes:
    """One A4 page in Helvetica, which every reader brings along."""
    lines = ["BT /F1 18 Tf 72 770 Td 26 TL", f"({_pdf_text(paper.heading)}) Tj T* /F1 12 Tf"]
    lines += [f"({_pdf_text(line)}) Tj T*" for line in paper.lines] + ["ET"]
    content = "\n".join(lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return f"{file}xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def _pdf_text(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _docx(paper: Paper) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    heading = (
        f'<w:p><w:r><w:rPr><w:b/><w:sz w:val="36"/></w:rPr><w:t>{escape(paper.heading)}</w:t></w:r></w:p>'
    )
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in paper.lines)
    space = f"{_OFFICE}/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body>{heading}{lines}</w:body></w:document>'
    return _package("word/document.xml", main, {"word/document.xml": body})


def _xlsx(paper: Paper) -> bytes:
    """One sheet; ｜ parts the cells of a line."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    space = f"{_OFFICE}/spreadsheetml/2006/main"
    relations = f"{_OFFICE}/officeDocument/2006/relationships"
    rows = "".join(_row(cells.split("｜")) for cells in (paper.heading, *paper.lines))
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{relations}">'
        '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return _package("xl/workbook.xml", main, parts, {"xl/worksheets/sheet1.xml": sheet_type})


def _row(cells: list[str]) -> str:
    inside = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in cells)
    return f"<row>{inside}</row>"


def _package(
    main_part: str, main_type: str, parts: dict[str, str], further: dict[str, str] | None = None
) -> bytes:
    types = {main_part: main_type, **(further or {})}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    files = {
        "[Content_Types].xml": _TYPES.format(parts=overrides),
        "_rels/.rels": _RELATIONS.format(kind="officeDocument", target=main_part),
        **parts,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
