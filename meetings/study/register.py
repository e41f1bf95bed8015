"""The study register of a calendar year: what was studied, how, under whom, for how long, by how many; and what comes next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, Q, QuerySet
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table
from meetings.models import Attendance, Meeting
from meetings.study.credit import STUDY_KINDS, most_hours, tenths
from meetings.study.models import StudyPart
from members.models import BranchProfile

_CAME = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]


@dataclass(frozen=True)
class Line:
    """One topic of one meeting; of a meeting of study without recorded topics ``part`` is None, and its length counts."""

    meeting: Meeting
    part: StudyPart | None
    hours: Decimal | None
    attenders: int

    @property
    def topic(self) -> str:
        return self.part.topic if self.part else self.meeting.title

    @property
    def form(self) -> str:
        return self.part.get_form_display() if self.part else ""

    @property
    def teacher(self) -> str:
        return self.part.taught_by if self.part else ""


@dataclass(frozen=True)
class Register:
    year: int
    held: list[Line]
    planned: list[Line]

    @property
    def hours(self) -> Decimal:
        return sum((line.hours or Decimal(0) for line in self.held), Decimal(0))


def register(year: int, now: datetime.datetime) -> Register:
    """Meetings held in the year, the oldest first; in the present year also the topics of those that are planned. A constant
    number of queries."""
    meetings = _of_study(Meeting.objects.all())
    held = meetings.held().filter(starts_at__year=year).order_by("starts_at", "pk")
    planned = meetings.upcoming(now) if year == timezone.localdate(now).year else meetings.none()
    return Register(year, _lines(held), _lines(planned))


def years(now: datetime.datetime) -> list[int]:
    """From the first meeting's year to this one, the newest first."""
    this_year = timezone.localdate(now).year
    first = Meeting.objects.held().aggregate(first=Min("starts_at"))["first"]
    earliest = min(timezone.localdate(first).year, this_year) if first else this_year
    return list(range(this_year, earliest - 1, -1))


def _of_study(meetings: QuerySet) -> QuerySet:
    """Whatever has study parts, and the meetings that are study by their kind."""
    with_parts = StudyPart.objects.values("meeting")
    return meetings.filter(Q(pk__in=with_parts) | Q(kinds__overlap=list(STUDY_KINDS)))


def _lines(meetings: QuerySet) -> list[Line]:
    rows = list(
        meetings.prefetch_related("study_parts__teacher").annotate(
            attenders=Count("attendances", filter=Q(attendances__status__in=_CAME))
        )
    )
    return [line for meeting in rows for line in _lines_of(meeting)]


def _lines_of(meeting: Meeting) -> list[Line]:
    parts = list(meeting.study_parts.all())
    if parts:
        return [Line(meeting, part, part.hours, meeting.attenders) for part in parts]
    return [Line(meeting, None, _length(meeting), meeting.attenders)]


def _length(meeting: Meeting) -> Decimal | None:
    if meeting.ends_at is None:
        return None
    hours = Decimal(int((meeting.ends_at - meeting.starts_at).total_seconds())) / 3600
    return tenths(min(hours, Decimal(most_hours(meeting.starts_at, meeting.ends_at))))


def paper(found: Register) -> Paper:
    """The register in the official layout."""
    header = [
        _("No."),
        _("date"),
        _("topic"),
        _("form of study"),
        _("teacher"),
        _("study hours"),
        _("attenders"),
    ]
    widths = [10, 22, 90, 24, 36, 18, 18]
    rows = [
        [*_start(number, line), line.form, line.teacher, _hours(line), line.attenders]
        for number, line in enumerate(found.held, start=1)
    ]
    parts = [Table(header, rows, heading=_("Held"), widths=widths)]
    if found.planned:
        rows = [
            [*_start(number, line), line.form, line.teacher, _hours(line)]
            for number, line in enumerate(found.planned, start=1)
        ]
        parts.append(Table(header[:-1], rows, heading=_("Next topics"), widths=[10, 22, 100, 24, 42, 20]))
    note = _("Study hours in all: %(hours)s") % {"hours": floatformat(found.hours)}
    return Paper(
        title=_("Study register %(year)d") % {"year": found.year},
        parts=parts,
        signatures=(_("Secretary"), _("Date")),
        note=f"{BranchProfile.load()}\n{note}",
        is_landscape=True,
    )


def _start(number: int, line: Line) -> list:
    return [number, timezone.localdate(line.meeting.starts_at), line.topic]


def _hours(line: Line) -> str:
    return floatformat(line.hours) if line.hours is not None else ""
