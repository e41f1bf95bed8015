"""What an attender gets of a meeting's study hours (handbook, 5): a rule over plain facts.

The hours of the meeting's parts count together; a part counts for its teacher by the branch's percentage, the whole by the
percentage for online attendance where somebody was online. Who came late or left early, as the recorded times say, gets the
share of the meeting that he or she was there for: nobody notes the minute at which a topic began. A full day is 8 hours
at most (R-5.3). The result has tenths of an hour, a half rounded up.

``study_credits``, the function in the database, reckons the same: a change here needs a migration there.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from meetings.kinds import MeetingKind
from meetings.lateness import is_late

HOURS_OF_A_FULL_DAY = 8
_DAY = 24 * 3600
_TENTH = Decimal("0.1")

# Collective study by itself: without recorded parts such a meeting counts with its own length.
STUDY_KINDS = (
    MeetingKind.PARTY_LESSON,
    MeetingKind.READING_CLASS,
    MeetingKind.RED_BASE_VISIT,
    MeetingKind.THEME_PARTY_DAY,
)


@dataclass(frozen=True)
class Part:
    """A topic's hours, and the id of the member who taught it."""

    hours: Decimal
    teacher: int | None = None


@dataclass(frozen=True)
class Factors:
    """In percent: what taking part online counts, and what a part counts for its teacher."""

    online: int = 100
    teacher: int = 100


@dataclass(frozen=True)
class Held:
    """A meeting, as far as the reckoning needs it."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime | None
    grace_minutes: int
    parts: Sequence[Part]
    factors: Factors = Factors()


@dataclass(frozen=True)
class Presence:
    """How somebody came: the person's id, the way, and the times as far as they are recorded."""

    person: int
    is_online: bool = False
    arrived_at: datetime.datetime | None = None
    left_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Credit:
    """The hours that count, and why they are not simply those of the parts. ``there`` and ``length`` in seconds: how long
    the person was there, of how long the meeting was; equal where somebody was there from start to end."""

    hours: Decimal
    there: int
    length: int
    is_late: bool = False
    left_early: bool = False
    online: int | None = None  # the percentage, where the person was online
    teacher: int | None = None  # the percentage, where the person taught


def credit(held: Held, presence: Presence) -> Credit:
    """Of somebody who came, in the room or online; whoever did not come gets nothing and is not asked here."""
    late = is_late(presence.arrived_at, held.starts_at, held.grace_minutes)
    early = presence.left_at is not None and held.ends_at is not None and presence.left_at < held.ends_at
    length, there = _seconds(held, presence, late=late)
    taught = sum(part.hours for part in held.parts if part.teacher == presence.person)
    whole = 100 * sum(part.hours for part in held.parts) + taught * (held.factors.teacher - 100)
    way = held.factors.online if presence.is_online else 100
    hours = (
        tenths(Decimal(whole) * way * there / (10_000 * length)) if length else tenths(whole * way / 10_000)
    )
    return Credit(
        hours=min(hours, Decimal(HOURS_OF_A_FULL_DAY * begun_days(held.starts_at, held.ends_at))),
        there=there,
        length=length,
        is_late=late,
        left_early=early,
        online=way if presence.is_online else None,
        teacher=held.factors.teacher if taught else None,
    )


def _seconds(held: Held, presence: Presence, *, late: bool) -> tuple[int, int]:
    """How long the meeting was and how much of it the person was there; without a recorded end nobody knows a share."""
    length = int((held.ends_at - held.starts_at).total_seconds()) if held.ends_at else 0
    if not length:
        return 0, 0
    begins = presence.arrived_at if late else held.starts_at
    ends = min(presence.left_at or held.ends_at, held.ends_at)
    return length, min(length, max(0, int((ends - begins).total_seconds())))


def tenths(hours: Decimal) -> Decimal:
    return Decimal(hours).quantize(_TENTH, ROUND_HALF_UP)


def begun_days(starts_at: datetime.datetime, ends_at: datetime.datetime | None) -> int:
    """Each begun day of a meeting; one where no end is recorded."""
    if ends_at is None:
        return 1
    return max(1, -int(-(ends_at - starts_at).total_seconds() // _DAY))


def most_hours(starts_at: datetime.datetime, ends_at: datetime.datetime | None) -> int:
    """How many hours all parts of a meeting have together at most."""
    return HOURS_OF_A_FULL_DAY * begun_days(starts_at, ends_at)


def is_study(kinds: Collection[str]) -> bool:
    return bool(set(kinds) & set(STUDY_KINDS))


def proposed_hours(
    kinds: Collection[str],
    starts_at: datetime.datetime,
    ends_at: datetime.datetime | None,
    recorded: Decimal = Decimal(0),
) -> Decimal | None:
    """What a new part starts with: the meeting's length without what other parts have, where the meeting is one of study;
    None where there is nothing to propose."""
    if not is_study(kinds) or ends_at is None:
        return None
    length = Decimal(int((ends_at - starts_at).total_seconds())) / 3600
    left = tenths(min(length, Decimal(most_hours(starts_at, ends_at))) - recorded)
    return left if left > 0 else None
