"""What stands in an uploaded file: headings and rows, every cell a text. Nothing is understood here yet."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from branch_portal.media import office
from branch_portal.media.uploads import display_name, split_extension
from members.importing import amounts
from members.importing.headings import row_of_headings
from members.importing.values import text

MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 80_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_LETTERS = 2_000  # of a cell
_LINES = 20_000  # of a sheet or file, blank ones counted
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXACT = 10**15  # whole numbers beyond it have lost their last digits in Excel
ACCEPTED = ".xlsx,.csv"

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """``rows``: the number that the row has in the file, and its cells, as many as there are headings."""

    file_name: str
    headings: list[str]
    rows: list[Row]


def read(content: bytes, name: str) -> Table:
    """The table in an .xlsx or .csv file. ValidationError in words for everything else, and for what is too large."""
    if not content:
        raise ValidationError(_("This file is empty."))
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("This file is too large. Accepted are tables of at most %(limit)s MB."),
            params={"limit": MOST_BYTES // 1_000_000},
        )
    name = display_name(name)
    for lines in _sheets(content, name):
        if (place := row_of_headings([cells for _number, cells in lines])) is not None:
            return _table(name, lines, place)
    raise ValidationError(_("No table was found in this file: it needs a row of headings and rows under it."))


def _sheets(content: bytes, name: str) -> Iterator[list[Row]]:
    if office.is_zip(content):
        return _excel(content)
    if content.startswith(_OLD_EXCEL) or split_extension(name)[1] not in {"csv", "txt", ""}:
        raise ValidationError(_KIND)
    return iter([_csv(content)])


_KIND = _(
    "Accepted are Excel tables (.xlsx, without macros or a password) and .csv files. In Excel or WPS: Save as, Excel "
    "workbook (.xlsx)."
)


# --- Excel ------------------------------------------------------------------------------------------
def _excel(content: bytes) -> Iterator[list[Row]]:
    try:
        kind = office.office_kind(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except ValidationError as refusal:
        raise ValidationError(_KIND) from refusal
    if kind != "xlsx":
        raise ValidationError(_KIND)
    if unpacked > MOST_UNPACKED_BYTES or not amounts.are_moderate(content):
        raise ValidationError(_TOO_MANY, params={"limit": MOST_ROWS})
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            return iter([_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"])
    except ValidationError:
        raise
    except Exception as error:  # on broken input openpyxl raises whatever it stumbles over
        raise ValidationError(_("This Excel file is broken or incomplete.")) from error


_TOO_MANY = _("This table is too large. Accepted are at most %(limit)s rows; split it.")


def _sheet(sheet) -> list[Row]:
    sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
    lines = sheet.iter_rows(max_row=_LINES, max_col=MOST_COLUMNS, values_only=True)
    return _filled(enumerate(lines, start=1), _cell)


def _cell(value: object) -> str:
    """A cell as a person would read it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
        )
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    if value != value or abs(value) == float("inf"):
        return ""
    if abs(value) >= _EXACT:
        return f"{float(value):.14E}"
    return str(int(value)) if value == int(value) else repr(value)


# --- text -------------------------------------------------------------------------------------------
def _csv(content: bytes) -> list[Row]:
    decoded = _decoded(content)
    first = decoded[:4000]
    delimiter = max(",\t;", key=first.count)  # Excel writes the one of the computer's region
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter)
    try:
        return _filled(_lines(reader), str)
    except csv.Error as error:
        raise ValidationError(_("This .csv file is broken or incomplete.")) from error


def _lines(reader) -> Iterator[tuple[int, list[str]]]:
    """Every record with the number of the row that a table program shows it in."""
    for number, line in enumerate(reader, start=1):
        if number > _LINES:
            raise ValidationError(_TOO_MANY, params={"limit": MOST_ROWS})
        yield number, line


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with a mark (Excel's "Unicode text"), or GB18030, as Excel and WPS write Chinese."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in decoded:
            return decoded
    raise ValidationError(_KIND)


# --- both -------------------------------------------------------------------------------------------
def _filled(lines, as_text) -> list[Row]:
    """The rows with anything in them; their cells as texts, without those that are empty to the end."""
    found = []
    for number, line in lines:
        if len(line) > MOST_COLUMNS:
            line = line[:MOST_COLUMNS]
        cells = [as_text(value)[:MOST_LETTERS] for value in line]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            found.append((number, cells))
        if len(found) > MOST_ROWS + 30:
            raise ValidationError(_TOO_MANY, params={"limit": MOST_ROWS})
    return found


def _table(name: str, lines: list[Row], place: int) -> Table:
    headings = [" ".join(text(cell).split()) for cell in lines[place][1]]
    rows = [
        (number, _as_long_as(headings, cells))
        for number, cells in lines[place + 1 :]
        if not _repeats(headings, cells)
    ]
    if not rows:
        raise ValidationError(_("There are no rows under the headings."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(_TOO_MANY, params={"limit": MOST_ROWS})
    return Table(name, headings, rows)


def _repeats(headings: Sequence[str], cells: Sequence[str]) -> bool:
    """Headings stand again at the top of every printed page."""
    return [text(cell) for cell in cells] == list(headings)


def _as_long_as(headings: Sequence[str], cells: list[str]) -> list[str]:
    return (cells + [""] * len(headings))[: len(headings)]
