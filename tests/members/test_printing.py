"""Registration card and roster: complete, nothing blank, sensitive data only when asked for and with a trace."""

import datetime
import io

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from branch_portal.documents import official
from branch_portal.documents.paper import Fact, Facts, Paper, Table
from branch_portal.media.pictures import delete_picture, read_picture
from members import actions, registration_card
from members.models import Award, Member, MobilePeriod, SensitiveLook
from members.permissions import Role
from members.roster import roster
from tests.factories import make_event, make_group, make_member, make_position, make_user
from tests.media import samples

D = datetime.date
NUMBER = "11010519491231002X"
PHONE = "13800000001"


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture
def member(secretary):
    found = make_member("郑以宁", phone=PHONE, birth_date=D(1991, 12, 15), employer="澜川市人民医院")
    actions.change_sensitive(found, {"id_number": NUMBER, "discipline": "警告处分"}, by=secretary)
    make_position(found, "publicity", started_on=D(2021, 6, 25))
    Award.objects.create(member=found, title="优秀共产党员", on=D(2024, 6, 28), level="city")
    MobilePeriod.objects.create(
        member=found, since=D(2025, 1, 1), place="邻市", reason="work", contact_person=secretary.member
    )
    make_event(found, "moved_in", D(2018, 3, 1), organization="邻县医院党支部")
    return found


# --- papers in general ----------------------------------------------------------------------------
def test_no_field_of_a_paper_stays_blank():
    paper = Paper("标题", [Facts([Fact("甲", ""), Fact("乙", None)]), Table(("丙", "丁"), [])])
    document = Document(io.BytesIO(official.write_papers([paper], "标题")))
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert texts == ["甲", "none", "乙", "none", "丙", "丁", "none", "none"]


def test_facts_stand_two_a_line_and_a_wide_one_alone():
    facts = Facts([Fact("a", 1), Fact("b", 2, is_wide=True), Fact("c", 3), Fact("d", 4), Fact("e", 5)])
    assert [[label for label, _text in line] for line in facts.lines] == [["A"], ["B"], ["C", "D"], ["E"]]


def test_a_landscape_paper_keeps_the_official_margins_turned():
    paper = Paper("花名册", [], is_landscape=True)
    section = Document(io.BytesIO(official.write_papers([paper], "花名册"))).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [round(edge.mm) for edge in (section.left_margin, section.top_margin)] == [37, 26]


def test_papers_of_one_file_begin_on_pages_of_their_own():
    papers = [Paper(title, [], signatures=("书记",)) for title in ("甲", "乙", "丙")]
    document = Document(io.BytesIO(official.write_papers(papers, "三份")))
    assert document.element.xml.count('<w:br w:type="page"/>') == 2
    assert document.core_properties.title == "三份"


# --- the card -------------------------------------------------------------------------------------
def test_a_card_says_everything_of_the_record(desk, member):
    page = desk.get(f"/en/desk/members/{member.pk}/card/").content.decode()
    for words in (
        "郑以宁",
        PHONE,
        "澜川市人民医院",
        "优秀共产党员",
        "邻市",
        "邻县医院党支部",
        "Publicity commissioner".lower(),
    ):
        assert words in page
    answer = desk.post(f"/en/desk/members/{member.pk}/card/", {"as": "word"})
    assert answer["Content-Disposition"].startswith("attachment")
    for words in ("郑以宁", PHONE, "优秀共产党员", "邻市"):
        assert words in words_of(answer.content)


@pytest.mark.parametrize("as_", ["page", "word"])
def test_sensitive_data_are_printed_on_demand_only_and_leave_a_trace(desk, secretary, member, as_):
    def printed(**fields):
        answer = desk.post(f"/en/desk/members/{member.pk}/card/", {"as": as_, **fields})
        return words_of(answer.content) if as_ == "word" else answer.content.decode()

    masked = printed()
    assert NUMBER not in masked
    assert "警告处分" not in masked
    assert registration_card.HIDDEN in masked
    assert SensitiveLook.objects.count() == 0
    shown = printed(with_sensitive="on")
    assert NUMBER in shown
    assert "警告处分" in shown
    assert set(SensitiveLook.objects.values_list("member", "user", "field", "occasion")) == {
        (member.pk, secretary.pk, "id_number", "print"),
        (member.pk, secretary.pk, "discipline", "print"),
    }


def test_a_card_has_the_photograph_on_the_page_and_in_the_word_file(desk, secretary, member):
    page = f"/en/desk/members/{member.pk}/card/"

    def pictures_of(answer) -> list[tuple[int, int]]:
        shapes = Document(io.BytesIO(answer.content)).inline_shapes
        return [(round(shape.width.mm), round(shape.height.mm)) for shape in shapes]

    assert "paper-photograph" not in desk.get(page).content.decode()
    assert pictures_of(desk.post(page, {"as": "word"})) == []
    picture = read_picture(samples.upload(samples.encoded(samples.four_corners()), "x.jpg"))
    actions.set_photograph(member, picture, by=secretary)
    assert f'src="/en/desk/members/{member.pk}/photograph/480/"' in desk.get(page).content.decode()
    [(width, height)] = pictures_of(desk.post(page, {"as": "word"}))
    assert width == 25 or height == 35
    assert width <= 25
    assert height <= 35
    several = desk.post("/en/desk/members/cards/", {"as": "word", "people": [member.pk, secretary.member_id]})
    assert len(pictures_of(several)) == 1
    delete_picture(Member.objects.get(pk=member.pk).photograph)  # a card is printed all the same
    assert pictures_of(desk.post(page, {"as": "word"})) == []


def test_a_card_asked_for_by_its_address_alone_is_masked(desk, member):
    page = desk.get(f"/en/desk/members/{member.pk}/card/?with_sensitive=on").content.decode()
    assert NUMBER not in page
    assert SensitiveLook.objects.count() == 0


def test_a_member_prints_the_own_card_with_everything_and_without_a_trace(client, member):
    client.force_login(make_user(member=member))
    page = client.post(f"/en/desk/members/{member.pk}/card/", {"with_sensitive": "on"}).content.decode()
    assert NUMBER in page
    assert SensitiveLook.objects.count() == 0
    assert client.get(f"/en/desk/members/{make_member().pk}/card/").status_code == 403
    assert client.get("/en/desk/members/cards/").status_code == 403


def test_a_group_leader_prints_the_own_group_without_sensitive_data(client, secretary):
    group = make_group()
    leader = make_user()
    make_position(leader.member, "group_leader", party_group=group)
    own = make_member("组员甲", party_group=group)
    other = make_member("外组乙")
    actions.change_sensitive(own, {"id_number": NUMBER}, by=secretary)
    client.force_login(leader)
    page = client.post(f"/en/desk/members/{own.pk}/card/", {"with_sensitive": "on"}).content.decode()
    assert "组员甲" in page
    assert NUMBER not in page
    assert client.get(f"/en/desk/members/{other.pk}/card/").status_code == 403
    answer = client.post("/en/desk/members/cards/", {"as": "word", "with_sensitive": "on"})
    assert "组员甲" in words_of(answer.content)
    assert NUMBER not in words_of(answer.content)
    assert "外组乙" not in words_of(answer.content)
    refused = client.post("/en/desk/members/cards/", {"as": "word", "people": [other.pk]})
    assert "people" in refused.context["form"].errors
    assert SensitiveLook.objects.count() == 0


def test_cards_of_several_are_one_file_and_every_look_is_recorded(desk, member, secretary):
    other = make_member("第二人")
    actions.change_sensitive(other, {"difficulties": "重病"}, by=secretary)
    answer = desk.post(
        "/en/desk/members/cards/",
        {"as": "word", "with_sensitive": "on", "people": [member.pk, other.pk]},
    )
    assert NUMBER in words_of(answer.content)
    assert "重病" in words_of(answer.content)
    assert SensitiveLook.objects.filter(occasion="print").count() == 3


def test_cards_of_many_ask_as_much_as_cards_of_one(django_assert_num_queries, member):
    make_position(member, "group_leader", party_group=make_group())
    for number in (1, 6):
        members = registration_card.with_everything(Member.objects.filter(left_on=None))
        with django_assert_num_queries(8):
            assert len(registration_card.cards(members)) >= number
        for _each in range(5):
            make_position(make_member(), "committee")


def test_too_many_at_once_are_refused_in_words(desk, monkeypatch):
    monkeypatch.setattr("members.forms.printing.MOST", 1)
    make_member()
    page = desk.post("/en/desk/members/cards/", {"as": "word"}).content.decode()
    assert "At most 1 people are printed at once" in page


# --- the roster -----------------------------------------------------------------------------------
def test_the_roster_has_personal_data_for_the_secretary_alone(client, desk, member):
    assert PHONE in desk.get("/en/desk/members/roster/").content.decode()
    client.force_login(make_user(Role.COMMITTEE))
    page = client.get("/en/desk/members/roster/").content.decode()
    assert "郑以宁" in page
    assert PHONE not in page
    assert "1991" not in page
    assert PHONE not in words_of(client.get("/en/desk/members/roster/?as=word").content)


def test_the_roster_lists_party_members_of_now_with_their_posts(secretary, django_assert_num_queries):
    make_member("走了的人", left_on=D(2024, 1, 1))
    make_member("申请人", stage="applicant")
    make_position(make_member("宣传委员"), "publicity")
    with django_assert_num_queries(3):
        paper = roster(D(2026, 6, 1), with_personal_data=True)
    rows = {line[1]: line for line in paper.parts[0].lines}
    assert rows.keys() == {secretary.member.name, "宣传委员"}
    assert "Publicity commissioner" in rows["宣传委员"]
    assert all(len(line) == len(paper.parts[0].titles) for line in paper.parts[0].lines)
    assert sum(paper.parts[0].widths) <= 225
