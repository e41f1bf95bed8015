"""Study hours of a calendar year (handbook 5, R-5.1 to R-5.3): how many somebody has, how many are asked for."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Ceil, Extract, Least
from django.utils import timezone

from branch_portal.statistics.people import ids_of
from meetings.models import Attendance, Meeting
from meetings.study.credit import HOURS_OF_A_FULL_DAY, STUDY_KINDS
from meetings.study.models import StudyCredit, StudyPart
from members.models import BranchRules, Member, Position, Training
from members.querysets import MemberQuerySet


@dataclass(frozen=True)
class StudyHours:
    """Of one person in one year: from courses elsewhere, and from the branch's own meetings."""

    courses: float = 0.0
    meetings: float = 0.0

    @property
    def total(self) -> float:
        return round(self.courses + self.meetings, 1)


@dataclass(frozen=True)
class StudyYear:
    """One person's calendar year: the hours, and how many are asked for."""

    year: int
    hours: StudyHours
    target: int

    @property
    def is_behind(self) -> bool:
        return self.hours.total < self.target


@dataclass(frozen=True)
class Targets:
    """How many hours the rules of the branch ask for: of every member, and of those on the committee."""

    member: int
    committee: int
    committee_members: frozenset[int]

    def of(self, member_id: int) -> int:
        return self.committee if member_id in self.committee_members else self.member


def study_hours(members: Iterable[Member], year: int) -> dict[int, StudyHours]:
    """Each person's hours of the calendar year, by the person's id; whoever has none is not there. ``members``: a
    queryset, or rows. One query, however many people.

    The reckoning. Courses count with the hours entered for them, in the year in which they ended. A meeting that has been
    held counts for whoever was present, there or online: with the study hours recorded of it (``meetings.study.credit``:
    less for who was late or left early, and online as the branch's rules say); without any, if it is a Party lesson, a
    reading class, a visit to a red education base or a theme Party day, once however many kinds it has, with its own
    length from start to end. Both in the year in which it began (not the year it is *for*: R-5.3 says per calendar year).
    An hour is 1, and a full day is 8: of each begun day no more than 8 hours count. A meeting with neither topics nor a
    recorded end counts nothing (``unmeasured_meetings``). Nothing is carried over into another year.
    """
    rows = _of_people(members, year, "person.id, course.in_all, topic.in_all, meeting.in_all")
    return {
        person: _study_hours(*hours) for person, *hours in rows if any(each is not None for each in hours)
    }


def spread_of_hours(
    members: MemberQuerySet, year: int, committee: Iterable[int]
) -> Counter[tuple[bool, StudyHours]]:
    """How many people have which hours, reckoned as ``study_hours`` does and added up by the database: by whether the
    person is one of the ``committee`` (ids), and the hours. Whoever has none is there too. One query."""
    columns = "person.id = ANY(%s), course.in_all, topic.in_all, meeting.in_all"
    spread: Counter = Counter()
    for of_committee, *hours, number in _of_people(members, year, columns, list(committee), counted=True):
        spread[of_committee, _study_hours(*hours)] += number
    return spread


def study_years(member: Member, years: Iterable[int]) -> list[StudyYear]:
    """One person's years, in the given order. Three queries a year."""
    return [
        StudyYear(
            year,
            study_hours([member], year).get(member.pk, StudyHours()),
            targets(year).of(member.pk),
        )
        for year in years
    ]


def targets(year: int) -> Targets:
    """What is asked for in the year; of the committee as it was on the year's last day, or is today. Two queries."""
    rules = BranchRules.load()
    last = min(datetime.date(year, 12, 31), timezone.localdate())
    committee = Position.objects.on(last).committee().values_list("member", flat=True)
    return Targets(rules.study_hours_member, rules.study_hours_committee, frozenset(committee))


def unmeasured_meetings(year: int) -> int:
    """How many study meetings of the year were held and count nothing, since nobody recorded topics or their end."""
    found = (
        Meeting.objects.held()
        .filter(starts_at__range=moments_of(year), kinds__overlap=list(STUDY_KINDS), ends_at=None)
        .exclude(pk__in=StudyPart.objects.values("meeting"))
    )
    return found.aggregate(number=Count("pk"))["number"]


def _of_people(
    members: Iterable[Member], year: int, columns: str, *parameters, counted: bool = False
) -> list[tuple]:
    """Everybody with the sums of the year, or with ``counted`` how many have the same ``columns``. One query.

    What is joined are Django's queries; only the join is not: Django can ask for a sum beside a person in a correlated
    subquery alone, which is run for each of ten thousand people.
    """
    people = ids_of(members)
    parts = [_hours_of_courses(year), _hours_of_topics(year), _hours_of_meetings(year)]
    if isinstance(people, list):
        parts = [hours.filter(member__in=people) for hours in parts]
        people = Member.objects.filter(pk__in=people).order_by().values("pk")
    try:
        people, courses, topics, meetings = (rows.query.sql_with_params() for rows in (people, *parts))
    except EmptyResultSet:  # nobody was asked for
        return []
    joined = f"""
        SELECT {columns}{", COUNT(*)" if counted else ""}
        FROM ({people[0]}) AS person(id)
        LEFT JOIN ({courses[0]}) AS course(person, in_all) ON course.person = person.id
        LEFT JOIN ({topics[0]}) AS topic(person, in_all) ON topic.person = person.id
        LEFT JOIN ({meetings[0]}) AS meeting(person, in_all) ON meeting.person = person.id
        {"GROUP BY 1, 2, 3, 4" if counted else ""}"""  # noqa: S608 - SQL that Django wrote, with its parameters apart
    with connection.cursor() as cursor:
        cursor.execute(joined, [*parameters, *people[1], *courses[1], *topics[1], *meetings[1]])
        return cursor.fetchall()


def _study_hours(by_course: Decimal | None, by_topics: Decimal | None, by_length: float | None) -> StudyHours:
    return StudyHours(float(by_course or 0), round(float(by_topics or 0) + (by_length or 0.0), 1))


def _hours_of_courses(year: int) -> QuerySet:
    """Pairs of a person's id and ``in_all``."""
    rows = Training.objects.filter(ended_on__year=year).order_by().values("member")
    return rows.annotate(in_all=Sum("hours")).values_list("member", "in_all")


def _hours_of_topics(year: int) -> QuerySet:
    """Pairs of a person's id and ``in_all``: of meetings whose study hours are recorded."""
    held = Meeting.objects.held().filter(starts_at__range=moments_of(year))
    rows = StudyCredit.objects.filter(meeting__in=held).order_by().values("member")
    return rows.annotate(in_all=Sum("hours")).values_list("member", "in_all")


def _hours_of_meetings(year: int) -> QuerySet:
    """Pairs of a person's id and ``in_all``: of meetings of study without recorded hours."""
    came = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]
    rows = Attendance.objects.filter(_is_measured(year), status__in=came).order_by().values("member")
    return rows.annotate(in_all=Sum(_hours_of_the_meeting())).values_list("member", "in_all")


def _is_measured(year: int) -> Q:
    return Q(
        meeting__in=Meeting.objects.held()
        .filter(starts_at__range=moments_of(year), kinds__overlap=list(STUDY_KINDS), ends_at__isnull=False)
        .exclude(pk__in=StudyPart.objects.values("meeting"))
    )


def moments_of(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and the last moment of the year here."""
    here = timezone.get_current_timezone()
    first = datetime.datetime(year, 1, 1, tzinfo=here)
    return first, datetime.datetime(year + 1, 1, 1, tzinfo=here) - datetime.timedelta(microseconds=1)


def _hours_of_the_meeting():
    length = ExpressionWrapper(F("meeting__ends_at") - F("meeting__starts_at"), output_field=DurationField())
    hours = Cast(Extract(length, "epoch"), FloatField()) / Value(3600.0)
    days = Ceil(hours / Value(24.0))
    return Least(hours, days * Value(float(HOURS_OF_A_FULL_DAY)), output_field=FloatField())
