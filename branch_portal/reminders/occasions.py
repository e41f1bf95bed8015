"""What is told, before it is a row: plain facts and pure rules about when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SOON = datetime.timedelta(days=7)
# A meeting is called to mind the day before, but not soon after something else was told of it.
BEFORE_MEETING = datetime.timedelta(hours=24)
REST = datetime.timedelta(hours=12)
# A plan that is being changed right now is not told piece by piece.
SETTLES = datetime.timedelta(minutes=5)

ANNOUNCED, CHANGED, CANCELLED, REMINDER = "announced", "changed", "cancelled", "reminder"
UNINVITED = "uninvited"
DUE_SOON, OVERDUE = "soon", "overdue"


@dataclass(frozen=True)
class Occasion:
    """One thing to tell about a subject; kind, subject and ``name`` are the key under which it is told once."""

    kind: str
    subject: str
    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    until: datetime.datetime | None = None  # afterwards nobody is sent it any more


@dataclass(frozen=True)
class Plan:
    """What a meeting's notice says; two plans that are equal need no notice."""

    title: str
    starts_at: str
    ends_at: str
    place: str
    link: str
    papers: int

    WATCHED = ("starts_at", "ends_at", "place", "link", "papers")


@dataclass(frozen=True)
class Earlier:
    """What was told before of the same subject."""

    name: str
    at: datetime.datetime
    facts: dict[str, Any]


def due_step(due_on: datetime.date, today: datetime.date, soon: datetime.timedelta = SOON) -> str:
    """``soon`` in the days before and on the day itself, ``overdue`` from the day after on, "" earlier."""
    if due_on < today:
        return OVERDUE
    return DUE_SOON if due_on <= today + soon else ""


def due_name(due_on: datetime.date, today: datetime.date, soon: datetime.timedelta = SOON) -> str:
    """The name of the occasion; another day makes another one."""
    step = due_step(due_on, today, soon)
    return step and f"{step}:{due_on.isoformat()}"


def meeting_step(
    facts: dict[str, Any],
    earlier: Sequence[Earlier],
    *,
    is_cancelled: bool,
    changed_at: datetime.datetime,
    starts_at: datetime.datetime,
    now: datetime.datetime,
) -> str:
    """The name of what is to be told now of a coming meeting, "" for nothing.

    Changes are numbered by what was told before, so two runs at once find the same name.
    """
    names = [each.name for each in earlier]
    if is_cancelled:
        return CANCELLED if names and CANCELLED not in names else ""
    if not names:
        return ANNOUNCED
    if is_uninvited(earlier):
        return numbered(ANNOUNCED, names)
    if changed_parts(facts, latest(earlier).facts):
        if now - changed_at < SETTLES:
            return ""
        return numbered(CHANGED, names)
    reminder = f"{REMINDER}:{facts['starts_at']}"
    is_near = starts_at - now <= BEFORE_MEETING
    if is_near and reminder not in names and now - latest(earlier).at >= REST:
        return reminder
    return ""


def numbered(step: str, names: Sequence[str]) -> str:
    """The name of the next of its kind, so that two runs at once find the same one."""
    return f"{step}:{1 + sum(name.startswith(step) for name in names)}"


def uninvited_step(earlier: Sequence[Earlier]) -> str:
    """What is told to somebody who knew of a planned meeting and is not on its list any more."""
    names = [each.name for each in earlier]
    return numbered(UNINVITED, names) if names and not is_uninvited(earlier) else ""


def is_uninvited(earlier: Sequence[Earlier]) -> bool:
    return bool(earlier) and latest(earlier).name.startswith(UNINVITED)


def latest(earlier: Sequence[Earlier]) -> Earlier:
    return max(earlier, key=lambda each: (each.at, len(each.name), each.name))


def changed_parts(facts: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Which of what a notice promises is another by now."""
    return [name for name in Plan.WATCHED if facts.get(name) != before.get(name)]
