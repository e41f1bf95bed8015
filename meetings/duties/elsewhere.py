"""Duties that are no meetings: an app that can count them registers here, and its row stands in the calendar.

The duties never import such an app; the roof brings both together, e.g. in an ``AppConfig.ready`` above them:
``elsewhere.register(TALKS, tally_of_year, "talks:list")``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from meetings.duties.calendar import Tally

# (year, today) → how many are asked for in the year and how many of them were done.
Counting = Callable[[int, datetime.date], Tally]


@dataclass(frozen=True)
class Elsewhere:
    counting: Counting
    address: str  # the name of the page behind the figure


_registered: dict[str, Elsewhere] = {}


def register(kind: str, counting: Counting, address: str) -> None:
    """From now on the calendar asks ``counting`` for the kind's figures."""
    _registered[kind] = Elsewhere(counting, address)


def tallies(year: int, today: datetime.date) -> dict[str, Tally]:
    """The figures of every registered kind."""
    return {kind: one.counting(year, today) for kind, one in _registered.items()}


def address_of(kind: str) -> str:
    """The name of the page behind the figures of a kind; empty if nobody registered it."""
    one = _registered.get(kind)
    return one.address if one else ""
