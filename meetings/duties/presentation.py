"""The calendar as its page shows it: rows with their names, cells with their words and the addresses they lead to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.duties import elsewhere
from meetings.duties.calendar import Calendar, Cell, Event, Month, OpenDuty, Period, Row
from meetings.duties.vocabulary import DUTY_LABELS, TALKS, Status
from meetings.duties.wording import (
    asked_in_words,
    day_to_plan,
    first_working_day,
    is_to_be_planned,
    period_in_words,
)
from members.models import PartyGroup

# Word and icon, never colour alone.
ICONS = {
    Status.KEPT: "check2-circle",
    Status.PLANNED: "calendar-event",
    Status.DUE: "hourglass-split",
    Status.MISSING: "exclamation-octagon",
    Status.NOT_ASKED: "dash",
    Status.FUTURE: "circle",
}
TONES = {
    Status.KEPT: "good",
    Status.PLANNED: "info",
    Status.DUE: "warn",
    Status.MISSING: "bad",
    Status.NOT_ASKED: "quiet",
    Status.FUTURE: "quiet",
}


@dataclass(frozen=True)
class ShownStatus:
    """A status with its word, its icon and the tone of its colour."""

    key: str
    word: str
    icon: str
    tone: str

    @classmethod
    def of(cls, status: Status) -> ShownStatus:
        return cls(status.value, str(status.label), ICONS[status], TONES[status])


@dataclass(frozen=True)
class Head:
    """A column: the month in short, in full, and whether it lies after December."""

    short: str
    full: str
    is_next_year: bool
    is_now: bool


@dataclass(frozen=True)
class ShownCell:
    head: Head
    status: ShownStatus
    events: tuple[Event, ...]
    plan: str  # the address that plans a meeting for it; empty where nothing is to be planned


@dataclass(frozen=True)
class ShownRow:
    label: str
    asked: str
    kept_of: str
    is_kept: bool
    cells: list[ShownCell]
    address: str  # of a duty that another app counts


@dataclass(frozen=True)
class ShownDuty:
    """A duty that is open, in words, with the address that plans it."""

    label: str
    when: str
    status: ShownStatus
    plan: str


def heads(calendar: Calendar, today: datetime.date) -> list[Head]:
    return [_head(month, calendar.year, today) for month in calendar.months]


def rows(
    calendar: Calendar, groups: Mapping[int, PartyGroup], today: datetime.date, *, may_plan: bool
) -> list[ShownRow]:
    """The rows of the page; without ``may_plan`` no cell leads to a plan."""
    columns = heads(calendar, today)
    return [_row(row, calendar.year, columns, groups, today, may_plan=may_plan) for row in calendar.rows]


def duties(
    found: list[OpenDuty], groups: Mapping[int, PartyGroup], today: datetime.date, *, may_plan: bool
) -> list[ShownDuty]:
    """What is open, in words."""
    return [
        ShownDuty(
            label=_label(duty.row, groups),
            when=period_in_words(duty.period, duty.year),
            status=ShownStatus.of(duty.period.status),
            plan=_plan_of_period(duty, today) if may_plan else "",
        )
        for duty in found
    ]


def _head(month: Month, year: int, today: datetime.date) -> Head:
    short = date_format(month.first, pgettext("format of a month", "M"))
    full = date_format(month.first, "YEAR_MONTH_FORMAT")
    return Head(short, full, month.year > year, month == Month.of(today))


def _row(
    row: Row,
    year: int,
    columns: list[Head],
    groups: Mapping[int, PartyGroup],
    today: datetime.date,
    *,
    may_plan: bool,
) -> ShownRow:
    address = elsewhere.address_of(row.kind)
    return ShownRow(
        label=_label(row, groups),
        asked=_asked(row.periods),
        kept_of=_("%(kept)d of %(asked)d") % {"kept": row.kept, "asked": row.asked},
        is_kept=row.kept >= row.asked,
        cells=[
            _cell(row, cell, head, year, today, may_plan=may_plan)
            for head, cell in zip(columns, row.cells, strict=True)
        ],
        address=reverse(address) if address else "",
    )


def _label(row: Row, groups: Mapping[int, PartyGroup]) -> str:
    label = capfirst(str(DUTY_LABELS[row.kind]))
    if row.group is None:
        return label
    return _("%(kind)s: %(group)s") % {"kind": label, "group": groups[row.group]}


def _asked(periods: tuple[Period, ...]) -> str:
    """Each way of asking of the year once: a rule may change within it."""
    return ", ".join(dict.fromkeys(asked_in_words(period.rule) for period in periods))


def _cell(row: Row, cell: Cell, head: Head, year: int, today: datetime.date, *, may_plan: bool) -> ShownCell:
    plan = ""
    if may_plan and row.kind != TALKS and is_to_be_planned(cell):
        plan = plan_address(row, year, day_to_plan(cell, today))
    return ShownCell(head, ShownStatus.of(cell.status), cell.events, plan)


def _plan_of_period(duty: OpenDuty, today: datetime.date) -> str:
    if duty.row.kind == TALKS:
        return ""
    month = min(max(Month.of(today), Month.of(duty.period.first)), Month.of(duty.period.last))
    return plan_address(duty.row, duty.year, first_working_day(month, duty.period, today))


def plan_address(row: Row, year: int, day: datetime.date) -> str:
    """The form of a new meeting with its kind, year, day and group filled in."""
    asked = {"kind": row.kind, "for_year": year, "starts": day.isoformat()}
    if row.group is not None:
        asked["group"] = row.group
    return f"{reverse('meetings:new')}?{urlencode(asked)}"
