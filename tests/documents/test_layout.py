"""The Word files about people as the handbook wants official papers (R-12.7), read back from their XML; nothing blank."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from members.models import Award, Member
from members.permissions import Role
from tests.factories import DAY, make_branch, make_member, make_position, make_user

pytestmark = pytest.mark.django_db

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE, HEADING, BODY, NUMBER, LATIN = "方正小标宋简体", "黑体", "仿宋", "宋体", "Times New Roman"
# Word measures type in halves of a point, everything else in twentieths.
PT, HALF_PT = 20, 2
MM = PT * 72 / 25.4

PAPERS = {
    "card": ("members/{pk}/card/", {}),
    "cards": ("members/cards/", {}),
    "yearly record": ("yearly-records/{pk}/", {"year": "2025"}),
    "yearly records": ("yearly-records/", {"year": "2025"}),
    "roster": ("members/roster/", {}),
}
ONLY_READ = {"yearly record", "roster"}


@dataclass
class Word:
    """A Word file: its parts by name."""

    parts: dict[str, ElementTree.Element]

    @classmethod
    def of(cls, content: bytes) -> Word:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            read = {name: file.read(name) for name in file.namelist() if name.endswith(".xml")}
        # Our own file: nobody else's XML is read here.
        return cls({name.removeprefix("word/"): ElementTree.fromstring(xml) for name, xml in read.items()})  # noqa: S314

    @property
    def body(self) -> ElementTree.Element:
        return self.parts["document.xml"].find(f"{W}body")

    @property
    def paragraphs(self) -> list[ElementTree.Element]:
        """Those outside of tables that say something."""
        return [each for each in self.body.findall(f"{W}p") if text_of(each).strip()]

    @property
    def cells(self) -> list[ElementTree.Element]:
        return list(self.body.iter(f"{W}tc"))


def text_of(element: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def value(element: ElementTree.Element, path: str, name: str = "val") -> str | None:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


def letters_of(element: ElementTree.Element) -> set[tuple]:
    """Chinese font, Latin font and size in points of every run with a text."""
    return {
        (
            value(run, "rPr/rFonts", "eastAsia"),
            value(run, "rPr/rFonts", "ascii"),
            int(value(run, "rPr/sz")) / HALF_PT,
        )
        for run in element.iter(f"{W}r")
        if text_of(run).strip()
    }


@pytest.fixture
def people(client) -> Member:
    """One with an award and a post, one of whom nothing is known but a name; papers are of the latter or of all."""
    make_branch()
    secretary = make_user(Role.SECRETARY)
    Award.objects.create(member=secretary.member, title="先进个人", on=DAY, level="city")
    make_position(make_member("有职务的人"), "publicity")
    client.force_login(secretary)
    return make_member("空白人", gender="")


def answer(client, person, name: str, *, language: str = "zh-hans", **fields):
    address, asked = PAPERS[name]
    ask = client.get if name in ONLY_READ else client.post
    return ask(f"/{language}/desk/{address.format(pk=person.pk)}", {**asked, **fields})


@pytest.fixture(params=PAPERS)
def word(request, client, people) -> Word:
    found = Word.of(answer(client, people, request.param, **{"as": "word"}).content)
    found.name = request.param
    return found


def test_paper_and_margins(word):
    section = word.body.find(f"{W}sectPr")
    size = [round(int(value(section, "pgSz", side)) / MM) for side in ("w", "h")]
    edges = [round(int(value(section, "pgMar", side)) / MM) for side in ("top", "bottom", "left", "right")]
    if word.name == "roster":  # turned to the left, and so are its margins
        assert value(section, "pgSz", "orient") == "landscape"
        assert (size, edges) == ([297, 210], [26, 28, 37, 35])
    else:
        assert value(section, "pgSz", "orient") in {None, "portrait"}
        assert (size, edges) == ([210, 297], [37, 35, 28, 26])


def test_fonts_and_sizes(word):
    title, *others = word.paragraphs
    assert letters_of(title) == {(TITLE, LATIN, 22)}
    assert value(title, "pPr/jc") == "center"
    titles = text_of(title)
    used = set().union(*(letters_of(each) for each in others if text_of(each) != titles))
    assert used <= {(HEADING, LATIN, 16), (BODY, LATIN, 16)}
    assert (BODY, LATIN, 16) in used
    in_cells = set().union(*map(letters_of, word.cells))
    assert in_cells == {(HEADING, LATIN, 12), (BODY, LATIN, 12)}
    # What somebody types in Word goes on in the font of the body.
    [normal] = [
        each for each in word.parts["styles.xml"].iter(f"{W}style") if value(each, "name") == "Normal"
    ]
    assert value(normal, "rPr/rFonts", "eastAsia") == BODY
    assert int(value(normal, "rPr/sz")) / HALF_PT == 16


def test_lines_stand_28_points_apart(word):
    pitches = {
        (value(each, "pPr/spacing", "lineRule"), int(value(each, "pPr/spacing", "line") or 0) / PT)
        for each in word.paragraphs
    }
    assert pitches == {("exact", 28)}


def test_page_numbers_stand_at_the_outer_edge(word):
    assert word.parts["settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    section = word.body.find(f"{W}sectPr")
    assert {each.get(f"{W}type") for each in section.findall(f"{W}footerReference")} == {"default", "even"}
    footers = [part for name, part in word.parts.items() if name.startswith("footer")]
    found = {}
    for footer in footers:
        paragraph = footer.find(f"{W}p")
        assert text_of(paragraph) == "—  —"
        assert [each.text for each in paragraph.iter(f"{W}instrText")] == ["PAGE"]
        runs = {
            (value(run, "rPr/rFonts", "eastAsia"), int(value(run, "rPr/sz")) / HALF_PT)
            for run in paragraph.iter(f"{W}r")
        }
        found[value(paragraph, "pPr/jc")] = runs
    assert found == {"right": {(NUMBER, 14)}, "left": {(NUMBER, 14)}}


def test_somebody_signs(word):
    last = [text_of(each) for each in word.paragraphs[-3:]]
    assert any(each.startswith("支部书记") or each.startswith("书记") for each in last), last
    underlined = [each for each in word.body.iter(f"{W}u") if each.get(f"{W}val") == "single"]
    assert underlined


def test_no_field_is_blank(word):
    texts = [text_of(each).strip() for each in word.cells]
    assert all(texts)
    assert "无" in texts


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(("language", "nothing"), [("zh-hans", "无"), ("en", "none")])
def test_no_field_of_the_page_to_print_is_blank(client, people, name, language, nothing):
    page = answer(client, people, name, language=language, **{"as": "page"}).content.decode()
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", page, flags=re.S)
    assert len(cells) > 10
    assert all(cell.strip() for cell in cells)
    assert nothing in cells
