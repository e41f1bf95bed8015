"""Whether the branch keeps in touch with its mobile members: pure rules over plain facts (handbook 5).

Rules warn and never act: no flag changes a membership (R-5.10).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from members.timeline import add_months

MOBILE_MONTHS = 6  # away so long without moving the affiliation
LOST_MONTHS = 6  # no contact for so long
ABROAD_MONTHS = 6  # whoever is abroad is heard of at least once every half-year
WARN_MONTHS = (5, 4, 3)


class Flag(StrEnum):
    """How long nobody has heard of somebody."""

    NONE = "none"
    THREE_MONTHS = "3"
    FOUR_MONTHS = "4"
    FIVE_MONTHS = "5"
    LOST = "lost"


@dataclass(frozen=True)
class Silence:
    """What the register says of one person on one day."""

    flag: Flag
    due_on: datetime.date
    is_due: bool
    is_mobile_member: bool


def silence(
    *,
    since: datetime.date,
    last_contact: datetime.date | None,
    today: datetime.date,
    contact_days: int,
    is_abroad: bool = False,
) -> Silence:
    """``since``: away from that day on, from which silence counts where there was no contact yet. The days of the branch
    hold for everybody; for whoever is abroad they are never more than half a year."""
    heard = max(last_contact, since) if last_contact else since
    due_on = heard + datetime.timedelta(days=contact_days)
    if is_abroad:
        due_on = min(due_on, add_months(heard, ABROAD_MONTHS))
    return Silence(
        flag=silence_flag(heard, today),
        due_on=due_on,
        is_due=today >= due_on,
        is_mobile_member=today >= add_months(since, MOBILE_MONTHS),
    )


def silence_flag(heard: datetime.date, today: datetime.date) -> Flag:
    """How long nobody has heard of somebody who was last heard of on the first of these days."""
    if today >= add_months(heard, LOST_MONTHS):
        return Flag.LOST
    for months in WARN_MONTHS:
        if today >= add_months(heard, months):
            return Flag(str(months))
    return Flag.NONE
