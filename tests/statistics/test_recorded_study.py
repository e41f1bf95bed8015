"""Recorded study hours in the year's reckoning: instead of the meeting's length, and in the account of each person."""

from __future__ import annotations

import datetime
import random
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branch_portal.statistics.account import account
from branch_portal.statistics.study import StudyHours, spread_of_hours, study_hours, unmeasured_meetings
from meetings.models import Attendance, Meeting
from meetings.study.credit import HOURS_OF_A_FULL_DAY
from meetings.study.models import StudyPart, StudyRules
from members.models import Member, Training
from members.permissions import Role
from tests.factories import make_branch, make_member, make_user, sign_off
from tests.study.test_credit_in_the_database import expected, fill

YEAR = 2025
STARTS = timezone.make_aware(datetime.datetime(YEAR, 3, 24, 14, 0))


@pytest.fixture(autouse=True)
def _database(db):
    make_branch()


def lesson(
    person: Member, *hours: float, minutes: int | None = 120, status: str = "present", **fields
) -> Meeting:
    values = {
        "title": "党课",
        "kinds": ["party_lesson"],
        "for_year": YEAR,
        "starts_at": STARTS,
        "ends_at": minutes and STARTS + datetime.timedelta(minutes=minutes),
        "place": "会议室",
        "chair": person,
        "recorder": person,
        "state": "draft_minutes",
    }
    times = {name: fields.pop(name) for name in ("arrived_at", "left_at") if name in fields}
    meeting = Meeting.objects.create(**{**values, **fields})
    Attendance.objects.create(meeting=meeting, member=person, has_vote=True, status=status, **times)
    for position, each in enumerate(hours):
        StudyPart.objects.create(meeting=meeting, topic=f"专题{position}", hours=each, position=position)
    return meeting


def hours_of(person: Member) -> float:
    return study_hours([person], YEAR).get(person.pk, StudyHours()).meetings


def test_recorded_hours_count_instead_of_the_meetings_length():
    person = make_member()
    lesson(person, 1)
    assert hours_of(person) == 1
    lesson(person)
    assert hours_of(person) == 3


def test_a_meeting_of_any_kind_counts_with_its_topics():
    person = make_member()
    lesson(person, 0.5, 0.3, kinds=["members_meeting"])
    lesson(person, kinds=["members_meeting"])
    assert hours_of(person) == 0.8


@pytest.mark.parametrize("status", ["", "leave", "absent"])
def test_only_who_came_has_studied(status):
    person = make_member()
    lesson(person, 2, status=status)
    assert hours_of(person) == 0


@pytest.mark.parametrize("state", ["planned", "in_session"])
def test_only_meetings_that_were_held_count(state):
    person = make_member()
    lesson(person, 2, state=state)
    assert hours_of(person) == 0


def test_a_meeting_with_topics_and_no_end_is_measured():
    person = make_member()
    lesson(person, 1.5, minutes=None)
    assert hours_of(person) == 1.5
    assert unmeasured_meetings(YEAR) == 0
    lesson(person, minutes=None)
    assert unmeasured_meetings(YEAR) == 1


def test_the_account_says_what_counts_and_why():
    person, teacher = make_member(), make_member("李讲师")
    StudyRules.objects.create(begins_at=STARTS, online_percent=80, teacher_percent=150, source="决定")
    course = Training(member=person, title="培训班", hours=12)
    course.started_on = course.ended_on = datetime.date(YEAR, 5, 1)
    course.save()
    day = datetime.timedelta(days=1)
    held = lesson(person, 2, title="线上", status="online", starts_at=STARTS, arrived_at=STARTS + day / 24)
    held.study_parts.update(teacher=teacher)
    own = lesson(person, 1, title="自己讲", starts_at=STARTS - 3 * day, ends_at=STARTS - 2.9 * day)
    own.study_parts.update(teacher=person)
    alone = lesson(person, title="无专题", starts_at=STARTS + day, ends_at=STARTS + day + day / 24)
    alone.agenda_items.create(title="党课", kind="study", position=1)
    sign_off(alone, by=make_user(Role.SECRETARY))
    lesson(person, title="无结束", minutes=None, starts_at=STARTS + 2 * day)
    lesson(person, 1, title="去年", starts_at=STARTS.replace(year=YEAR - 1), minutes=None)
    lesson(make_member(), 1)
    this, last = account(person, [YEAR, YEAR - 1])
    assert [(entry.title, float(entry.hours), list(entry.reasons)) for entry in this.entries] == [
        ("培训班", 12, ["course"]),
        ("无结束", 0, ["no topic and no end of the meeting recorded"]),
        ("无专题", 1, ["no topic recorded: the meeting's length"]),
        ("线上", 0.8, ["online (80 percent)", "came late", "there for 60 of 120 minutes"]),
        ("自己讲", 1, ["taught"]),  # before the rules began
    ]
    assert [part.taught_by for part in this.entries[3].parts] == ["李讲师"]
    assert [entry.title for entry in last.entries] == ["去年"]
    assert [entry.is_draft for entry in this.entries] == [False, True, False, True, True]
    assert this.hours == study_hours([person], YEAR)[person.pk]


@pytest.mark.parametrize("seed", range(4))
def test_everything_adds_up_to_the_same_for_random_years(seed):
    """The person's sum, the overview's spread, and the account; against the rule asked for each attendance by itself."""
    fill(random.Random(100 + seed))
    here = timezone.get_default_timezone()
    credits = expected()
    slow: Counter = Counter()
    for row in Attendance.objects.filter(status__in=["present", "online"]).select_related("meeting"):
        meeting = row.meeting
        if meeting.starts_at.astimezone(here).year != YEAR:
            continue
        if row.pk in credits:
            slow[row.member_id] += float(credits[row.pk])
        elif meeting.ends_at and meeting.kinds == ["party_lesson"]:
            length = (meeting.ends_at - meeting.starts_at).total_seconds() / 3600
            days = 1
            while days * 24 < length:
                days += 1
            slow[row.member_id] += min(length, HOURS_OF_A_FULL_DAY * days)
    people = Member.objects.all()
    found = study_hours(people, YEAR)
    assert {pk: hours.meetings for pk, hours in found.items()} == {
        pk: pytest.approx(hours, abs=0.0501)
        for pk, hours in slow.items()  # told in tenths
    }
    spread = spread_of_hours(people, YEAR, [])
    assert spread == Counter((False, found.get(person.pk, StudyHours())) for person in people)
    for person in people:
        (year,) = account(person, [YEAR])
        assert year.hours.total == pytest.approx(found.get(person.pk, StudyHours()).total, abs=0.1001)


def test_the_account_asks_as_often_for_few_as_for_many():
    person = make_member()

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            for year in account(person, [YEAR, YEAR - 1]):
                [part.taught_by for entry in year.entries for part in entry.parts]
        return len(captured)

    lesson(person, 1).study_parts.update(teacher=make_member())
    few = asked()
    for _number in range(5):
        lesson(person, 0.5, 0.5).study_parts.update(teacher=make_member())
    assert asked() == few == 5
