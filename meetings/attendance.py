"""The figures of an attendance list and the sentence the chair reads out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Attendance, Meeting
from members.out_of_contact import Missed

Status = Attendance.Status
_LATELY = datetime.timedelta(days=92)  # three months, the shortest silence that is told


@dataclass(frozen=True)
class Figures:
    """Counts of persons; ``due`` are the members with the right to vote, ``voters`` those of them who came."""

    invited: int
    due: int
    voters: int
    came: int
    present: int
    online: int
    leave: int
    absent: int
    unmarked: int

    def as_dict(self) -> dict[str, int | str]:
        return {**asdict(self), "sentence": self.sentence}

    @property
    def sentence(self) -> str:
        """In one sentence, in the reader's language."""
        if self.unmarked:
            return _("Invited %(invited)d, %(came)d here so far, %(unmarked)d not marked yet.") % asdict(self)
        return _(
            "Invited %(invited)d, here %(came)d (%(online)d of them online), on leave %(leave)d, absent %(absent)d; "
            "with the right to vote due %(due)d, here %(voters)d."
        ) % asdict(self)


def figures(rows: Iterable[Attendance]) -> Figures:
    """Count a meeting's attendance rows."""
    rows = list(rows)
    marks = Counter(row.status for row in rows)
    return Figures(
        invited=len(rows),
        due=sum(row.has_vote for row in rows),
        voters=sum(row.has_vote and row.came for row in rows),
        came=marks[Status.PRESENT] + marks[Status.ONLINE],
        present=marks[Status.PRESENT],
        online=marks[Status.ONLINE],
        leave=marks[Status.LEAVE],
        absent=marks[Status.ABSENT],
        unmarked=marks[Status.UNMARKED],
    )


def last_attended(people: Iterable[int], day: datetime.date) -> dict[int, datetime.date]:
    """By the ids of people: the day of the last meeting up to that day to which each came, in the room or online. Two
    queries: nearly everybody came lately, so that the attendance of ten years is read for the others alone."""
    people, marks = set(people), [Status.PRESENT, Status.ONLINE]
    lately = _marked(people, day, marks).filter(meeting__starts_at__gte=_end_of(day) - _LATELY)
    last = dict(lately.annotate(last=Max("meeting__starts_at")))
    if others := people - last.keys():
        last |= dict(_marked(others, day, marks).annotate(last=Max("meeting__starts_at")))
    return {person: timezone.localdate(moment) for person, moment in last.items()}


def missed_without_leave(people: Iterable[int], day: datetime.date) -> dict[int, Missed]:
    """By the ids of people: the first and the last meeting up to that day from which each was absent. One query."""
    absent = _marked(people, day, [Status.ABSENT]).annotate(
        first=Min("meeting__starts_at"), last=Max("meeting__starts_at")
    )
    return {
        person: Missed(timezone.localdate(first), timezone.localdate(last)) for person, first, last in absent
    }


def _marked(people: Iterable[int], day: datetime.date, marks: list[str]):
    """The attendance with these marks at meetings held up to that day, grouped by person."""
    found = Attendance.objects.filter(
        member__in=people,
        status__in=marks,
        meeting__state__in=[Meeting.State.DRAFT_MINUTES, Meeting.State.SIGNED_OFF],
        meeting__starts_at__lte=_end_of(day),
    )
    return found.order_by("member").values_list("member")


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))
