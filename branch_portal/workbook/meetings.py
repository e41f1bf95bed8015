"""The meetings of a year, as the workbook tells them. The number of queries does not depend on how many there are."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from meetings.attendance import Figures
from meetings.decisions.models import Decision
from meetings.kinds import MeetingKind
from meetings.models import Attendance, Meeting, Problem

_Kind, _State, _Status = MeetingKind, Meeting.State, Attendance.Status

# Where a meeting of several kinds stands in full; it is counted with each of them, and listed once.
HOMES = (
    _Kind.LIFE_MEETING,
    _Kind.APPRAISAL,
    _Kind.MEMBERS_MEETING,
    _Kind.COMMITTEE_MEETING,
    _Kind.GROUP_MEETING,
    _Kind.PARTY_LESSON,
    _Kind.THEME_PARTY_DAY,
    _Kind.READING_CLASS,
    _Kind.RED_BASE_VISIT,
    _Kind.PUBLIC_SERVICE,
    _Kind.OTHER,
)


@dataclass(frozen=True)
class Told:
    """One meeting with its figures and the names of those who were missing; why they were is nobody's business here."""

    meeting: Meeting
    figures: Figures
    on_leave: list[str]
    absent: list[str]

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.meeting.starts_at)

    @property
    def is_held(self) -> bool:
        return self.meeting.state in {_State.DRAFT_MINUTES, _State.SIGNED_OFF}

    @property
    def is_signed(self) -> bool:
        return self.meeting.state == _State.SIGNED_OFF

    @property
    def home(self) -> str:
        """The kind in whose chapter it stands in full."""
        return next(kind for kind in HOMES if kind in self.meeting.kinds)


class MeetingsOfYear:
    """All that were not cancelled and are *for* the year (R-3.2), in the order of their days."""

    def __init__(self, year: int) -> None:
        self.year = year

    @cached_property
    def all(self) -> list[Told]:
        figures, missing = self._figures(), self._missing()
        return [
            Told(
                meeting,
                figures.get(meeting.pk, Figures(*[0] * 9)),
                missing[meeting.pk, _Status.LEAVE],
                missing[meeting.pk, _Status.ABSENT],
            )
            for meeting in self._meetings()
        ]

    def of_kinds(self, *kinds: str) -> list[Told]:
        """Each once, whatever other kinds it has."""
        return [told for told in self.all if set(kinds) & set(told.meeting.kinds)]

    def _found(self):
        return Meeting.objects.for_year(self.year).exclude(state=_State.CANCELLED).order_by("starts_at", "pk")

    def _meetings(self):
        # On people the minutes themselves say more than a book that goes from hand to hand.
        problems = Problem.objects.filter(level=Problem.Level.COMMITTEE).select_related("in_charge")
        decisions = Decision.objects.discussed().select_related("owner", "about").order_by("pk")
        return (
            self._found()
            .select_related("party_group", "chair", "recorder", "signed_off_by__member")
            .annotate(corrected=Count("corrections"))
            .prefetch_related(
                "agenda_items__presenter",
                "study_topics",
                "requirements",
                "guests",
                Prefetch("problems", queryset=problems),
                Prefetch("decisions", queryset=decisions),
            )
        )

    def _figures(self) -> dict[int, Figures]:
        came = Q(status__in=[_Status.PRESENT, _Status.ONLINE])
        counts = {
            "invited": Count("pk"),
            "due": Count("pk", filter=Q(has_vote=True)),
            "voters": Count("pk", filter=came & Q(has_vote=True)),
            "came": Count("pk", filter=came),
            "present": Count("pk", filter=Q(status=_Status.PRESENT)),
            "online": Count("pk", filter=Q(status=_Status.ONLINE)),
            "leave": Count("pk", filter=Q(status=_Status.LEAVE)),
            "absent": Count("pk", filter=Q(status=_Status.ABSENT)),
            "unmarked": Count("pk", filter=Q(status=_Status.UNMARKED)),
        }
        rows = Attendance.objects.filter(meeting__in=self._found().order_by()).order_by()
        return {
            meeting: Figures(*numbers)
            for meeting, *numbers in rows.values("meeting").annotate(**counts).values_list("meeting", *counts)
        }

    def _missing(self) -> dict[tuple[int, str], list[str]]:
        rows = Attendance.objects.filter(
            meeting__in=self._found().order_by(), status__in=[_Status.LEAVE, _Status.ABSENT]
        )
        found = defaultdict(list)
        for meeting, status, name in rows.values_list("meeting", "status", "member__name"):
            found[meeting, status].append(name)
        return found
