"""The register of mobile members on a day: who is away, and what the rules say of the silence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from members.compliance import Silence, silence
from members.models import BranchRules, MobilePeriod


@dataclass(frozen=True)
class Line:
    """One person of the register, with what the rules say of the silence."""

    period: MobilePeriod
    silence: Silence


def lines(today: datetime.date) -> list[Line]:
    """Whoever is away on that day, the longest due first. Two queries, however many people."""
    days = BranchRules.load().contact_days
    periods = (
        MobilePeriod.objects.running_on(today)
        .filter(member__left_on=None)
        .with_last_contact()
        .select_related("member", "contact_person")
    )
    found = [
        Line(
            period,
            silence(since=period.since, last_contact=period.last_contact_on, today=today, contact_days=days),
        )
        for period in periods
    ]
    return sorted(found, key=lambda line: line.silence.due_on)
