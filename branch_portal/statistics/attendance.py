"""How regularly people come to the meetings of a year."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

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


@dataclass(frozen=True)
class Regularity:
    """Of many people: their attendance together, and how many of them reach each limit and none that is higher."""

    together: Presence
    numbers: list[int]


def attendance(members: Iterable[Member], year: int) -> dict[int, Presence]:
    """Each person's attendance at the meetings held *for* the year (R-3.2), by the person's id; whoever was invited to
    none is not there. ``members``: a queryset, or rows. One query, however many people.

    Taking part online is coming. Whoever is not marked yet counts neither way.
    """
    counted = _by_person(members, year).values_list("member", *_figures())
    return {person: Presence(*numbers) for person, *numbers in counted}


def regularity(members: Iterable[Member], year: int, limits: Sequence[int]) -> Regularity:
    """The same of all of them, added up by the database. One query that answers with one row.

    ``limits``: percentages, the highest first. Of whom nothing was due is in no number.
    """
    people = _by_person(members, year).annotate(
        due=F("came") + F("leave") + F("absent"), hundredfold=100 * F("came")
    )
    # Rounded down, the percentage reaches a whole number exactly if the fraction does.
    reach = {
        f"reach_{limit}": Count("member", filter=Q(due__gt=0, hundredfold__gte=limit * F("due")))
        for limit in limits
    }
    sums = {f"all_{name}": Sum(name, default=0) for name in _figures()}
    found = people.aggregate(**sums, **reach)
    reached = [0, *(found[name] for name in reach)]
    return Regularity(
        Presence(*(found[name] for name in sums)),
        [number - higher for higher, number in itertools.pairwise(reached)],
    )


def _by_person(members: Iterable[Member], year: int) -> QuerySet:
    rows = Attendance.objects.filter(
        meeting__in=Meeting.objects.held().for_year(year), member__in=ids_of(members)
    )
    return rows.order_by().values("member").annotate(**_figures())


def _figures() -> dict[str, Count]:
    """The numbers of ``Presence``, in its order."""
    cared_for = Q(status=_S.LEAVE, leave_reason=_R.CARED_FOR)
    return {
        "came": Count("pk", filter=Q(status__in=[_S.PRESENT, _S.ONLINE])),
        "leave": Count("pk", filter=Q(status=_S.LEAVE) & ~cared_for),
        "absent": Count("pk", filter=Q(status=_S.ABSENT)),
        "cared_for": Count("pk", filter=cared_for),
    }
