"""When something that recurs is due again: pure rules over dates."""

from __future__ import annotations

import datetime

from members.timeline import add_months

REVIEW_MONTHS = 12  # handbook, 9: revised whenever duties or processes change, otherwise reviewed yearly
REMIND_DAYS = 30


def next_review_on(last: datetime.date) -> datetime.date:
    """The day by which a risk point is reviewed again: a year after it was put in force or last reviewed."""
    return add_months(last, REVIEW_MONTHS)


def next_fulfilment_on(started_on: datetime.date, last: datetime.date | None, months: int) -> datetime.date:
    """The day by which a duty that recurs every so many months is to be done: counted from the day it was last done, or
    from the day it began."""
    return add_months(last or started_on, months)


def is_near(due_on: datetime.date, today: datetime.date) -> bool:
    """Past, or within the days in which the desk reminds."""
    return due_on <= today + datetime.timedelta(days=REMIND_DAYS)
