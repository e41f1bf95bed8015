"""The figures of a year, each against a branch in which it is known; what is nobody's business is in none of them."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from branch_portal.workbook.figures.reading import figures_of
from branch_portal.workbook.figures.shapes import FigureTable
from branch_portal.workbook.occasion import Occasion
from meetings.models import Meeting
from meetings.rectification.models import Task
from members.models import Training
from members.permissions import Role
from tests.appraisals.factories import make_round
from tests.decisions import factories as decisions
from tests.factories import make_branch, make_event, make_meeting, make_member, make_user
from tests.news.factories import make_report
from tests.rectification.factories import make_discipline_commissioner, make_entry, make_keeper, make_task

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 15)
D = datetime.date


@pytest.fixture(autouse=True)
def branch():
    make_branch()


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


def table(key: str, year: int = 2025, today: datetime.date = TODAY) -> FigureTable:
    with translation.override("en"):
        return next(each for each in figures_of(Occasion(year, today)) if each.key == key)


def numbers(key: str, **when) -> dict[str, object]:
    """The second column by the first."""
    return {row[0]: row[1] for row in table(key, **when).rows}


def test_meetings_count_with_each_of_their_kinds_and_once_in_all(secretary):
    other = make_member()
    invited = [secretary.member, other]
    make_meeting(by=secretary, invited=invited, kinds=["life_meeting", "theme_party_day"], state="signed_off")
    draft = make_meeting(by=secretary, invited=invited, kinds=["theme_party_day"], state="draft_minutes")
    draft.attendances.filter(member=other).update(status="absent")
    make_meeting(by=secretary, kinds=["theme_party_day"], state="cancelled")
    make_meeting(by=secretary, kinds=["theme_party_day"], state="planned")
    make_meeting(by=secretary, kinds=["theme_party_day"], for_year=2024, state="signed_off")
    found = {row[0]: row[1:] for row in table("meetings").rows}
    assert found["Theme Party day"] == (2, 1, "75 %")
    assert found["Organizational life meeting"] == (1, 1, "100 %")
    assert found["Party lesson"] == (0, 0, "–")  # asked for, and not held
    assert "Other activity" not in found
    assert "2 meetings in all" in table("meetings").note


def test_attendance_leaves_out_who_is_cared_for(secretary):
    people = [make_member() for _person in range(4)]
    meeting = make_meeting(by=secretary, invited=[*people, secretary.member], state="draft_minutes")
    for person, fields in zip(
        people,
        (
            {"status": "online"},
            {"status": "absent"},
            {"status": "leave", "leave_reason": "sick"},
            {"status": "leave", "leave_reason": "cared_for"},
        ),
        strict=True,
    ):
        meeting.attendances.filter(member=person).update(**fields)
    assert list(numbers("attendance").values()) == [2, 1, 1, 1]
    assert table("attendance").note == "Attendance over all: 50 %."


def test_duties_are_those_of_the_calendar(secretary):
    for month in (1, 2, 2):
        start = datetime.datetime(2025, month, 10, 6, tzinfo=datetime.UTC)
        make_meeting(by=secretary, kinds=["committee_meeting"], starts_at=start, state="draft_minutes")
    [line] = [row for row in table("duties").rows if row[0] == "Committee meeting"]
    assert line == ("Committee meeting", 12, 2, "16 %")


def test_decisions_are_those_of_meetings_for_the_year():
    hall = decisions.make_hall(due=5)
    category = decisions.make_category()
    decisions.voted(hall, yes=5)
    decisions.voted(hall, yes=1, no=4)
    decisions.in_execution(hall, category=category, amount=60000, research="调研", risk_check="评估")
    decisions.discussed(hall)
    other = decisions.make_hall(due=2, for_year=2024)
    decisions.voted(other, yes=2)
    found = numbers("decisions")
    assert found == {
        "Put to the vote": 3,
        "Passed": 2,
        "Of these under Three Importants and One Large": 1,
        "Of these carried out": 0,
        "Not passed": 1,
        "Deferred": 0,
    }


def test_the_ledger_tells_in_time_late_and_overdue_and_nothing_of_single_members():
    keeper, checker = make_keeper(), make_discipline_commissioner()
    fields = {"by": keeper, "checker": checker, "year": 2025, "started_on": D(2025, 4, 1)}
    make_entry(**fields, state="closed", due_on=D(2200, 1, 1))
    make_entry(**fields, state="closed", due_on=D(2025, 6, 30))  # claimed today, long after
    make_entry(**fields, due_on=D(2025, 12, 31))
    make_entry(**fields, due_on=D(2026, 12, 31))
    make_entry(**fields, state="long_term")
    make_entry(by=checker, year=2025, level="member")
    make_entry(by=keeper, year=2024)
    assert list(numbers("ledger").values()) == [5, 1, 1, 3, 1, 1]


def test_tasks_of_the_years_meetings(secretary):
    meeting = make_meeting(by=secretary, state="draft_minutes")
    for steps, due in (
        ([], D(2025, 12, 1)),
        ([], D(2026, 12, 1)),
        (["reported", "done"], None),
        (["reported"], None),
        (["dropped"], None),
    ):
        task = make_task(by=secretary, meeting=meeting, due_on=due)
        for state in steps:
            Task.objects.filter(pk=task.pk).update(state=state, word="完成", reported_on=D(2025, 6, 1))
    assert list(numbers("tasks").values()) == [4, 1, 1, 2, 1]


def test_study_is_that_of_the_members(secretary):
    diligent = make_member()
    Training.objects.create(
        member=diligent, title="班", started_on=D(2025, 3, 1), ended_on=D(2025, 3, 5), hours=40
    )
    found = numbers("study")
    assert found["Members"] == 2
    assert found["Study hours in all"] == "40"
    assert found["Study hours of a member on average"] == "20"
    assert found["Members who have the hours asked for"] == 1


def test_admissions_are_those_of_the_calendar_year():
    make_event(make_member(), "moved_out", D(2025, 12, 31))
    make_event(make_member(), "moved_out", D(2026, 1, 1))
    person = make_member(stage="applicant")
    person.timeline.update(on=D(2024, 5, 1))
    make_event(person, "activist", D(2025, 5, 1))
    found = numbers("membership")
    assert found["Moved to another branch"] == 1
    assert found["Recognised as activist"] == 1
    assert found["Applied"] == 0


@pytest.mark.parametrize(
    ("state", "announces", "count"),
    [
        ("fed_back", "counts", 3),
        ("fed_back", "all", 3),
        ("fed_back", "excellent", None),
        ("fed_back", "nothing", None),
        ("assessed", "counts", None),
    ],
)
def test_grades_are_numbers_where_these_were_announced(secretary, state, announces, count):
    people = [make_user().member for _person in range(3)]
    make_round(by=secretary, members=people, state=state, announces=announces)
    assert numbers("grades").get("Qualified") == count
    assert bool(table("grades").note) == (count is None)


def test_news_counts_what_is_public():
    published = make_report(state="published")
    make_report(state="draft")
    year = published.published_at.year
    assert numbers("news", year=year)["Reports"] == 1


def test_the_text_has_cells_parted_by_tabs():
    lines = table("news").text.splitlines()
    assert lines[:2] == ["News published", "Figure\tNumber"]
    assert lines[2] == "Reports\t0"


def test_the_number_of_queries_does_not_depend_on_how_much_happened(secretary):
    def happen() -> None:
        meeting = make_meeting(by=secretary, kinds=["life_meeting", "party_lesson"], state="draft_minutes")
        make_entry(by=secretary, year=2025)
        make_task(by=secretary, meeting=meeting)
        make_event(make_member(), "moved_out", D(2025, 8, 31))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            figures_of(Occasion(2025, TODAY))
        return len(queries)

    happen()
    few = cost()
    for _time in range(3):
        happen()
    assert cost() == few
    assert few < 30
    assert Meeting.objects.held().count() == 4


@pytest.mark.parametrize("address", ["", "?as=word"])
def test_the_pages_cost_the_same_however_much_happened(client, secretary, address):
    client.force_login(secretary)

    def cost(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/en/desk/workbook/{page}").status_code == 200
        return len(queries)

    pages = (f"2025/{address}", f"2025/figures/{address}", "?year=2025")
    make_meeting(by=secretary, state="signed_off")
    few = [cost(page) for page in pages]
    for _time in range(3):
        make_meeting(by=secretary, state="signed_off")
    assert [cost(page) for page in pages] == few
