"""Which meetings a person was invited to, year by year, and whether he or she came."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from meetings.models import Attendance, Meeting
from members.models import Member


@dataclass(frozen=True)
class Year:
    """One calendar year: its meetings, the latest first, and at how many of them the person was."""

    year: int
    rows: list[Attendance]

    @property
    def came(self) -> int:
        return sum(row.came for row in self.rows)


def signed(member: Member):
    """The person's rows in minutes that are signed: before that, they are still being written. One query."""
    rows = Attendance.objects.filter(member=member, meeting__state=Meeting.State.SIGNED_OFF)
    return rows.select_related("meeting").order_by("-meeting__starts_at", "-meeting_id")


def years_of(member: Member) -> list[Year]:
    """The latest year first."""
    by_year = groupby(signed(member), key=lambda row: timezone.localtime(row.meeting.starts_at).year)
    return [Year(year, list(rows)) for year, rows in by_year]
