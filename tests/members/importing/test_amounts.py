"""A small file that unpacks to millions of cells is refused before anything reads it as a table."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from members.importing import amounts, files


def package(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name}.xml", content)
    return made.getvalue()


def book(rows: int, columns: int) -> bytes:
    workbook, made = Workbook(write_only=True), io.BytesIO()
    sheet = workbook.create_sheet()
    for _row in range(rows):
        sheet.append(["甲"] * columns)
    workbook.save(made)
    return made.getvalue()


def test_a_full_roster_is_moderate():
    assert amounts.are_moderate(book(2_000, 60))


@pytest.mark.parametrize("tag", [b"<c/>", b"<x:c r='A1'/>", b"<c><v>1</v></c>"])
def test_a_row_of_very_many_cells_is_not(tag):
    assert not amounts.are_moderate(package(sheet1=b"<row>" + tag * 2_001 + b"</row>"))
    assert amounts.are_moderate(package(sheet1=(b"<row>" + tag * 1_999 + b"</row>") * 3))


def test_cells_are_counted_across_the_cuts():
    padding = b" " * ((1 << 20) - 3)
    assert not amounts.are_moderate(package(sheet1=b"<row>" + padding + b"<c/>" * 2_001))


def test_very_many_shared_texts_are_not():
    assert not amounts.are_moderate(package(texts=b"<si/>" * 3_000_001))


def test_the_reader_is_told_that_the_table_is_too_large():
    with pytest.raises(ValidationError) as refusal:
        files.read(book(1, 2_001), "名册.xlsx")
    assert "too large" in str(refusal.value.messages[0]) or "过大" in refusal.value.messages[0]
