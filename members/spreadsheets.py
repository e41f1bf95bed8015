"""Tables as files for Excel and its kin. What somebody typed stays text: no cell becomes a formula that runs elsewhere."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Value = str | datetime.date
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_WIDTH = 16


def write_xlsx(file: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write the table and say how many rows it has. Rows go to the disk as they come, whatever their number."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append([_heading(sheet, heading) for heading in headings])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    book.save(file)
    return count


def write_csv(file: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write the table as UTF-8 that Excel recognises, and say how many rows it has."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headings)
    count = 0
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        count += 1
    text.detach()
    return count


def harmless(value: Value) -> str:
    """For csv, which knows no types: an apostrophe before what a spreadsheet would take for a formula."""
    text = value.isoformat() if isinstance(value, datetime.date) else value
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _heading(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, value: Value):
    """A workbook knows types: the text is said to be text, and stays so when somebody edits the cell."""
    if isinstance(value, datetime.date):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(_BEGINS_A_FORMULA):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
