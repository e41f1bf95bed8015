"""Whether a branch keeps its duties: rules and facts of a year in, a status for every month out. No database.

* The year a meeting is *for* counts, not its date (R-3.2). One held after the year, or before it, stands in the last
  or the first month; a duty of the year shows it in its own month of the next year.
* One event counts for each of its kinds (R-3.3). Cancelled ones are no facts and never come here.
* A plan counts as planned up to its day; after that it was not held until somebody opens the meeting.
* A month or a quarter is asked for by the version of the rule in force on its last day, a duty of the whole year by
  the one in force on 31 December; nothing is asked for before a version began.
* Everything here warns; nothing blocks (R-3.1).
"""

from __future__ import annotations

import calendar as days
import datetime
import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from meetings.duties.vocabulary import Frequency, Status

Day = datetime.date
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3}


class Month(NamedTuple):
    """A column of the calendar; those after December belong to the next year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: Day) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> Day:
        return Day(self.year, self.month, 1)

    @property
    def last(self) -> Day:
        return Day(self.year, self.month, days.monthrange(self.year, self.month)[1])


@dataclass(frozen=True)
class Window:
    """From a month and day of the year to a month and day of it or of the next."""

    from_month: int
    from_day: int
    to_month: int
    to_day: int
    ends_next_year: bool

    def of_year(self, year: int) -> tuple[Day, Day]:
        """First and last day; a day that the month does not have is its last."""
        return (
            _day(year, self.from_month, self.from_day),
            _day(year + self.ends_next_year, self.to_month, self.to_day),
        )


@dataclass(frozen=True)
class Rule:
    """One version of what is asked for of a kind, in force until the next one of the kind begins."""

    kind: str
    frequency: str
    valid_from: Day
    times: int = 1
    window: Window | None = None
    per_group: bool = False
    is_active: bool = True
    warns: bool = True


class Happening(Enum):
    HELD = "held"
    UNDER_WAY = "under way"
    PLANNED = "planned"


@dataclass(frozen=True)
class Event:
    """What the calendar knows of a meeting. ``is_visible``: whether its reader may open it."""

    key: int
    kinds: frozenset[str]
    for_year: int
    day: Day
    happening: Happening
    group: int | None = None
    title: str = ""
    is_visible: bool = True

    def counts_as_planned(self, today: Day) -> bool:
        return self.happening == Happening.UNDER_WAY or (
            self.happening == Happening.PLANNED and self.day >= today
        )


@dataclass(frozen=True)
class Tally:
    """What another app counted for a year: of so many asked for, so many done."""

    asked: int
    done: int


@dataclass(frozen=True)
class Period:
    """A stretch of days in which a duty is asked for so many times, and what became of it."""

    rule: Rule
    first: Day
    last: Day
    needed: int
    held: int = 0
    status: Status = Status.FUTURE


@dataclass(frozen=True)
class Cell:
    """One month of one duty; ``period`` is what is asked for in it."""

    month: Month
    status: Status
    events: tuple[Event, ...] = ()
    period: Period | None = None


@dataclass(frozen=True)
class Row:
    """One duty of the year, of one Party group where each is asked for itself."""

    kind: str
    group: int | None
    periods: tuple[Period, ...]
    cells: tuple[Cell, ...]

    @property
    def asked(self) -> int:
        return sum(period.needed for period in self.periods)

    @property
    def kept(self) -> int:
        """Never more than asked for: twice in one month is not once in two."""
        return sum(min(period.held, period.needed) for period in self.periods)


@dataclass(frozen=True)
class Calendar:
    year: int
    months: tuple[Month, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class OpenDuty:
    """Something that should be held or planned: due now, or lately missed."""

    row: Row
    period: Period
    year: int


def calendar_of(
    year: int,
    *,
    rules: Iterable[Rule],
    events: Iterable[Event],
    groups: Sequence[int] = (),
    tallies: Mapping[str, Tally] | None = None,
    today: Day,
) -> Calendar:
    """The calendar of a year. Rows stand in the order in which the kinds first appear among the rules."""
    versions: dict[str, list[Rule]] = {}
    for rule in rules:
        versions.setdefault(rule.kind, []).append(rule)
    asked = {kind: asked_periods(rows, year, (tallies or {}).get(kind)) for kind, rows in versions.items()}
    months = _columns(year, [period for periods in asked.values() for period in periods])
    of_year = [event for event in events if event.for_year == year]
    rows = []
    for kind, periods in asked.items():
        tally, of_kind = (tallies or {}).get(kind), [event for event in of_year if kind in event.kinds]
        if whole := [period for period in periods if not period.rule.per_group]:
            rows.append(_row(kind, None, whole, of_kind, months, tally, today))
        if grouped := [period for period in periods if period.rule.per_group]:
            for group in groups:
                of_group = [event for event in of_kind if event.group == group]
                rows.append(_row(kind, group, grouped, of_group, months, tally, today))
    return Calendar(year, months, tuple(rows))


def told_between(today: Day) -> tuple[Day, Day]:
    """What ended in the quarter before this one or later is told as missed; what ends in this one, as due."""
    this_quarter = Month(today.year, (today.month - 1) // 3 * 3 + 1)
    return _later(this_quarter, -3).first, _later(this_quarter, 2).last


def open_duties(calendars: Iterable[Calendar], today: Day) -> list[OpenDuty]:
    """What is due by the end of this quarter and neither held nor planned, and what was missed in this quarter or the
    one before; the missed ones first, the earliest first."""
    since, until = told_between(today)
    found = [
        OpenDuty(row, period, calendar.year)
        for calendar in calendars
        for row in calendar.rows
        for period in row.periods
        if period.rule.warns
        and (
            (period.status == Status.DUE and period.last <= until)
            or (period.status == Status.MISSING and period.last >= since)
        )
    ]
    return sorted(found, key=lambda duty: (duty.period.status != Status.MISSING, duty.period.last))


def reaches(rules: Iterable[Rule], year: int, day: Day) -> bool:
    """Whether anything that the rules ask for in the year may be due on that day or later."""
    return any(last >= day for rule in rules for _first, last in _spans(rule, year))


def asked_periods(versions: Sequence[Rule], year: int, tally: Tally | None = None) -> list[Period]:
    """What the versions of one kind's rule ask for in a year, in order; without status yet."""
    found = []
    for rule, next_one in pairwise([*sorted(versions, key=lambda rule: rule.valid_from), None]):
        for first, last in _spans(rule, year):
            decisive = last if rule.frequency in _MONTHS else Day(year, 12, 31)
            in_force = rule.valid_from <= decisive and (next_one is None or decisive < next_one.valid_from)
            needed = _needed(rule, tally)
            if rule.is_active and in_force and rule.valid_from <= last and needed:
                found.append(Period(rule, max(first, rule.valid_from), last, needed))
    return sorted(found, key=lambda period: period.first)


def _needed(rule: Rule, tally: Tally | None) -> int:
    if rule.frequency == Frequency.PAIRS:
        return tally.asked if tally else 0
    return rule.times if rule.frequency == Frequency.TIMES else 1


def _spans(rule: Rule, year: int) -> list[tuple[Day, Day]]:
    if step := _MONTHS.get(rule.frequency):
        return [
            (Month(year, first).first, Month(year, first + step - 1).last) for first in range(1, 13, step)
        ]
    if rule.frequency == Frequency.ONCE and rule.window:
        return [rule.window.of_year(year)]
    return [(Day(year, 1, 1), Day(year, 12, 31))]


def _columns(year: int, periods: Collection[Period]) -> tuple[Month, ...]:
    """January to December, and the months of the next year into which a window reaches."""
    end = max([Day(year, 12, 31), *(period.last for period in periods)])
    return tuple(_months(Day(year, 1, 1), end))


def _row(
    kind: str,
    group: int | None,
    periods: list[Period],
    events: list[Event],
    months: tuple[Month, ...],
    tally: Tally | None,
    today: Day,
) -> Row:
    placed = _placed(events, _own_columns(periods, months))
    shares = [_share(period, periods, placed) for period in periods]
    judged = tuple(
        _judged(period, share, tally, today) for period, share in zip(periods, shares, strict=True)
    )
    cells = tuple(_cell(month, judged, placed, today) for month in months)
    return Row(kind, group, judged, cells)


def _own_columns(periods: list[Period], months: tuple[Month, ...]) -> tuple[Month, ...]:
    """The months of the next year are for duties of the year; what is asked every month ends in December."""
    reaches_on = any(period.rule.frequency == Frequency.ONCE for period in periods)
    return months if reaches_on else months[:12]


def _placed(events: list[Event], months: tuple[Month, ...]) -> dict[Month, list[Event]]:
    """Each event in one month: its own, or the nearest that the row has."""
    placed: dict[Month, list[Event]] = {month: [] for month in months}
    for event in sorted(events, key=lambda event: (event.day, event.key)):
        placed[min(max(Month.of(event.day), months[0]), months[-1])].append(event)
    return placed


def _share(period: Period, periods: list[Period], placed: dict[Month, list[Event]]) -> list[Event]:
    """The events that count for the period. A duty of the year has all that no month or quarter has, wherever they
    stand: held outside its window it is held all the same."""
    if period.rule.frequency in _MONTHS:
        return [event for month in _months(period.first, period.last) for event in placed[month]]
    taken = {
        month
        for other in periods
        if other.rule.frequency in _MONTHS
        for month in _months(other.first, other.last)
    }
    return [event for month, there in placed.items() if month not in taken for event in there]


def _judged(period: Period, share: list[Event], tally: Tally | None, today: Day) -> Period:
    is_tallied = period.rule.frequency == Frequency.PAIRS and tally is not None
    held = tally.done if is_tallied else sum(event.happening == Happening.HELD for event in share)
    planned = sum(event.counts_as_planned(today) for event in share)
    if held >= period.needed:
        status = Status.KEPT
    elif held + planned >= period.needed:
        status = Status.PLANNED
    elif today > period.last:
        status = Status.MISSING
    else:
        status = Status.DUE if today >= period.first else Status.FUTURE
    return Period(period.rule, period.first, period.last, period.needed, held, status)


def _cell(month: Month, periods: tuple[Period, ...], placed: dict[Month, list[Event]], today: Day) -> Cell:
    events = tuple(placed.get(month, ()))
    period = next((one for one in periods if month in _months(one.first, one.last)), None)
    if any(event.happening == Happening.HELD for event in events):
        status = Status.KEPT
    elif any(event.counts_as_planned(today) for event in events):
        status = Status.PLANNED
    else:
        status = _of_gap(month, period, placed, today) if period else Status.NOT_ASKED
    return Cell(month, status, events, period)


def _of_gap(month: Month, period: Period, placed: dict[Month, list[Event]], today: Day) -> Status:
    """A month in which nothing counts: the duty is due now, was missed, is to come, or nothing more is asked for."""
    now = Month.of(today)
    if period.status == Status.FUTURE or (period.status == Status.DUE and month > now):
        return Status.FUTURE
    if period.status == Status.DUE and month == now:
        return Status.DUE
    if period.status == Status.MISSING and month == _last_gap(period, placed, today):
        return Status.MISSING
    is_tallied = period.rule.frequency == Frequency.PAIRS
    if is_tallied and period.status == Status.KEPT and month == min(now, Month.of(period.last)):
        return Status.KEPT
    return Status.NOT_ASKED


def _last_gap(period: Period, placed: dict[Month, list[Event]], today: Day) -> Month | None:
    """The month in which a missed duty is shown: the last of its months without anything that counts."""
    gaps = [
        month
        for month in _months(period.first, period.last)
        if not any(
            event.happening == Happening.HELD or event.counts_as_planned(today)
            for event in placed.get(month, ())
        )
    ]
    return gaps[-1] if gaps else None


def _day(year: int, month: int, day: int) -> Day:
    return min(Month(year, month).last, Month(year, month).first + datetime.timedelta(days=day - 1))


def _later(month: Month, by: int) -> Month:
    number = month.year * 12 + month.month - 1 + by
    return Month(number // 12, number % 12 + 1)


@functools.lru_cache(maxsize=1024)
def _months(first: Day, last: Day) -> tuple[Month, ...]:
    """The months that the days touch, in order. The same few periods are asked for over and over."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(_later(Month.of(first), by) for by in range(count))
