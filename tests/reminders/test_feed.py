"""The calendar feed, read back as calendars read it."""

from __future__ import annotations

import datetime
import logging
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from branch_portal.logs import DiscreetFormatter
from branch_portal.reminders import actions
from branch_portal.reminders.models import Channels
from meetings import actions as meeting_actions
from meetings.models import Meeting
from members.models import User
from tests.factories import make_event, make_meeting, make_user
from tests.rectification.factories import make_entry, make_task
from tests.reminders.moments import NOW, TODAY, after, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(member) -> str:
    return actions.renew_calendar(member.member, NOW)


@pytest.fixture
def fetch(client, secret):
    """What the address answers; ``client`` has no session."""
    return lambda address=secret, **headers: client.get(f"/calendar/{address}.ics", headers=headers)


def events(response) -> dict[str, dict]:
    calendar = Calendar.from_ical(response.content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_meetings_that_one_is_invited_to(fetch, meeting, secretary):
    make_meeting(by=secretary, title="别人的会", starts_at=after(days=2))
    make_meeting(by=secretary, title="旧会", invited=meeting_members(meeting), starts_at=after(days=-181))
    response = fetch()
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert list(events(response)) == ["十二月党员大会"]
    event = events(response)["十二月党员大会"]
    assert event["dtstart"].dt == meeting.starts_at
    assert event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(hours=1)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event["location"] == "会议室"
    assert event["status"] == "CONFIRMED"
    assert event["uid"] == f"meeting-{meeting.plan_key}@branch-portal"
    assert event["url"] == f"http://testserver/zh-hans/desk/meetings/{meeting.pk}/"


def meeting_members(meeting: Meeting) -> list:
    return [row.member for row in meeting.attendances.select_related("member")]


def test_the_zone_is_described_and_reckons_as_the_branch_does(fetch, meeting):
    calendar = Calendar.from_ical(fetch().content)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Shanghai"
    start = calendar.walk("VEVENT")[0]["dtstart"].dt
    assert start.utcoffset() == meeting.starts_at.astimezone(ZoneInfo("Asia/Shanghai")).utcoffset()
    assert zone.to_tz().utcoffset(start.replace(tzinfo=None)) == start.utcoffset()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_summer_time_of_another_zone_is_described_too(fetch, secretary, member, settings, zone):
    settings.TIME_ZONE = zone
    for month in (1, 7):
        moment = datetime.datetime(NOW.year + 1, month, 5, 12, tzinfo=datetime.UTC)
        make_meeting(by=secretary, invited=[member.member], title=str(month), starts_at=moment)
    calendar = Calendar.from_ical(fetch().content)
    described = calendar.walk("VTIMEZONE")[0].to_tz()
    for event in calendar.walk("VEVENT"):
        local = event["dtstart"].dt
        assert described.utcoffset(local.replace(tzinfo=None)) == local.astimezone(ZoneInfo(zone)).utcoffset()
        assert local.astimezone(datetime.UTC).hour == 12


def test_a_cancelled_meeting_is_shown_so_with_a_later_sequence(fetch, meeting, secretary):
    before = events(fetch())["十二月党员大会"]
    meeting_actions.cancel_meeting(meeting, by=secretary, reason="台风")
    event = events(fetch())["十二月党员大会"]
    assert (event["status"], event["uid"]) == ("CANCELLED", before["uid"])
    assert event["sequence"] > before["sequence"]
    assert "台风" in event["description"]


def test_last_days_of_own_tasks_and_entries(fetch, secretary, member):
    task = make_task(by=secretary, owner=member.member, text="整理资料", due_on=in_days(3))
    entry = make_entry(in_charge=member.member, problem="学习不够", started_on=TODAY, due_on=in_days(9))
    make_task(by=secretary, due_on=in_days(3))
    make_entry(in_charge=member.member, state="claimed", started_on=TODAY, due_on=in_days(9))
    member.language = "en"
    member.save()
    found = events(fetch())
    assert list(found) == ["Task: 整理资料", "Ledger entry 2024-01: last day"]
    first, second = found.values()
    assert first["dtstart"].dt == in_days(3)
    assert first["dtend"].dt == in_days(4)
    assert first["dtstart"].params["VALUE"] == "DATE"
    assert first["transp"] == "TRANSPARENT"
    assert first["uid"] == f"task-{task.key}@branch-portal"
    assert second["uid"] == f"entry-{entry.key}@branch-portal"
    assert "学习不够" not in fetch().content.decode()


def test_every_line_is_short_and_ends_as_the_standard_says(fetch, meeting):
    body = fetch().content
    lines = body.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75


# --- asked again ----------------------------------------------------------------------------------
def test_nothing_new_is_told_in_a_word(fetch, meeting, secretary):
    first = fetch()
    assert fetch().content == first.content
    again = fetch(if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    meeting_actions.cancel_meeting(meeting, by=secretary, reason="台风")
    assert fetch(if_none_match=first.headers["ETag"]).status_code == 200


def test_no_cache_and_no_other_site_learns_of_it(fetch):
    headers = fetch().headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


def test_as_many_queries_for_much_as_for_little(
    fetch, meeting, secretary, member, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(7) as few:
        fetch()
    for number in range(5):
        make_meeting(by=secretary, invited=[member.member], starts_at=after(days=number + 1))
        make_task(by=secretary, owner=member.member, due_on=TODAY)
        make_entry(in_charge=member.member, started_on=TODAY, due_on=TODAY)
    with django_assert_num_queries(len(few)):
        assert len(Calendar.from_ical(fetch().content).walk("VEVENT")) == 16


# --- the address ----------------------------------------------------------------------------------
def test_a_new_address_ends_the_old_one_at_once(fetch, secret, member):
    new = actions.renew_calendar(member.member, after(days=1))
    assert fetch(secret).status_code == 404
    assert fetch(new).status_code == 200
    actions.end_calendar(member.member)
    assert fetch(new).status_code == 404


def test_a_closed_account_and_somebody_gone_have_no_calendar(fetch, member):
    assert fetch().status_code == 200
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert fetch().status_code == 404
    User.objects.filter(pk=member.pk).update(is_active=True)
    make_event(member.member, "moved_out", TODAY)
    assert fetch().status_code == 404


@pytest.mark.parametrize("wrong", ["x", "0" * 43, "%00", "a b"])
def test_what_is_no_address_is_not_found(fetch, wrong):
    response = fetch(wrong)
    assert (response.status_code, response.content) == (404, b"")
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_the_digest_is_no_address(fetch, member):
    assert fetch(Channels.objects.get(member=member.member).calendar_digest).status_code == 404


def test_the_secret_is_long_and_kept_nowhere(secret, member):
    assert len(secret) == 43
    kept = Channels.objects.get(member=member.member)
    assert secret not in str(vars(kept))


def test_addresses_of_two_people_show_two_calendars(fetch, meeting):
    other = actions.renew_calendar(make_user().member, NOW)
    assert events(fetch(other)) == {}
    assert len(events(fetch())) == 1


# --- logs -----------------------------------------------------------------------------------------
def test_the_secret_is_in_no_log_line(client, secret, monkeypatch):
    """A fault inside the feed is logged with its traceback, and without the address."""
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(DiscreetFormatter("{levelname} {name}: {message}", style="{"))
    client.raise_request_exception = False
    root = logging.getLogger()
    root.addHandler(handler)

    def fails(*args):
        raise RuntimeError("a fault")

    monkeypatch.setattr("branch_portal.reminders.views.calendar_of", fails)
    try:
        address = reverse("calendar:feed", args=[secret])
        assert client.get(address).status_code == 500
        logging.getLogger("django.server").error('"GET %s HTTP/1.1" 500', address)
    finally:
        root.removeHandler(handler)
    assert "a fault" in lines.getvalue()
    assert secret not in lines.getvalue()
    assert "/calendar/(left out)" in lines.getvalue()
