"""Decisions that are carried out."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.decisions.models import Decision
from members.models import User
from members.permissions import Capability


def about(user: User, today: datetime.date) -> list[Finding]:
    """What one carries out oneself; for those who keep the decisions what waits for a step of theirs."""
    address = reverse("decisions:list")
    found = []
    if user.member_id:
        mine = Decision.objects.filter(owner=user.member_id, state=Decision.State.IN_EXECUTION).count()
        own = f"{address}?state={Decision.State.IN_EXECUTION}&owner={user.member_id}"
        found.append(Finding(mine, _("decisions that you carry out"), own, is_mine=True))
    if user.may(Capability.KEEP_DECISIONS):
        found += [
            Finding(
                Decision.objects.overdue_on(today).count(),
                _("decisions whose execution is overdue"),
                f"{address}?state=overdue",
            ),
            Finding(
                Decision.objects.filter(state=Decision.State.COMPLETED).count(),
                _("decisions whose execution is to be checked"),
                f"{address}?state={Decision.State.COMPLETED}",
            ),
            Finding(
                Decision.objects.to_be_taken_up().count(),
                _("deferred matters to take up again"),
                f"{address}?state=to_take_up",
            ),
        ]
    return found
