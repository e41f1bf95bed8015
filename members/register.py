"""The register of mobile members on a day: who is away, and what the rules say of the silence."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from members.compliance import Silence, silence
from members.models import BranchRules, MobilePeriod
from members.querysets import MemberQuerySet

# By the ids of people: the last day up to the given one on which each was seen.
Seen = Callable[[Iterable[int], datetime.date], dict[int, datetime.date]]
_seen: list[Seen] = []


def also_seen(read: Seen) -> Seen:
    """Apps above know more days on which somebody was seen (a meeting attended, in the room or online): they say so when
    they are loaded, since nothing is imported upwards. Gives back what it got."""
    if read not in _seen:
        _seen.append(read)
    return read


@dataclass(frozen=True)
class Line:
    """One person of the register, with what the rules say of the silence. ``last_contact_on``: reached by the branch, or
    seen at a meeting; ``attended_on``: the last meeting while away, if there was one."""

    period: MobilePeriod
    silence: Silence
    last_contact_on: datetime.date | None
    attended_on: datetime.date | None


def lines(today: datetime.date, people: MemberQuerySet | None = None) -> list[Line]:
    """Whoever is away on that day, the longest due first. Three queries, however many people. ``people``: only these;
    None: everybody."""
    days = BranchRules.load().contact_days
    among = {} if people is None else {"member__in": people}
    periods = list(
        MobilePeriod.objects.running_on(today)
        .filter(member__left_on=None, **among)
        .with_last_contact(today)
        .select_related("member", "contact_person")
    )
    seen = last_seen([period.member_id for period in periods], today)
    found = [_line(period, seen.get(period.member_id), today, days) for period in periods]
    return sorted(found, key=lambda line: line.silence.due_on)


def _line(
    period: MobilePeriod, attended: datetime.date | None, today: datetime.date, contact_days: int
) -> Line:
    attended = attended if attended and attended >= period.since else None
    last = max(filter(None, (period.last_contact_on, attended)), default=None)
    found = silence(
        since=period.since,
        last_contact=last,
        today=today,
        contact_days=contact_days,
        is_abroad=period.reason == MobilePeriod.Reason.ABROAD,
    )
    return Line(period, found, last, attended)


def last_seen(people: list[int], today: datetime.date) -> dict[int, datetime.date]:
    """By the ids of people: the last day up to the given one on which the apps above saw each."""
    days: dict[int, datetime.date] = {}
    for read in _seen:
        for person, day in read(people, today).items():
            days[person] = max(day, days.get(person, day))
    return days
