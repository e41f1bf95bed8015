"""The workbook of the sample opened by LibreOffice and looked at page by page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from branch_portal.documents.binding import write_book
from tests.workbook import libreoffice
from tests.workbook.reading import book_of

pytestmark = pytest.mark.django_db
INK = 128  # darker than this is ink


@pytest.fixture
def book():
    libreoffice.require()
    call_command("load_sample", verbosity=0)
    return book_of(2025, language="zh-hans")


def test_libreoffice_shows_every_chapter_on_the_page_that_the_contents_say(book, tmp_path):
    printed = libreoffice.printed(write_book(book), tmp_path)
    pages = printed.pages
    assert len(pages) == printed.number_of_pages
    assert len(book.chapters) + 2 < len(pages) < 120

    cover, contents, *others = pages
    assert book.title.replace(" ", "") in cover
    assert "澜川市医学会党支部" in cover
    assert "—" not in cover  # no number
    for number, page in enumerate(pages[1:], start=2):
        assert page.rstrip().splitlines()[-1] == f"—{number}—"

    told = dict(re.findall(r"^(\d+\..+?)\.{3,}(\d+)$", contents, re.M))
    titles = ["".join(chapter.title.split()) for chapter in book.chapters]
    assert list(told) == titles
    begins = [int(number) for number in told.values()]
    assert begins == sorted(set(begins))
    for title, number in told.items():
        assert pages[int(number) - 1].lstrip().splitlines()[0] == title
    assert len(others) == len(pages) - 2

    # What a chapter says stands between its page and the next one's.
    words = {"党员大会": "2025年第二季度党员大会", "民主评议党员": "已归档", "移交": "监交人"}
    for chapter, said in words.items():
        place = next(place for place, title in enumerate(titles) if title.endswith(f".{chapter}"))
        last = begins[place + 1] - 1 if place + 1 < len(begins) else len(pages)
        assert said in "".join(pages[begins[place] - 1 : last])

    assert printed.fonts
    assert all(printed.fonts)  # embedded
    every_page_is_inked_inside_its_margins(printed, tmp_path)


def every_page_is_inked_inside_its_margins(printed: libreoffice.Printed, folder: Path) -> None:
    pictures = printed.pictures(folder)
    assert len(pictures) == printed.number_of_pages
    landscape = 0
    for number, picture in enumerate(pictures, start=1):
        inked = picture.point(lambda level: 255 if level < INK else 0).getbbox()
        assert inked is not None, f"page {number}"
        left, top, right, bottom = inked
        landscape += picture.width > picture.height
        margin = picture.width / 210 * 15 if picture.width < picture.height else picture.width / 297 * 15
        assert left > margin, f"page {number}"
        assert right < picture.width - margin, f"page {number}"
        assert top > margin, f"page {number}"
        assert bottom < picture.height - margin / 2, f"page {number}"
    assert 3 <= landscape < len(pictures) / 2  # roster, important matters, ledger
