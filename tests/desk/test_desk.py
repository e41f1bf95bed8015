"""The first screen: what each person is asked to do, and that each figure leads to a list of as many."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branch_portal.desk.findings import findings_for
from branch_portal.desk.next_meeting import next_meeting
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user, sign_as_recorder

pytestmark = pytest.mark.django_db
DESK = "/en/desk/"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def branch(db):
    return make_branch()


@pytest.fixture
def now():
    return timezone.now()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def desk_of(user) -> str:
    return client_of(user).get(DESK).content.decode()


def section(page: str, key: str) -> str:
    found = re.search(rf'<section aria-labelledby="{key}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_a_member_with_nothing_to_do_is_left_in_peace():
    page = desk_of(make_user(Role.MEMBER))
    assert "Nothing is waiting for you." in section(page, "for-me")
    assert section(page, "for-the-branch") == ""
    assert "No meeting is planned." in section(page, "next")


def test_an_administrator_who_is_no_member_is_asked_for_nothing_personal():
    assert section(desk_of(make_user(Role.ADMINISTRATOR)), "for-me") == ""


def test_the_next_meeting_is_the_own_one(now):
    secretary, user = make_user(Role.SECRETARY), make_user(Role.MEMBER)
    make_meeting(by=secretary, starts_at=now + HOUR, title="别人的会")
    mine = make_meeting(by=secretary, starts_at=now + 2 * HOUR, invited=[user.member], title="我的会")
    make_meeting(by=secretary, starts_at=now + 3 * HOUR, invited=[user.member], title="后面的会")
    page = desk_of(user)
    card = re.search(r'<section class="card-plain next-meeting".*?</section>', page, re.DOTALL)[0]
    assert f'href="/en/desk/meetings/{mine.pk}/"' in card
    assert "You are invited." in card
    assert "会议室" in card
    assert "别人的会" not in page
    assert "后面的会" in section(page, "next")
    assert page.count("我的会") == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "leave", "leave_reason": "sick"}, "You are on leave: illness."),
        ({"status": "leave"}, "You are on leave."),
        ({"status": "online"}, "You are marked as online."),
    ],
)
def test_the_next_meeting_tells_the_own_attendance(now, fields, words):
    secretary, user = make_user(Role.SECRETARY), make_user(Role.MEMBER)
    meeting = make_meeting(by=secretary, starts_at=now + HOUR, invited=[user.member])
    meeting.attendances.update(**fields)
    assert next_meeting(user, now).standing == words


def test_whoever_chairs_or_records_is_told_so(now):
    secretary, user = make_user(Role.SECRETARY), make_user(Role.MEMBER)
    make_meeting(
        by=secretary,
        chair=user.member,
        recorder=secretary.member,
        starts_at=now + HOUR,
        invited=[make_member()],
    )
    mine = next_meeting(user, now)
    assert (mine.chairs, mine.records, mine.standing) == (True, False, "")
    assert "You chair it." in desk_of(user)


def test_a_member_who_chairs_and_records_has_minutes_to_sign_and_complete(now):
    secretary, user = make_user(Role.SECRETARY), make_user(Role.MEMBER)
    waiting = make_meeting(by=secretary, chair=user.member, recorder=secretary.member, state="draft_minutes")
    make_meeting(by=secretary, chair=secretary.member, recorder=user.member, state="draft_minutes")
    make_meeting(by=secretary, chair=user.member, recorder=secretary.member, starts_at=now - HOUR)
    shown = section(desk_of(user), "for-me")
    assert "minutes that you sign as chair" not in shown  # not before the recorder
    assert "draft minutes that you complete and sign as recorder" in shown
    assert "meetings that you chair whose time has passed" in shown
    sign_as_recorder(waiting, by=secretary)
    assert "minutes that you sign as chair" in section(desk_of(user), "for-me")
    assert all(finding.is_mine for finding in findings_for(user, now))


def test_a_recorder_is_told_that_the_minutes_were_changed_after_the_signature(now):
    secretary, user = make_user(Role.SECRETARY), make_user(Role.MEMBER)
    meeting = make_meeting(by=secretary, recorder=user.member, state="draft_minutes")
    meeting = sign_as_recorder(meeting, by=user)
    assert section(desk_of(user), "for-me").count("signature: read and sign again") == 0
    meeting.requirements.create(title="后来补的")
    assert "changed after your signature: read and sign again" in section(desk_of(user), "for-me")
    meeting.refresh_from_db()
    sign_as_recorder(meeting, by=user)
    assert "read and sign again" not in section(desk_of(user), "for-me")


def test_the_figures_of_meetings_lead_to_lists_of_as_many(now):
    secretary, other = make_user(Role.SECRETARY), make_user(Role.COMMITTEE)
    people = [secretary, other]
    for chair, recorder, then in [
        (0, 0, ""),
        (0, 1, "signed"),
        (0, 1, "signed"),
        (1, 0, "changed"),
        (1, 0, "changed"),
        (1, 0, ""),
        (1, 1, ""),
    ]:
        meeting = make_meeting(
            by=secretary,
            chair=people[chair].member,
            recorder=people[recorder].member,
            state="draft_minutes",
        )
        if then:
            sign_as_recorder(meeting, by=people[recorder])
        if then == "changed":
            meeting.requirements.create(title="后来补的")
    found = {
        finding.address: finding.count
        for finding in findings_for(secretary, now)
        if re.search("draft_minutes|for_signature|sign_again", finding.address)
    }
    # To sign as chair, changed after the own signature, to complete; of the branch: for signature, to complete.
    assert sorted(found.values()) == [2, 2, 2, 4, 5]
    for address, count in found.items():
        page = client_of(secretary).get(address.replace("/zh-hans/", "/en/")).content.decode()
        assert f"{count} meetings" in page


def test_duties_are_for_those_who_plan_and_as_many_as_their_list_shows(now):
    committee = make_user(Role.COMMITTEE)
    found = [finding for finding in findings_for(committee, now) if "/duties/" in finding.address]
    assert [finding.is_mine for finding in found] == [False, False]
    page = client_of(committee).get(found[0].address.partition("#")[0]).content.decode()
    shown = re.search(r'<h2 id="open">.*?</section>', page, re.DOTALL)[0]
    assert [shown.count("duty-status duty-warn"), shown.count("duty-status duty-bad")] == [
        finding.count for finding in found
    ]
    assert not [one for one in findings_for(make_user(Role.MEMBER), now) if "/duties/" in one.address]


def test_a_duty_that_is_planned_is_asked_for_no_more(now):
    secretary = make_user(Role.SECRETARY)

    def due() -> int:
        return next(one.count for one in findings_for(secretary, now) if "due by the end" in one.text)

    before = due()
    year = timezone.localdate(now).year
    make_meeting(
        by=secretary,
        kinds=["committee_meeting"],
        starts_at=now + datetime.timedelta(seconds=5),
        for_year=year,
    )
    assert due() == before - 1


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.MEMBER])
def test_as_many_queries_for_many_meetings_as_for_few(role, now):
    secretary, user = make_user(Role.SECRETARY), make_user(role)

    def more(count: int) -> None:
        for number in range(1, count + 1):
            invited = [user.member, make_member()]
            make_meeting(by=secretary, starts_at=now + number * HOUR, for_year=now.year, invited=invited)
            for state in ("signed_off", "draft_minutes"):
                day = now - number * 100 * HOUR
                make_meeting(by=secretary, starts_at=day, for_year=day.year, invited=invited, state=state)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            desk_of(user)
        return len(found)

    more(2)
    desk_of(user)
    few = queries()
    more(6)
    assert queries() == few
