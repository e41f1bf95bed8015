"""Whether a timeline makes sense: pure rules over entries. What a person is now, the database derives (``locks``)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from members.locks import DEPARTURES, STAGES


@dataclass(frozen=True)
class Problem:
    """What is wrong, and beside which field it is said."""

    message: str
    field: str = "on"


# Which event must have happened before another can.
_NEEDS = {
    "confirmed": ("admitted", _("Nobody is confirmed who was not admitted before.")),
    "extended": ("admitted", _("Only a probation is extended.")),
    "cancelled": ("admitted", _("Only a probation is cancelled.")),
    "moved_in": ("moved_out", None),
}
_ENDS = ("cancelled", "withdrawn", "removed")
_ORDER = _("The stages of a membership come one after the other: %(earlier)s before %(later)s.")


def first_problem(entries: Sequence, *, born: datetime.date | None = None) -> Problem | None:
    """The first thing that cannot be, or None. Entries need ``kind`` and ``on``; their order does not matter."""
    days = {kind: [entry.on for entry in entries if entry.kind == kind] for kind in STAGES}
    for kind, (needed, message) in _NEEDS.items():
        for day in [entry.on for entry in entries if entry.kind == kind]:
            if message and not any(earlier <= day for earlier in days.get(needed, [])):
                return Problem(message)
    if problem := _out_of_order(entries):
        return problem
    if born and any(entry.on <= born for entry in entries):
        return Problem(_("Nothing happens to a person before the birth."))
    return _after_the_end(entries)


def _out_of_order(entries: Sequence) -> Problem | None:
    """No earlier stage after a later one, unless the membership ended in between."""
    words = {entry.kind: entry for entry in entries}
    reached = -1
    for entry in sorted(entries, key=lambda entry: (entry.on, _place(entry.kind))):
        if entry.kind in _ENDS:
            reached = -1
        elif entry.kind in STAGES:
            place = STAGES.index(entry.kind)
            if place < reached:
                earlier, later = words[entry.kind], words[STAGES[reached]]
                return Problem(_ORDER % {"earlier": str(earlier), "later": str(later)})
            reached = place
    return None


def _place(kind: str) -> int:
    """Among the events of one day: the stages in their order, what ends a membership last."""
    return STAGES.index(kind) if kind in STAGES else len(STAGES)


def _after_the_end(entries: Sequence) -> Problem | None:
    """After a person's death there is nothing more."""
    ends = [entry.on for entry in entries if entry.kind == "died"]
    if ends and any(entry.on > min(ends) for entry in entries):
        return Problem(_("Nothing happens after a person's death."))
    return None


def probation_ends_on(admitted_on: datetime.date, extended_until: datetime.date | None) -> datetime.date:
    """One year from the members' meeting's vote, or the end of the extension (handbook 4, step probation)."""
    return extended_until or add_months(admitted_on, 12)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the month's last day where there is no such day (31 January + 1: 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return datetime.date(year, month, last)
            except ValueError:
                continue
    raise AssertionError("every month has 28 days")


__all__ = ["DEPARTURES", "Problem", "add_months", "first_problem", "probation_ends_on"]
