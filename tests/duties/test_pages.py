"""The page of the calendar: what each reader sees of it, and where its cells lead."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.duties import elsewhere
from meetings.duties.calendar import Tally
from meetings.duties.vocabulary import TALKS
from members.permissions import Role
from tests.factories import make_branch, make_group, make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/duties/2025/"
AT = datetime.datetime(2025, 3, 14, 6, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def branch(db):
    return make_branch()


def page_for(user, address=PAGE) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def row_of(page: str, label: str) -> str:
    rows = [row for row in re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page, re.DOTALL) if label in row]
    assert len(rows) == 1
    return rows[0]


def test_the_secretary_sees_and_opens_every_meeting():
    secretary = make_user(Role.SECRETARY)
    meeting = make_meeting(by=secretary, kinds=["committee_meeting"], starts_at=AT, state="signed_off")
    row = row_of(page_for(secretary), "Committee meeting")
    assert f'href="/en/desk/meetings/{meeting.pk}/"' in row
    assert meeting.title in row
    assert "1 of 12" in row
    assert row.count('class="is-missing') == 11


def test_an_empty_month_leads_to_a_plan_with_kind_year_day_and_group():
    secretary, group = make_user(Role.SECRETARY), make_group(name="第一党小组")
    page = page_for(secretary)
    assert "kind=committee_meeting&amp;for_year=2025&amp;starts=2025-02-28" in row_of(
        page, "Committee meeting"
    )
    assert f"kind=group_meeting&amp;for_year=2025&amp;starts=2025-01-31&amp;group={group.pk}" in row_of(
        page, group.name
    )
    # The life meeting for 2025 was missed at the end of March 2026.
    assert "kind=life_meeting&amp;for_year=2025&amp;starts=2026-03-31" in row_of(page, "life meeting")


def test_a_member_opens_the_own_meetings_and_sees_of_others_the_day_alone():
    secretary, user = make_user(Role.SECRETARY), make_user(Role.MEMBER)
    kinds = {"kinds": ["committee_meeting"], "state": "signed_off"}
    own = make_meeting(by=secretary, starts_at=AT, invited=[user.member], title="我的会", **kinds)
    other = make_meeting(by=secretary, starts_at=AT, title="他们的会", **kinds)
    page = page_for(user)
    row = row_of(page, "Committee meeting")
    assert f'href="/en/desk/meetings/{own.pk}/"' in row
    assert "我的会" in row
    assert f"/meetings/{other.pk}/" not in page
    assert "他们的会" not in page
    assert row.count('<time datetime="2025-03-14">') == 2
    assert "kind=" not in page  # nobody plans without being allowed to


def test_a_cancelled_meeting_does_not_count():
    secretary = make_user(Role.SECRETARY)
    make_meeting(by=secretary, kinds=["committee_meeting"], starts_at=AT, state="cancelled")
    assert "0 of 12" in row_of(page_for(secretary), "Committee meeting")


def test_the_meeting_for_2024_stands_in_march_2025_of_the_calendar_of_2024():
    secretary = make_user(Role.SECRETARY)
    at = datetime.datetime(2025, 3, 24, 6, 0, tzinfo=datetime.UTC)
    make_meeting(
        by=secretary, kinds=["life_meeting", "appraisal"], for_year=2024, starts_at=at, state="signed_off"
    )
    page = page_for(secretary, "/en/desk/duties/2024/")
    for label in ("life meeting", "appraisal"):
        row = row_of(page, label)
        assert "1 of 1" in row
        cell = re.search(r'<td data-label="March 2025".*?</td>', row, re.DOTALL)[0]
        assert "kept" in cell
        assert "24 Mar" in cell
    assert "still for 2024" in page
    assert "0 of 1" in row_of(page_for(secretary), "life meeting")


def test_the_day_is_the_one_of_the_branch_not_of_greenwich():
    secretary = make_user(Role.SECRETARY)
    late = datetime.datetime(2025, 2, 28, 17, 0, tzinfo=datetime.UTC)  # 1 March in China
    make_meeting(by=secretary, kinds=["committee_meeting"], starts_at=late, state="signed_off")
    cell = re.search(r'data-label="March 2025" class="([^"]*)"', row_of(page_for(secretary), "Committee"))[1]
    assert "is-kept" in cell


def test_this_year_shows_what_is_to_be_held_or_planned():
    secretary, today = make_user(Role.SECRETARY), timezone.localdate()
    page = page_for(secretary, f"/en/desk/duties/{today.year}/")
    shown = re.search(r'<h2 id="open">.*?</section>', page, re.DOTALL)[0]
    assert "Members&#x27; meeting" in shown
    assert f"quarter {(today.month + 2) // 3} of {today.year}" in shown
    assert '<h2 id="open">' not in page_for(secretary)


def test_talks_stand_there_once_they_are_counted(monkeypatch):
    secretary = make_user(Role.SECRETARY)
    assert "talks" not in page_for(secretary)
    monkeypatch.setattr(elsewhere, "_registered", {})
    elsewhere.register(TALKS, lambda year, today: Tally(asked=30, done=12), "members:list")
    row = row_of(page_for(secretary), "talks")
    assert "12 of 30" in row
    assert '<a href="/en/desk/members/">' in row
    assert "meetings/new" not in row


@pytest.mark.parametrize(
    "address", ["/en/desk/duties/1920/", "/en/desk/duties/2201/", "/en/desk/duties/99999/"]
)
def test_years_out_of_reach_are_not_found(client, address):
    client.force_login(make_user(Role.SECRETARY))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("year", [1921, 2200])
def test_the_first_and_the_last_year_have_a_page(year):
    page_for(make_user(Role.SECRETARY), f"/en/desk/duties/{year}/")


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.MEMBER])
@pytest.mark.parametrize("year", [2025, None])
def test_as_many_queries_for_many_meetings_as_for_few(role, year):
    secretary, user = make_user(Role.SECRETARY), make_user(role)
    address = f"/en/desk/duties/{year or timezone.localdate().year}/"

    def more(count: int) -> None:
        for number in range(count):
            day = timezone.now() - datetime.timedelta(days=number * 9)
            invited = [user.member, make_member()]
            make_meeting(
                by=secretary, starts_at=day, for_year=day.year, invited=invited, kinds=["theme_party_day"]
            )
            make_group()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page_for(user, address)
        return len(found)

    more(2)
    page_for(user, address)
    few = queries()
    more(8)
    assert queries() == few


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("starts=2025-02-28", 'value="2025-02-28T14:00"'),
        ("starts=2025-02-28T09:30", 'value="2025-02-28T09:30"'),
        ("for_year=2024", '<input type="number" name="for_year" value="2024"'),
        ("kind=theme_party_day", 'value="theme_party_day"'),
    ],
)
def test_the_plan_starts_from_what_the_address_says(asked, shown):
    page = page_for(make_user(Role.SECRETARY), f"/en/desk/meetings/new/?{asked}")
    assert shown in page


@pytest.mark.parametrize(
    "asked",
    [
        "starts=x",
        "starts=0001-01-01",
        "starts=2025-02-28T09:30%2B08:00",
        "for_year=%D9%A1",
        "group=x",
        "group=999999999",
        "group=%00",
    ],
)
def test_nonsense_in_the_address_is_left_out(asked):
    page = page_for(make_user(Role.SECRETARY), f"/en/desk/meetings/new/?{asked}")
    assert f'name="for_year" value="{timezone.localdate().year}"' in page


def test_a_plan_for_a_group_has_its_group_chosen():
    group = make_group()
    page = page_for(make_user(Role.SECRETARY), f"/en/desk/meetings/new/?kind=group_meeting&group={group.pk}")
    assert f'<option value="{group.pk}" selected>' in page
