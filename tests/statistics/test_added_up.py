"""What the database adds up for the overview is what reckoning person by person, row by row, comes to."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from fractions import Fraction

import pytest
from django.utils import timezone

from meetings.models import Attendance, Meeting
from members.models import BranchRules, Member, Position, Training
from members.permissions import Role
from tests.factories import make_branch, make_member, make_position, make_user

YEAR = 2025
HERE = timezone.get_default_timezone()
STUDY = {"party_lesson", "reading_class", "red_base_visit", "theme_party_day"}


def fill(chance: random.Random) -> None:
    """A branch in which everything that counts, and what does not count, happens by chance."""
    people = [
        make_member(stage=chance.choice(["full", "full", "full", "probationary", "target"]))
        for _person in range(45)
    ]
    people.append(make_member(left_on=datetime.date(2025, 10, 1)))
    for person in chance.sample(people[:45], 10):
        ended = chance.choice([None, None, datetime.date(2025, 6, 1)])
        make_position(person, "committee", ended_on=ended)
    for _course in range(50):
        day = datetime.date(chance.choice([2024, 2025, 2025, 2025]), 1, 1)
        day += datetime.timedelta(days=chance.randrange(365))
        Training.objects.create(
            member=chance.choice(people),
            title="培训",
            started_on=day,
            ended_on=day,
            hours=chance.randrange(1, 60) / 2,
        )
    for _meeting in range(14):
        starts_at = datetime.datetime(2025, 1, 1, tzinfo=HERE) + datetime.timedelta(
            hours=chance.randrange(-72, 8800)
        )
        minutes = chance.choice([None, 15, 45, 90, 95, 100, 600, 24 * 60, 50 * 60])
        meeting = Meeting.objects.create(
            title="会议",
            kinds=chance.sample([*STUDY, "members_meeting", "life_meeting"], 2),
            for_year=chance.choice([2024, 2025, 2025, 2025]),
            starts_at=starts_at,
            ends_at=minutes and starts_at + datetime.timedelta(minutes=minutes),
            place="会议室",
            chair=people[0],
            recorder=people[0],
            state=chance.choice(["draft_minutes", "draft_minutes", "draft_minutes", "planned"]),
        )
        regulars = people[:15]  # who never miss, so that "every time" is met too
        for person in chance.sample(people, 30):
            status = chance.choice(["present", "present", "present", "online", "leave", "absent", ""])
            status = "present" if person in regulars else status
            reason = chance.choice(["sick", "cared_for"]) if status == "leave" else ""
            Attendance.objects.create(
                meeting=meeting, member=person, has_vote=True, status=status, leave_reason=reason
            )


def slowly() -> dict[str, Counter]:
    """The same tables, from the handbook's words alone (R-3.2, R-3.5, R-5.1 to R-5.3)."""
    rules = BranchRules.load()
    last = datetime.date(YEAR, 12, 31)
    found = {name: Counter() for name in ("study-members", "study-committee", "attendance", "together")}
    for person in Member.objects.all():
        if person.left_on or person.stage not in ("full", "probationary"):
            continue
        of_committee = any(
            post.started_on <= last and (post.ended_on is None or post.ended_on >= last)
            for post in Position.objects.filter(member=person).exclude(post="group_leader")
        )
        target = rules.study_hours_committee if of_committee else rules.study_hours_member
        courses = sum(
            (
                Fraction(each.hours)
                for each in Training.objects.filter(member=person)
                if each.ended_on.year == YEAR
            ),
            Fraction(),
        )
        studied, marks = Fraction(), Counter()
        for row in Attendance.objects.filter(member=person).select_related("meeting"):
            meeting = row.meeting
            if meeting.state not in ("draft_minutes", "signed_off"):
                continue
            came = row.status in ("present", "online")
            if meeting.for_year == YEAR:
                marks["cared_for" if row.leave_reason == "cared_for" else "came" if came else row.status] += 1
            in_year = meeting.starts_at.astimezone(HERE).year == YEAR
            if came and in_year and meeting.ends_at and STUDY & set(meeting.kinds):
                studied += length(meeting.ends_at - meeting.starts_at)
        hours = round(float(courses) + round(float(studied), 1), 1)
        reached = 0 if hours >= target else 1 if 2 * hours >= target else 2 if hours else 3
        found["study-committee" if of_committee else "study-members"][reached] += 1
        due = marks["came"] + marks["leave"] + marks["absent"]
        share = Fraction(marks["came"], due) if due else None
        limits = [Fraction(1), Fraction(4, 5), Fraction(3, 5), Fraction(0)]
        band = 4 if share is None else next(place for place, limit in enumerate(limits) if share >= limit)
        found["attendance"][band] += 1
        found["together"] += Counter({name: marks[name] for name in ("came", "leave", "absent", "cared_for")})
    return found


def length(time: datetime.timedelta) -> Fraction:
    """Eight hours of every begun day at most."""
    minutes = Fraction(round(time.total_seconds()), 60)
    days = -(-minutes // (24 * 60))
    return min(minutes / 60, Fraction(8 * days))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_overview_is_the_sum_of_its_people(client, seed):
    make_branch()
    fill(random.Random(seed))
    client.force_login(make_user(Role.COMMITTEE))
    shown = client.get("/en/desk/statistics/", {"year": YEAR}).context
    expected = slowly()
    together = shown["presence"]
    assert {name: getattr(together, name) for name in expected["together"]} == expected.pop("together")
    tables = [*shown["study"], shown["attendance"]]
    counted = {
        table.key: Counter({place: part.count for place, part in enumerate(table.parts) if part.count})
        for table in tables
    }
    assert counted == expected
    assert len(expected["attendance"]) >= 4  # nearly each line is met
    assert len(expected["study-members"]) >= 3
