"""The database's function says of random meetings what the pure rule says of each attender."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from meetings.models import Attendance, Meeting
from meetings.study.credit import Factors, Held, Presence, credit
from meetings.study.models import StudyCredit, StudyPart, StudyRules
from tests.factories import make_branch, make_member

pytestmark = pytest.mark.django_db
HERE = timezone.get_default_timezone()


def fill(chance: random.Random) -> None:
    people = [make_member() for _number in range(12)]
    for month in (3, 7, 11):
        StudyRules.objects.create(
            begins_at=datetime.datetime(2025, month, 1, tzinfo=HERE),
            online_percent=chance.randrange(101),
            teacher_percent=chance.randrange(301),
            source="决定",
        )
    for _number in range(40):
        starts_at = datetime.datetime(2025, 1, 1, tzinfo=HERE) + datetime.timedelta(
            minutes=chance.randrange(500_000)
        )
        minutes = chance.choice([None, 1, 7, 45, 90, 100, 120, 240, 600, 1500, 3000])
        meeting = Meeting.objects.create(
            title="会议",
            kinds=[chance.choice(["members_meeting", "party_lesson"])],
            for_year=2025,
            starts_at=starts_at,
            ends_at=minutes and starts_at + datetime.timedelta(minutes=minutes),
            place="会议室",
            chair=people[0],
            recorder=people[0],
            grace_minutes=chance.choice([0, 10, 15]),
            state="draft_minutes",
        )
        for position in range(chance.choice([0, 1, 1, 2, 3])):
            StudyPart.objects.create(
                meeting=meeting,
                topic="学习",
                position=position,
                hours=Decimal(chance.randrange(1, 26)) / 10,
                teacher=chance.choice([None, *people]),
            )
        for person in chance.sample(people, 9):
            status = chance.choice(["present", "present", "online", "leave", "absent", ""])
            came = status in {"present", "online"}
            arrived = starts_at + datetime.timedelta(minutes=chance.randrange(-30, 150))
            left = arrived + datetime.timedelta(minutes=chance.randrange(1, 200))
            Attendance.objects.create(
                meeting=meeting,
                member=person,
                has_vote=True,
                status=status,
                arrived_at=arrived if came and chance.random() < 0.5 else None,
                left_at=left if came and chance.random() < 0.4 else None,
            )


def expected() -> dict:
    found = {}
    for row in Attendance.objects.filter(status__in=["present", "online"]).select_related("meeting"):
        parts = [part.plain for part in row.meeting.study_parts.all()]
        if not parts:
            continue
        rules = StudyRules.objects.in_force_at(row.meeting.starts_at)
        meeting = Held(
            row.meeting.starts_at,
            row.meeting.ends_at,
            row.meeting.grace_minutes,
            parts,
            rules.plain if rules else Factors(),
        )
        came = Presence(row.member_id, row.status == "online", row.arrived_at, row.left_at)
        found[row.pk] = credit(meeting, came).hours
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_database_reckons_as_the_rule_does(seed):
    make_branch()
    fill(random.Random(seed))
    found = dict(StudyCredit.objects.values_list("attendance", "hours"))
    assert found == expected()
    assert len(found) > 100


def test_the_function_is_part_of_the_query_that_asks():
    """Inlined, or each question would reckon every meeting there ever was."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT sum(hours) FROM study_credit WHERE member_id = 1")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Function Scan" not in plan
    assert "meetings_attendance" in plan
