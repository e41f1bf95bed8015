"""How regularly people come to the meetings of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from branch_portal.statistics.people import ids_of
from meetings.models import Attendance, Meeting
from members.models import Member

_S, _R = Attendance.Status, Attendance.LeaveReason


@dataclass(frozen=True)
class Presence:
    """Of one person, or of many together: how often invited people came, and why not."""

    came: int = 0
    leave: int = 0
    absent: int = 0
    cared_for: int = 0

    @property
    def due(self) -> int:
        """How often coming was asked for. Old, ill and frail people are not held to it (R-3.5)."""
        return self.came + self.leave + self.absent

    @property
    def percent(self) -> int | None:
        """Of what was due, rounded down; None where nothing was. 100 means every time."""
        return 100 * self.came // self.due if self.due else None

    def __add__(self, other: Presence) -> Presence:
        return Presence(
            self.came + other.came,
            self.leave + other.leave,
            self.absent + other.absent,
            self.cared_for + other.cared_for,
        )


def attendance(members: Iterable[Member], year: int) -> dict[int, Presence]:
    """Each person's attendance at the meetings held *for* the year (R-3.2), by the person's id; whoever was invited to
    none is not there. ``members``: a queryset, or rows. One query, however many people.

    Taking part online is coming. Whoever is not marked yet counts neither way.
    """
    rows = Attendance.objects.filter(
        meeting__in=Meeting.objects.held().for_year(year), member__in=ids_of(members)
    ).order_by()
    cared_for = Q(status=_S.LEAVE, leave_reason=_R.CARED_FOR)
    counted = rows.values_list("member").annotate(
        came=Count("pk", filter=Q(status__in=[_S.PRESENT, _S.ONLINE])),
        leave=Count("pk", filter=Q(status=_S.LEAVE) & ~cared_for),
        absent=Count("pk", filter=Q(status=_S.ABSENT)),
        cared_for=Count("pk", filter=cared_for),
    )
    return {person: Presence(*numbers) for person, *numbers in counted}
