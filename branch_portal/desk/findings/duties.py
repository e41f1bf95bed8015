"""The duty calendar."""

from __future__ import annotations

import datetime
from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.duties.reading import duties_open
from meetings.duties.vocabulary import Status
from members.models import User
from members.permissions import Capability


def about(user: User, today: datetime.date) -> list[Finding]:
    """What the branch is asked to hold (handbook, 3.1), for those who plan."""
    if not user.may(Capability.PLAN_MEETINGS):
        return []
    open_now = Counter(duty.period.status for duty in duties_open(user, today))
    address = reverse("duties:calendar", args=[today.year])
    return [
        Finding(
            open_now[Status.DUE],
            _("duties due by the end of this quarter, not planned yet"),
            f"{address}#open",
        ),
        Finding(
            open_now[Status.MISSING],
            _("duties missed in this quarter or the last one"),
            f"{address}#missed",
        ),
    ]
