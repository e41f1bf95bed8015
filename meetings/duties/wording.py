"""The calendar in words: what a period is called, what a rule asks for, the day that a new plan starts from."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.duties.calendar import Cell, Month, Period, Rule
from meetings.duties.vocabulary import Frequency, Status

_SATURDAY = 5


def period_in_words(period: Period, year: int) -> str:
    """March 2026; 1st quarter of 2026; 2026; or the window's days."""
    if period.rule.frequency == Frequency.MONTH:
        return date_format(period.last, "YEAR_MONTH_FORMAT")
    if period.rule.frequency == Frequency.QUARTER:
        return _("quarter %(quarter)d of %(year)d") % {"quarter": (period.last.month + 2) // 3, "year": year}
    days = {
        "first": date_format(period.first, "DATE_FORMAT"),
        "last": date_format(period.last, "DATE_FORMAT"),
    }
    return _("for %(year)d, %(first)s – %(last)s") % {"year": year, **days}


def asked_in_words(rule: Rule) -> str:
    """What the rule asks for, in a few words."""
    if rule.frequency == Frequency.TIMES:
        return _("%(times)d times a year") % {"times": rule.times}
    if rule.frequency == Frequency.ONCE and (window := rule.window):
        # Any leap year: the words name no year.
        first, last = (date_format(day, pgettext("format of a day", "j F")) for day in window.of_year(2000))
        if window.ends_next_year:
            return _("once for the year, from %(first)s to %(last)s of the next year") % {
                "first": first,
                "last": last,
            }
        return _("once for the year, from %(first)s to %(last)s") % {"first": first, "last": last}
    return str(Frequency(rule.frequency).label)


def day_to_plan(cell: Cell, today: datetime.date) -> datetime.date:
    """A day inside the month and what is asked for in it, from tomorrow on where there is one: a proposal to be changed."""
    return first_working_day(cell.month, cell.period, today)


def first_working_day(month: Month, period: Period | None, today: datetime.date) -> datetime.date:
    """The first working day of the month that lies in the period and is still to come; of a month that is over, its
    last one."""
    first = max(month.first, period.first) if period else month.first
    last = min(month.last, period.last) if period else month.last
    inside = [first + datetime.timedelta(days=by) for by in range((last - first).days + 1)]
    working = [day for day in inside if day.weekday() < _SATURDAY] or inside
    return next((day for day in working if day > today), working[-1])


def is_to_be_planned(cell: Cell) -> bool:
    """Whether the cell leads to a new plan."""
    return cell.status in {Status.DUE, Status.MISSING, Status.FUTURE}
