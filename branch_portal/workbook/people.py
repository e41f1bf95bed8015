"""The people of the branch as they were on a day, out of their timelines. Two queries, however many people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from members.models import Member, PartyGroup, Position, TimelineEntry

_Kind, _Stage = TimelineEntry.Kind, Member.Stage
_STAGES = {
    _Kind.APPLIED: _Stage.APPLICANT,
    _Kind.ACTIVIST: _Stage.ACTIVIST,
    _Kind.TARGET: _Stage.TARGET,
    _Kind.ADMITTED: _Stage.PROBATIONARY,
    _Kind.CONFIRMED: _Stage.FULL,
}
# After these somebody who was on the way into the Party begins anew, or never comes back.
_ENDS = {_Kind.CANCELLED, _Kind.WITHDRAWN, _Kind.REMOVED}
_MOVES = (_Kind.MOVED_IN, _Kind.MOVED_OUT)


@dataclass(frozen=True)
class Person:
    """Somebody of the branch on that day. ``dates``: of the events up to it, by their kinds, the latest of each."""

    member: Member
    stage: str
    group: PartyGroup | None
    posts: list[Position]
    dates: dict[str, datetime.date]

    @property
    def is_party_member(self) -> bool:
        return self.stage in _Stage.party_members()

    @property
    def stage_label(self) -> str:
        return str(_Stage(self.stage).label)


def people_on(day: datetime.date) -> list[Person]:
    """Everybody who was of the branch on that day, in the order of names."""
    found = (_as_of(member, day) for member in _members(day))
    return [person for person in found if person]


def members_on(day: datetime.date) -> list[Person]:
    """Full and probationary members."""
    return [person for person in people_on(day) if person.is_party_member]


def _members(day: datetime.date) -> Iterable[Member]:
    # Who moved in later was not here before: so moves count whenever they were.
    entries = TimelineEntry.objects.filter(Q(on__lte=day) | Q(kind__in=_MOVES))
    entries = entries.select_related("party_group").order_by("on", "pk")
    posts = Position.objects.on(day).select_related("party_group")
    here = Member.objects.filter(Q(left_on=None) | Q(left_on__gt=day)).exclude(
        standing=Member.Standing.EXPECTED
    )
    return here.prefetch_related(
        Prefetch("timeline", queryset=entries, to_attr="entries_then"),
        Prefetch("positions", queryset=posts, to_attr="posts_then"),
    )


def _as_of(member: Member, day: datetime.date) -> Person | None:
    """None for whoever had not begun the way into the Party by then, had left it, or was of another branch."""
    moves = [entry for entry in member.entries_then if entry.kind in _MOVES]
    is_here = not (moves and moves[0].kind == _Kind.MOVED_IN and moves[0].on > day)
    stage, group, dates = "", None, {}
    for entry in sorted(member.entries_then, key=_order):
        if entry.on > day:
            break
        dates[entry.kind] = entry.on
        if entry.kind in _STAGES:
            stage = _STAGES[entry.kind]
        elif entry.kind == _Kind.GROUP:
            group = entry.party_group
        elif entry.kind in _ENDS:
            stage = ""
        elif entry.kind in {_Kind.MOVED_OUT, _Kind.DIED}:
            is_here = False
        elif entry.kind == _Kind.MOVED_IN:
            is_here = True
    return Person(member, stage, group, member.posts_then, dates) if stage and is_here else None


def _order(entry: TimelineEntry) -> tuple:
    """Stages of one day stand in their own order."""
    stages = list(_STAGES)
    return entry.on, stages.index(entry.kind) if entry.kind in stages else len(stages), entry.pk
