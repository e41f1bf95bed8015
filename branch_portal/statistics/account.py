"""One person's study account: every course and every meeting that counts, with its hours and why there are so many.

``study.py`` adds up the same; a test holds the sums together.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branch_portal.statistics.study import StudyHours, moments_of
from meetings.models import Attendance, Meeting
from meetings.study.credit import STUDY_KINDS, Credit, Factors, Held, Presence, credit, most_hours
from meetings.study.models import StudyPart, StudyRules
from members.models import Member, Training

_CAME = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]
_FULL = 100


@dataclass(frozen=True)
class Entry:
    """A course, or a meeting with its topics; ``reasons`` say why the hours are not simply those of the topics."""

    day: datetime.date
    title: str
    hours: Decimal
    parts: tuple[StudyPart, ...] = ()
    reasons: tuple[str, ...] = ()
    meeting: Meeting | None = None  # None for a course
    is_draft: bool = False


@dataclass(frozen=True)
class YearOfStudy:
    year: int
    entries: list[Entry]

    @property
    def hours(self) -> StudyHours:
        """Rounded as ``study_hours`` rounds."""
        courses = sum(entry.hours for entry in self.entries if entry.meeting is None)
        meetings = sum(entry.hours for entry in self.entries if entry.meeting is not None)
        return StudyHours(float(courses), round(float(meetings), 1))


def account(member: Member, years: Iterable[int]) -> list[YearOfStudy]:
    """The years in the given order, the latest entry of each first. Five queries, however many years and entries."""
    years = list(years)
    found: dict[int, list[Entry]] = {year: [] for year in years}
    for entry in [*_courses(member, years), *_meetings(member, years)]:
        found[entry.day.year].append(entry)
    return [
        YearOfStudy(year, sorted(entries, key=lambda entry: entry.day, reverse=True))
        for year, entries in found.items()
    ]


def _courses(member: Member, years: list[int]) -> list[Entry]:
    rows = Training.objects.filter(member=member, ended_on__year__in=years)
    return [Entry(row.ended_on, row.title, row.hours, reasons=(_("course"),)) for row in rows]


def _meetings(member: Member, years: list[int]) -> list[Entry]:
    if not years:
        return []
    first, last = moments_of(min(years))[0], moments_of(max(years))[1]
    with_parts = StudyPart.objects.values("meeting")
    counting = Meeting.objects.held().filter(
        Q(pk__in=with_parts) | Q(kinds__overlap=list(STUDY_KINDS)), starts_at__range=(first, last)
    )
    rows = (
        Attendance.objects.filter(member=member, status__in=_CAME, meeting__in=counting)
        .select_related("meeting")
        .prefetch_related("meeting__study_parts__teacher")
    )
    rules = list(StudyRules.objects.all())
    entries = [_entry(row, rules) for row in rows]
    return [entry for entry in entries if entry.day.year in years]


def _entry(row: Attendance, rules: list[StudyRules]) -> Entry:
    meeting = row.meeting
    parts = tuple(meeting.study_parts.all())
    day, draft = timezone.localdate(meeting.starts_at), meeting.state == Meeting.State.DRAFT_MINUTES
    if not parts:
        hours, reason = _by_length(meeting)
        return Entry(day, meeting.title, hours, (), (reason,), meeting, draft)
    holding = next((each for each in rules if each.begins_at <= meeting.starts_at), None)
    held = Held(
        meeting.starts_at,
        meeting.ends_at,
        meeting.grace_minutes,
        [part.plain for part in parts],
        holding.plain if holding else Factors(),
    )
    came = Presence(row.member_id, row.status == Attendance.Status.ONLINE, row.arrived_at, row.left_at)
    found = credit(held, came)
    return Entry(day, meeting.title, found.hours, parts, tuple(_reasons(found)), meeting, draft)


def _by_length(meeting: Meeting) -> tuple[Decimal, str]:
    if meeting.ends_at is None:
        return Decimal(0), _("no topic and no end of the meeting recorded")
    hours = Decimal(int((meeting.ends_at - meeting.starts_at).total_seconds())) / 3600
    most = Decimal(most_hours(meeting.starts_at, meeting.ends_at))
    return min(hours, most), _("no topic recorded: the meeting's length")


def _reasons(found: Credit) -> list[str]:
    told = []
    if found.online is not None:
        told.append(_percent(_("online"), found.online))
    if found.is_late:
        told.append(pgettext("of one person", "came late"))
    if found.left_early:
        told.append(pgettext("of one person", "left early"))
    if found.there < found.length:
        told.append(
            _("there for %(there)s of %(length)s minutes")
            % {"there": floatformat(found.there // 60), "length": floatformat(found.length // 60)}
        )
    if found.teacher is not None:
        told.append(_percent(pgettext("of one person", "taught"), found.teacher))
    return told or [_("from start to end")]


def _percent(word: str, percent: int) -> str:
    return (
        word if percent == _FULL else _("%(word)s (%(percent)d percent)") % {"word": word, "percent": percent}
    )
