"""What every app has to say to one person: counts that lead to the list behind them."""

from __future__ import annotations

import datetime

from django.utils import timezone

from branch_portal.desk.findings import (
    accounts,
    appraisals,
    checkin,
    decisions,
    duties,
    integrity,
    meetings,
    members,
    news,
    rectification,
)
from branch_portal.desk.findings.finding import Finding
from members.models import User

__all__ = ["Finding", "findings_for"]


def findings_for(user: User, now: datetime.datetime) -> list[Finding]:
    """Only what the person can do something about; nothing is shown for a count of 0.

    An app adds what it has to say by a module of its own beside this: the findings of one person, each saying whose it is.
    """
    today = timezone.localdate(now)
    found = [
        *appraisals.about(user, now),
        *meetings.about_own(user, now),
        *meetings.about(user, now),
        *decisions.about(user, today),
        *rectification.about(user, today),
        *duties.about(user, today),
        *checkin.about(user),
        *members.about(user, today),
        *integrity.about(user, today),
        *accounts.about(user),
        *news.about(user),
    ]
    return [finding for finding in found if finding.count]
