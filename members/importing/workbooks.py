"""Excel files that leave an import: the template, and the rows that were refused, each with its reasons."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from members.importing import columns
from members.importing.checking import RowResult
from members.importing.columns import Column, Kind
from members.importing.files import Table
from members.models import PartyGroup

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = PatternFill("solid", fgColor="F3E9DA")
_ROWS_WITH_LISTS = 1000


def template(available: Sequence[Column]) -> bytes:
    """Headings and an invented example in the reader's language; a second sheet says what may stand in each column."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Members")
    _head(sheet, [column.title for column in available])
    example = _example()
    for place, column in enumerate(available, start=1):
        _write(sheet.cell(2, place), example.get(column.name, ""))
        sheet.column_dimensions[
            get_column_letter(place)
        ].number_format = "@"  # or telephone numbers become sums
        if options := _options(column):
            _offer(sheet, place, options)
    _explain(book.create_sheet(_("Explanations")), available)
    return _bytes(book)


def rejected(table: Table, results: Iterable[RowResult]) -> bytes:
    """The rows with errors, and those of which something is left out, as they were, and beside each what is wrong. Nothing in
    them is a formula any more."""
    reasons_of = {result.number: _reasons(result) for result in results if result.errors or result.omitted}
    book = Workbook()
    sheet = book.active
    sheet.title = _("Rejected rows")
    _head(sheet, [_("Row in the file"), *table.headings, _("What is wrong")])
    rows = ((number, cells) for number, cells in table.rows if number in reasons_of)
    for line, (number, cells) in enumerate(rows, start=2):
        for place, text in enumerate([str(number), *cells, reasons_of[number]], start=1):
            _write(sheet.cell(line, place), text)
        sheet.cell(line, len(cells) + 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(len(table.headings) + 2)].width = 60
    return _bytes(book)


def _reasons(result: RowResult) -> str:
    left_out = [
        _("Left out: %(sentence)s") % {"sentence": sentence(name, reason)} for name, reason in result.omitted
    ]
    return "\n".join([*(sentence(name, reason) for name, reason in result.errors), *left_out])


def sentence(name: str, reason: str) -> str:
    """An error with its field, in the reader's language."""
    return (
        _("%(field)s: %(reason)s") % {"field": columns.BY_NAME[name].title, "reason": reason}
        if name
        else reason
    )


def _head(sheet: Worksheet, titles: Sequence[str]) -> None:
    for place, title in enumerate(titles, start=1):
        cell = sheet.cell(1, place)
        _write(cell, title)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = max(14, 2 * len(title) + 2)
    sheet.freeze_panes = "B2"


def _write(cell: Cell, text: str) -> None:
    """As text, whatever it begins with: a program that opens or saves the file evaluates nothing."""
    plain = "".join(letter for letter in text if letter >= " " or letter == "\n")
    if plain:
        cell.value, cell.data_type = plain, "s"
    cell.number_format, cell.quotePrefix = "@", True


def _options(column: Column) -> list[str]:
    if column.kind is Kind.CHOICE:
        return list(columns.labels_of(column.name).values())
    if column.kind is Kind.GROUP:
        return [str(group) for group in PartyGroup.objects.all()]
    return []


def _offer(sheet: Worksheet, place: int, options: Sequence[str]) -> None:
    """Excel's own list under the cells; it takes no more than 255 letters, and no commas in a word."""
    joined = ",".join(options)
    if len(joined) > 250 or any(mark in option for option in options for mark in ',"'):
        return
    offered = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
    sheet.add_data_validation(offered)
    letter = get_column_letter(place)
    offered.add(f"{letter}2:{letter}{_ROWS_WITH_LISTS}")


def _explain(sheet: Worksheet, available: Sequence[Column]) -> None:
    _head(sheet, [_("Column"), _("What stands in it")])
    lines = [(column.title, _explanation(column)) for column in available]
    lines.append((_("The table"), _("The columns may stand in any order, and others beside them.")))
    lines.append((_("Empty cells"), _("An empty cell changes nothing in a record that is there already.")))
    lines.append((_("The example"), _("The row that begins with “Example” is left out.")))
    for line, texts in enumerate(lines, start=2):
        for place, text in enumerate(texts, start=1):
            _write(sheet.cell(line, place), text)
            sheet.cell(line, place).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90


def _explanation(column: Column) -> str:
    if column.name in _own_explanations():
        return _own_explanations()[column.name]
    if column.kind is Kind.DAY:
        return (
            _(
                "A day, as 1990-01-02 or 1990年1月2日; of year and month the first can be taken, if you say so."
            )
            if column.name in columns.WITH_MONTHS
            else _("A day, as 1990-01-02 or 1990年1月2日; year and month alone are not enough.")
        )
    if options := _options(column):
        return _("One of: %(options)s.") % {"options": _(", ").join(options)}
    if column.kind is Kind.GROUP:
        return _("The name of a Party group of the branch; it has none yet.")
    return _("Text.")


def _own_explanations() -> Mapping[str, str]:
    return {
        "name": _("Must be there."),
        "reading": _("Pinyin with spaces, only where the usual reading would be wrong."),
        "gender": _("%(options)s; may be left out where the identity number stands.")
        % {"options": _(", ").join(columns.labels_of("gender").values())},
        "birth_date": _(
            "A day, as 1990-01-02; where the identity number stands, year and month are enough, or nothing."
        ),
        "id_number": _("18 characters, as text. By it a person is found who is recorded already."),
        "phone": _(
            "11 digits, or + and the country code. Without an identity number a person is found by it."
        ),
        "stage": _("One of: %(options)s. May be left out where the dates tell it.")
        % {"options": _(", ").join(columns.labels_of("stage").values())},
        "voteless_until": _("The last day of a probation within the Party."),
        "dues_base": _("A sum in yuan a month."),
    }


def _example() -> Mapping[str, str]:
    """Of nobody: the name says so, the numbers are out of use."""
    return {
        "name": _("Example: Zhang Xiaohe"),
        "gender": columns.labels_of("gender")["female"],
        "birth_date": "1990-01-02",
        "ethnic_group": _("Han"),
        "stage": columns.labels_of("stage")["full"],
        "applied_on": "2011-03-01",
        "activist_on": "2011-09-20",
        "target_on": "2013-03-15",
        "admitted_on": "2013-06-28",
        "confirmed_on": "2014-06-28",
        "education": columns.labels_of("education")["undergraduate"],
        "degree": columns.labels_of("degree")["bachelor"],
        "phone": "10000000000",
    }


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
