"""Leave from coming meetings."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.checkin.models import LeaveRequest
from meetings.models import Meeting
from members.models import User


def about(user: User) -> list[Finding]:
    """Leave requests: those that wait for one's decision, and the own ones that were refused."""
    address = reverse("checkin:overview")
    found = LeaveRequest.objects.filter(meeting__in=Meeting.objects.visible_to(user))
    mine = LeaveRequest.objects.of_coming_meetings().filter(member=user.member_id, state="refused")
    return [
        Finding(found.waiting().to_be_decided_by(user).count(), _("leave requests to decide on"), address),
        Finding(
            mine.count(),
            _("of your leave requests refused: you are expected to come"),
            address,
            is_mine=True,
        ),
    ]
