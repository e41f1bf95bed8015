"""The pages of the statistics, for the committee and the secretary."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Training
from members.permissions import Role
from tests.factories import make_branch, make_group, make_meeting, make_member, make_position, make_user
from tests.statistics.test_figures import meeting

OVERVIEW = "/en/desk/statistics/"
PEOPLE = "/en/desk/statistics/people/"
YEAR = 2025


@pytest.fixture
def desk(client, db):
    make_branch()
    client.force_login(make_user(Role.COMMITTEE, member=make_member("委员")))
    return client


def text(response) -> str:
    return response.content.decode()


def course(person, hours: int) -> None:
    day = datetime.date(YEAR, 5, 2)
    Training.objects.create(member=person, title="培训", started_on=day, ended_on=day, hours=hours)


def test_every_chart_has_a_table_a_name_and_no_inline_style(desk):
    meeting(make_member())
    page = text(desk.get(OVERVIEW, {"year": YEAR}))
    charts = re.findall(r'<svg class="bar-chart".*?</svg>', page, re.DOTALL)
    assert len(charts) == page.count("<table") == page.count("<caption") == 9
    for chart in charts:
        (name,) = re.findall(r'aria-labelledby="([^"]+)"', chart)
        assert f'<title id="{name}">' in chart
    assert "style=" not in page


def test_the_year_is_chosen_in_the_address(desk):
    person = make_member()
    meeting(person, for_year=2019, starts_at=datetime.datetime(2019, 3, 1, tzinfo=datetime.UTC))
    page = text(desk.get(OVERVIEW, {"year": 2019}))
    assert '<option value="2019" selected>' in page
    assert "Attendance for 2019" in page
    assert "100 %" in page
    this_year = timezone.localdate().year
    for odd in ("1800", "x", "99999999999", "2018"):
        assert f"Study in {this_year}" in text(desk.get(OVERVIEW, {"year": odd}))


def test_people_stand_with_their_hours_and_who_is_behind(desk):
    course(make_member("甲"), 40)
    course(make_member("乙"), 31)
    meeting(make_member("丙"), minutes=90)
    page = text(desk.get(PEOPLE, {"year": YEAR}))
    for shown in ("40 of 32", "31 of 32", "1.5 of 32", "0 of 56", "no course yet"):
        assert shown in page
    behind = desk.get(PEOPLE, {"year": YEAR, "show": "behind"})
    assert [line.member.name for line in behind.context["lines"]] == ["丙", "委员", "乙"]


def test_one_group_is_shown_alone(desk):
    group = make_group()
    make_member("甲", party_group=group)
    page = desk.get(PEOPLE, {"group": group.pk})
    assert [line.member.name for line in page.context["lines"]] == ["甲"]
    assert "Nobody matches" in text(desk.get(PEOPLE, {"group": make_group().pk}))


def test_an_empty_branch_has_statistics_too(client, db):
    user = make_user(Role.COMMITTEE, member=make_member(stage="applicant"))
    client.force_login(user)
    assert "no full or probationary members yet" in text(client.get(OVERVIEW))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_nobody_else_reads_them(client, db, role):
    client.force_login(make_user(role))
    assert client.get(OVERVIEW).status_code == client.get(PEOPLE).status_code == 403


# --- one person -------------------------------------------------------------------------------------------
def person_page(person) -> str:
    return f"{PEOPLE}{person.pk}/"


def test_a_persons_page_has_hours_against_the_target_and_meetings_by_year(desk):
    member, commissioner = make_member(), make_member()
    make_position(commissioner, "organization", started_on=datetime.date(2020, 1, 1))
    today = timezone.localdate()
    for person in (member, commissioner):
        Training.objects.create(member=person, title="培训", started_on=today, ended_on=today, hours=32)
    make_meeting(invited=[member], state="signed_off", title="三月大会")
    page = text(desk.get(person_page(member)))
    for words in ("32 of 32", "reached", "0 of 32", "三月大会", "at 1 of 1 meeting"):
        assert words in page
    assert "32 of 56" in text(desk.get(person_page(commissioner)))
    assert person_page(member) in text(desk.get(f"/en/desk/members/{member.pk}/"))


def test_a_persons_page_is_for_who_sees_personal_data_or_reads_statistics(client, db):
    make_branch()
    group = make_group()
    person = make_user(member=make_member(party_group=group))
    leaders = []
    for led in (group, make_group()):
        leaders.append(make_user())
        make_position(leaders[-1].member, "group_leader", party_group=led)
    secretary = make_user(Role.SECRETARY)
    make_meeting(
        by=secretary, invited=[secretary.member, person.member], state="signed_off", title="三月大会"
    )
    expected = {
        person: (200, True),
        secretary: (200, True),
        make_user(Role.COMMITTEE): (200, True),
        leaders[0]: (200, False),  # may not open that meeting: its kind is told, not its title
        leaders[1]: (403, False),
        make_user(): (403, False),
        make_user(Role.ADMINISTRATOR): (403, False),
    }
    for user, (status, names_the_meeting) in expected.items():
        client.force_login(user)
        answer = client.get(person_page(person.member))
        assert answer.status_code == status, user
        assert ("三月大会" in text(answer)) == names_the_meeting, user
        record = text(client.get(f"/en/desk/members/{person.member_id}/"))
        assert (person_page(person.member) in record) == (status == 200), user


@pytest.mark.parametrize("address", [OVERVIEW, PEOPLE, f"{PEOPLE}?show=behind"])
def test_the_pages_ask_as_often_for_few_as_for_many(desk, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        return len(captured)

    meeting(make_member(party_group=make_group()))
    few = queries()
    for _person in range(12):
        person = make_member(party_group=make_group())
        course(person, 4)
        meeting(person)
    assert queries() == few
