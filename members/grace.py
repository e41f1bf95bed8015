"""How long an account that can do much may still be used with a password alone."""

from __future__ import annotations

import datetime

from django.utils import timezone

from members.actions import begin_grace
from members.models import BranchRules, User


def days_left(user: User, today: datetime.date | None = None) -> int | None:
    """Days of grace, 0 when they are over; None for whoever needs no second factor or has one. The days count from the
    first use of the account with such a role, which is noted here."""
    if not user.needs_second_factor or user.has_second_factor:
        return None
    today = today or timezone.localdate()
    since = begin_grace(user, today)
    return max(0, BranchRules.load().second_factor_grace_days - (today - since).days)
