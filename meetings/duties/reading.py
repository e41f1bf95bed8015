"""The facts of the calendar out of the database: four queries, however many meetings."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils import timezone

from meetings.duties import elsewhere
from meetings.duties.calendar import (
    Calendar,
    Event,
    Happening,
    OpenDuty,
    Rule,
    calendar_of,
    open_duties,
    reaches,
    told_between,
)
from meetings.duties.defaults import DEFAULTS
from meetings.duties.models import DutyRule
from meetings.duties.vocabulary import DUTY_KINDS
from meetings.models import Meeting
from members.models import PartyGroup, User
from members.permissions import Capability

State = Meeting.State
_HAPPENING = {
    State.PLANNED: Happening.PLANNED,
    State.IN_SESSION: Happening.UNDER_WAY,
    State.DRAFT_MINUTES: Happening.HELD,
    State.SIGNED_OFF: Happening.HELD,
}


@dataclass(frozen=True)
class Kept:
    """The calendars of some years as one reader may see them, and the Party groups by id."""

    calendars: dict[int, Calendar]
    groups: dict[int, PartyGroup]


def rules() -> list[Rule]:
    """What is asked for, in the order of the kinds: the branch's own rows, or the handbook's where it has none."""
    stored: dict[str, list[Rule]] = {}
    for row in DutyRule.objects.all():
        stored.setdefault(row.kind, []).append(row.plain)
    for rule in DEFAULTS:
        stored.setdefault(rule.kind, [rule])
    return [rule for kind, _label in DUTY_KINDS for rule in stored.get(kind, [])]


def events(years: Collection[int], reader: User | None) -> Iterator[Event]:
    """The meetings for these years that were not cancelled; what the reader may not open has no title. Without a reader
    it is a paper of the whole branch."""
    meetings = Meeting.objects.filter(for_year__in=years)
    sees_all = reader is None or reader.may(Capability.READ_ALL_MEETINGS)
    mine = set() if sees_all else set(meetings.visible_to(reader).values_list("pk", flat=True))
    found = meetings.exclude(state=State.CANCELLED).order_by("starts_at", "pk")
    fields = ("pk", "kinds", "for_year", "starts_at", "state", "party_group_id", "title")
    for pk, kinds, for_year, starts_at, state, group, title in found.values_list(*fields):
        is_visible = sees_all or pk in mine
        yield Event(
            key=pk,
            kinds=frozenset(kinds),
            for_year=for_year,
            day=timezone.localdate(starts_at),
            happening=_HAPPENING[state],
            group=group,
            title=title if is_visible else "",
            is_visible=is_visible,
        )


def duties_kept(years: Collection[int], reader: User | None, today: datetime.date) -> Kept:
    """The calendars of the years."""
    groups = {group.pk: group for group in PartyGroup.objects.all()}
    asked, happened = rules(), list(events(years, reader))
    return Kept(
        calendars={
            year: calendar_of(
                year,
                rules=asked,
                events=happened,
                groups=list(groups),
                tallies=elsewhere.tallies(year, today),
                today=today,
            )
            for year in years
        },
        groups=groups,
    )


def years_of_open_duties(today: datetime.date) -> tuple[int, ...]:
    """This year, and the last one while anything of it may still be told: in January its December may be missing, and until
    March its life meeting due."""
    since, _until = told_between(today)
    return (today.year - 1, today.year) if reaches(rules(), today.year - 1, since) else (today.year,)


def duties_open(reader: User, today: datetime.date) -> list[OpenDuty]:
    """What is due by the end of the quarter and not planned, and what was missed lately."""
    return open_duties(duties_kept(years_of_open_duties(today), reader, today).calendars.values(), today)
