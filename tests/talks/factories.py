"""Talks, entered by the portal's own action."""

from __future__ import annotations

import datetime

from meetings.talks import actions
from meetings.talks.models import Talk
from members.models import Member, User
from tests.factories import make_member

DAY = datetime.date(2026, 5, 12)


def make_talk(*, by: User, partner: Member | None = None, **fields) -> Talk:
    """Between the account's person, unless a talker is named, and the partner."""
    values = {
        "on": DAY,
        "talker": by.member,
        "points": "谈思想、谈工作",
        "partner": partner or make_member(),
        **fields,
    }
    return actions.enter(Talk(**values), by=by)
