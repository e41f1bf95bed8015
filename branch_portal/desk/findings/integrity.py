"""Risk points and integrity duties."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.integrity.due import is_near
from meetings.integrity.models import Responsibility, RiskPoint
from members.models import User
from members.permissions import Capability


def about(user: User, today: datetime.date) -> list[Finding]:
    """The yearly review of risk points, and what the person's own post asks for."""
    found = []
    if user.may(Capability.KEEP_INTEGRITY_LISTS):
        address = f"{reverse('integrity:risks')}?state=to_review"
        found.append(Finding(RiskPoint.objects.to_review(today).count(), _("risk points to review"), address))
    if user.member_id:
        own = Responsibility.objects.running().filter(holder=user.member_id).with_last_fulfilment()
        near = sum(is_near(duty.due_on, today) for duty in own)
        text, address = _("integrity duties of your post to fulfil"), reverse("integrity:responsibilities")
        found.append(Finding(near, text, address, is_mine=True))
    return found
