"""Registration card and roster: complete, nothing blank, sensitive data only when asked for and with a trace."""

import datetime
import io

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from appraisals.models import Assessment, Participant
from branch_portal.documents import official
from branch_portal.documents.paper import HIDDEN, Fact, Facts, Paper, Table
from branch_portal.media.pictures import delete_picture, read_picture
from branch_portal.registration_card import writing
from members import actions
from members.models import Award, Member, MobilePeriod, SensitiveLook, User
from members.permissions import Role
from members.roster import roster
from tests.appraisals.factories import make_round
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
    assert HIDDEN in masked
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


@pytest.fixture
def grades(secretary, member) -> list[str]:
    """What the card says of the member's appraisals, the latest first; another year's round goes on yet."""
    people = [member, make_user().member, make_user().member]
    make_user(member=member)
    for year in (2023, 2024):
        make_round(by=secretary, year=year, state="assessed", members=people)
    make_round(by=secretary, year=2025, state="ballot", members=people)
    told = Assessment.objects.filter(participant__member=member, participant__round__state="assessed")
    by_year = {each.participant.round.year: each.get_grade_display() for each in told}
    return ["2024", by_year[2024], "2023", by_year[2023]]


def grades_on(answer, name: str) -> list[str]:
    """The cells below "Year, Grade" on the card of that name."""
    cards = iter(Document(io.BytesIO(answer.content)).tables)
    for table in cards:
        if name in [cell.text for cell in table.rows[0].cells]:
            break
    else:
        raise AssertionError(f"no card of {name}")
    [found] = [t for t in list(cards)[:7] if [c.text for c in t.rows[0].cells] == ["Year", "Grade"]][:1]
    return [cell.text for row in found.rows[1:] for cell in row.cells]


def test_a_card_has_the_grades_of_every_year_once_they_are_approved(desk, client, member, grades):
    address = f"/en/desk/members/{member.pk}/card/"
    assert all(grades)
    assert grades_on(desk.post(address, {"as": "word"}), "郑以宁") == grades
    client.force_login(member.user)
    assert grades_on(client.post(address, {"as": "word"}), "郑以宁") == grades


def test_grades_are_hidden_from_a_group_leader_but_for_the_own(client, secretary, member, grades):
    group = make_group()
    make_event(member, "group", D(2020, 1, 1), party_group=group)
    leader = make_user(member=make_member("组长", party_group=group))
    make_position(leader.member, "group_leader", party_group=group)
    client.force_login(leader)
    answer = client.post("/en/desk/members/cards/", {"as": "word"})
    assert grades_on(answer, "郑以宁") == [HIDDEN, HIDDEN]
    assert grades_on(answer, "组长") == ["none", "none"]


def test_a_grade_given_elsewhere_names_the_branch(member, grades):
    part = Participant.objects.get(member=member, round__year=2024)
    part.is_elsewhere, part.elsewhere = True, "援外支部"
    assert part.grade_in_words == f"{part.assessment.get_grade_display()} (appraised by 援外支部)"
    part.is_graded = False
    assert part.grade_in_words == "without a grade"


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


def test_cards_of_many_ask_as_much_as_cards_of_one(django_assert_num_queries, member, secretary):
    reader = User.objects.get(pk=secretary.pk)
    assert reader.may("run_appraisals")  # what the reader may do is asked for once, and not here
    make_position(member, "group_leader", party_group=make_group())
    for number in (1, 6):
        members = writing.with_everything(Member.objects.filter(left_on=None))
        with django_assert_num_queries(9):
            assert len(writing.cards(list(members), reader)) >= number
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
