"""The steps of one entry for a reader, read from the events that the database wrote."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst

from meetings.rectification.models import Evidence, LedgerEntry, LedgerEvent
from meetings.rectification.states import Act
from members.models import Member

# What a change of an entry is told of; other columns follow from the step itself.
_TOLD = ("problem", "cause", "measure", "leader_id", "in_charge_id", "started_on", "due_on")
_PEOPLE = {"leader_id", "in_charge_id"}
_DAYS = {"started_on", "due_on"}
_TELL_THE_DAY = {Act.EXTEND, Act.LONG_TERM}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One event: what was done, by whom, when, in which words; ``evidence`` where a piece of it came."""

    label: str
    at: datetime.datetime
    by: str
    words: str
    changes: tuple[Change, ...] = ()
    evidence: Evidence | None = None


def steps_of(entry: LedgerEntry, evidence: list[Evidence]) -> list[Step]:
    """The latest first. Two queries."""
    names = dict(Member.objects.values_list("pk", "name"))
    pieces = {str(piece.pk): piece for piece in evidence}
    found, before = [], None
    for event in entry.events.select_related("by__member"):
        if event.subject == LedgerEvent.Subject.EVIDENCE:
            found.append(_of_evidence(event, pieces))
        else:
            found.append(_of_entry(event, before, names))
            before = event.row
    return found[::-1]


def _of_evidence(event: LedgerEvent, pieces: dict[str, Evidence]) -> Step:
    row = event.row
    return Step(event.get_act_display(), event.at, str(event.by), row["text"], evidence=pieces.get(row["id"]))


def _of_entry(event: LedgerEvent, before: dict | None, names: dict[int, str]) -> Step:
    row = event.row
    words = row["check_opinion"] if event.act == Act.CLOSE else row["note"]
    changes = ()
    if before and event.act in {Act.CHANGE, *_TELL_THE_DAY}:
        changes = tuple(
            Change(_label(name), _shown(name, before[name], names), _shown(name, row[name], names))
            for name in _TOLD
            if before[name] != row[name]
        )
    return Step(event.get_act_display(), event.at, str(event.by), words, changes)


def _label(name: str) -> str:
    return capfirst(str(LedgerEntry._meta.get_field(name.removesuffix("_id")).verbose_name))


def _shown(name: str, value, names: dict[int, str]) -> str:
    if value in (None, ""):
        return "–"
    if name in _PEOPLE:
        return names.get(value, "–")
    if name in _DAYS:
        return date_format(parse_date(value), "DATE_FORMAT")
    return str(value)
