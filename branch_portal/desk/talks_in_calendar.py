"""Talks are no meetings: what is counted of them is told to the duty calendar, which does not know their app."""

from __future__ import annotations

import datetime

from meetings.duties.calendar import Tally
from meetings.talks.reading import pairs_of_year


def talks_of_year(year: int, today: datetime.date) -> Tally:
    """How many pairs the year asks for, and how many have talked."""
    found = pairs_of_year(year, today)
    return Tally(asked=found.asked.count, done=found.done)
