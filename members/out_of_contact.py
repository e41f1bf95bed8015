"""Who is out of contact without being entered as away: what a membership says already, and who no longer comes.

Rules warn and never act: nothing here changes a membership (R-5.9, R-5.10).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from members.compliance import Flag, silence_flag
from members.models import Member, MobilePeriod, TimelineEntry
from members.querysets import MemberQuerySet
from members.register import last_seen
from members.timeline import add_months

SUSPENDED_MONTHS = 24  # two more years, after which a removal is to be decided on

_Standing, _Kind = Member.Standing, TimelineEntry.Kind
_SAID = (_Standing.LOST_CONTACT, _Standing.SUSPENDED)
_WITH_THE_BRANCH = (_Kind.ADMITTED, _Kind.MOVED_IN, _Kind.RESTORED)


@dataclass(frozen=True)
class Missed:
    """The first and the last meeting that somebody missed without leave."""

    first: datetime.date
    last: datetime.date


# By person and kind of event: its latest day.
Events = dict[tuple[int, str], datetime.date]
# By the ids of people: what each missed up to the given day.
Read = Callable[[Iterable[int], datetime.date], dict[int, Missed]]
_missed: list[Read] = []


def also_missed(read: Read) -> Read:
    """Apps above know who was awaited and did not come: they say so when they are loaded. Gives back what it got."""
    if read not in _missed:
        _missed.append(read)
    return read


@dataclass(frozen=True)
class Line:
    """One person out of contact. ``since``: the day of the event, or the day the person was last seen (the first meeting
    missed, where the person never was); ``flag``: how long, for whoever no longer comes; ``until``: the end of the two
    years after a suspension, and whether they ``are_over``."""

    member: Member
    since: datetime.date | None
    flag: Flag = Flag.NONE
    until: datetime.date | None = None
    are_over: bool = False


def lines(today: datetime.date, people: MemberQuerySet | None = None) -> list[Line]:
    """First whose membership says so, then who no longer comes, the longest silence first. Six queries at most, however
    many people. ``people``: only these of the branch; None: everybody."""
    people = Member.objects.all() if people is None else people
    concerned = Q(standing__in=_SAID) | Q(stage__in=Member.Stage.party_members())
    members = list(people.current().filter(concerned).with_presence_on(today))
    events = _events([member.pk for member in members], today)
    said = [_by_standing(member, events, today) for member in members if member.standing in _SAID]
    here = [member for member in members if member.standing not in _SAID and not member.is_away]
    return sorted(said, key=_order) + sorted(_silent(here, events, today), key=_order)


def _order(line: Line) -> tuple:
    return (line.since or datetime.date.min, line.member.sort_key, line.member.pk)


def _by_standing(member: Member, events: Events, today: datetime.date) -> Line:
    since = events.get((member.pk, member.standing))
    if member.standing == _Standing.LOST_CONTACT or since is None:
        return Line(member, since)
    until = add_months(since, SUSPENDED_MONTHS)
    return Line(member, since, until=until, are_over=today >= until)


def _silent(members: list[Member], events: Events, today: datetime.date) -> list[Line]:
    """R-5.10 speaks of not attending without good reason: whoever was invited to nothing since the last time, or had
    leave each time, is not warned of. Admission, coming into the branch and being restored begin a new count."""
    seen = last_seen([member.pk for member in members], today)
    # Whoever was seen lately cannot be warned of, and that is nearly everybody: of them nothing more is asked.
    members = [
        member
        for member in members
        if member.pk not in seen or silence_flag(seen[member.pk], today) != Flag.NONE
    ]
    ids = [member.pk for member in members]
    reached, missed = _reached(ids, today), _all_missed(ids, today)
    found = []
    for member in members:
        if not (not_come := missed.get(member.pk)):
            continue
        last = _latest(seen.get(member.pk), reached.get(member.pk))
        begun = _latest(*(events.get((member.pk, kind)) for kind in _WITH_THE_BRANCH))
        since = _latest(last or not_come.first, begun)
        flag = silence_flag(since, today)
        was_missed_since = not_come.last > _latest(last, begun, datetime.date.min)
        if was_missed_since and flag != Flag.NONE:
            found.append(Line(member, since, flag))
    return found


def _latest(*days: datetime.date | None) -> datetime.date | None:
    return max(filter(None, days), default=None)


def _events(people: list[int], today: datetime.date) -> Events:
    kinds = [_Kind.LOST_CONTACT, _Kind.SUSPENDED, *_WITH_THE_BRANCH]
    entries = TimelineEntry.objects.up_to(today).filter(member__in=people, kind__in=kinds).order_by()
    return {
        (member, kind): on
        for member, kind, on in entries.values_list("member", "kind").annotate(last=Max("on"))
    }


def _reached(people: list[int], today: datetime.date) -> dict[int, datetime.date]:
    """The last contact of any time away, or the day of coming back from it."""
    periods = MobilePeriod.objects.filter(member__in=people, since__lte=today).order_by()
    contact = Q(contacts__was_reached=True, contacts__on__lte=today)
    found = periods.values_list("member").annotate(
        reached_on=Max("contacts__on", filter=contact), back_on=Max("until", filter=Q(until__lte=today))
    )
    return {member: day for member, *days in found if (day := _latest(*days))}


def _all_missed(people: list[int], today: datetime.date) -> dict[int, Missed]:
    found: dict[int, Missed] = {}
    for read in _missed:
        for person, missed in read(people, today).items():
            known = found.get(person, missed)
            found[person] = Missed(min(known.first, missed.first), max(known.last, missed.last))
    return found
