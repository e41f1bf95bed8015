"""Days counted from the one on which the sample is loaded, or by the habit of the branch."""

from __future__ import annotations

import datetime

_FRIDAY = 4


def working_day(today: datetime.date, days: int) -> datetime.date:
    """So many days from today; a weekend gives way to the Friday before, or to a Monday to come."""
    day = today + datetime.timedelta(days=days)
    over = max(0, day.weekday() - _FRIDAY)
    if over:
        day += datetime.timedelta(days=3 - over if days > 0 else -over)
    return day


def second_friday(year: int, month: int) -> datetime.date:
    """When the branch meets."""
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(_FRIDAY - first.weekday()) % 7 + 7)
