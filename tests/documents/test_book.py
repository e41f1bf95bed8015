"""A book as a Word file, read back from its XML: cover, contents, chapters upright and lying, parts to fill in by hand."""

from __future__ import annotations

import pytest

from branch_portal.documents import markup
from branch_portal.documents.binding import write_book
from branch_portal.documents.book import Book
from branch_portal.documents.paper import Blank, Fact, Facts, Paper, Table, Text
from tests.documents.test_layout import LATIN, MM, W, Word, letters_of, text_of, value

CHAPTERS = [
    Paper("第一章", [Text("说明", ["甲\n乙"]), Text("细目", ["丙"], level=2)]),
    Paper("第二章", [Table(["姓名", "职务"], [["张三", "书记"]], widths=(120, 105))], is_landscape=True),
    Paper("第三章", [Facts([Fact("地点", "会议室", is_wide=True), Fact("主持", "张三")])]),
    Paper("第四章", [Blank("党费", "由组织委员填写。", ["月份", "金额"], ["一月", "二月"], (40, 60))]),
    Paper("第五章", [Blank("总结", "由书记填写。", ruled=5)], signatures=("书记",)),
]


@pytest.fixture(scope="module")
def word() -> Word:
    return Word.of(write_book(Book("手册", "2025年度", ["某党支部"], "目录", CHAPTERS)))


def test_the_cover_has_no_number_and_the_others_have_one(word):
    sections = list(word.body.iter(f"{W}sectPr"))
    assert len(sections) == 4  # cover; contents and chapter 1; chapter 2; the others
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True, False, False, False]
    first = sections[0]
    assert {each.get(f"{W}type") for each in first.findall(f"{W}footerReference")} >= {"default", "even"}


def test_a_chapter_that_lies_is_a_section_of_its_own(word):
    sections = list(word.body.iter(f"{W}sectPr"))
    sizes = [round(int(value(section, "pgSz", "w")) / MM) for section in sections]
    assert sizes == [210, 210, 297, 210]
    assert [value(section, "pgSz", "orient") == "landscape" for section in sections] == [
        False,
        False,
        True,
        False,
    ]


def test_the_contents_lead_to_every_chapter(word):
    asked = [each.text.split()[1] for each in word.body.iter(f"{W}instrText")]
    marked = [each.get(f"{W}name") for each in word.body.iter(f"{W}bookmarkStart")]
    assert asked == marked
    assert len(asked) == len(CHAPTERS)
    begins = [each for each in word.body.iter(f"{W}fldChar") if each.get(f"{W}fldCharType") == "begin"]
    assert all(each.get(f"{W}dirty") == "true" for each in begins)
    titles = [
        text_of(each) for each in word.paragraphs if value(each, "pPr/outlineLvl") == "0"
    ]  # the navigation of the program
    assert titles == [chapter.title for chapter in CHAPTERS]


def test_headings_of_two_levels(word):
    found = {text_of(each): letters_of(each) for each in word.paragraphs}
    assert found["说明"] == {("黑体", LATIN, 16)}
    assert found["细目"] == {("楷体", LATIN, 16)}


def test_tables_have_their_widths_for_every_program(word):
    tables = list(word.body.iter(f"{W}tbl"))
    grids = [[round(int(each.get(f"{W}w")) / MM) for each in table.iter(f"{W}gridCol")] for table in tables]
    assert grids == [[120, 105], [30, 48, 30, 48], [40, 60]]
    first_row = tables[0].find(f"{W}tr")
    assert first_row.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in word.body.iter(f"{W}tr"))


def test_a_fact_that_stands_alone_takes_the_line(word):
    facts = list(word.body.iter(f"{W}tbl"))[1]
    spans = [
        [value(cell, "tcPr/gridSpan") for cell in row.findall(f"{W}tc")] for row in facts.findall(f"{W}tr")
    ]
    assert spans == [[None, "3"], [None, "3"]]


def test_what_is_filled_in_by_hand_has_room(word):
    to_fill = list(word.body.iter(f"{W}tbl"))[2]
    heights = [value(row, "trPr/trHeight") for row in to_fill.findall(f"{W}tr")]
    assert all(round(int(height) / MM) == 9 for height in heights)
    assert [text_of(cell) for cell in to_fill.iter(f"{W}tc")] == ["月份", "金额", "一月", "", "二月", ""]
    underlined = [each for each in word.body.iter(f"{W}u") if each.get(f"{W}val") == "single"]
    assert len(underlined) == 5 + 1  # the lines, and one to sign on


@pytest.mark.parametrize("text", ["<w:p> & \"quotes\" 'too'", "a\x00b\x1fc", "一\t二", "𠮷"])
def test_any_text_can_be_written(text):
    run = markup.parsed(markup.run(text, "仿宋", 16))
    written = "".join(
        "\t" if each.tag.endswith("}tab") else each.text or "" for each in run.iter() if not len(each)
    )
    assert written == "".join(character for character in text if character >= " " or character == "\t")
