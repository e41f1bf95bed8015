"""Meetings and their minutes."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.models import Meeting
from members.models import User
from members.permissions import Capability

State = Meeting.State


def about_own(user: User, now: datetime.datetime) -> list[Finding]:
    """Whoever chairs signs the minutes, whoever records completes them, whatever else they may do."""
    if not user.member_id:
        return []
    address, mine = reverse("meetings:list"), user.member_id
    passed = Meeting.objects.filter(chair=mine, state=State.PLANNED, starts_at__lt=now)
    drafts = Meeting.objects.filter(state=State.DRAFT_MINUTES)
    return [
        Finding(
            drafts.filter(chair=mine).count(),
            _("draft minutes that you sign as chair"),
            f"{address}?state={State.DRAFT_MINUTES}&chair={mine}",
            is_mine=True,
        ),
        Finding(
            drafts.filter(recorder=mine).count(),
            _("draft minutes that you complete as recorder"),
            f"{address}?state={State.DRAFT_MINUTES}&recorder={mine}",
            is_mine=True,
        ),
        Finding(
            passed.count(),
            _("meetings that you chair whose time has passed: open, or have them cancelled"),
            f"{address}?state={State.PLANNED}&chair={mine}",
            is_mine=True,
        ),
    ]


def about(user: User, now: datetime.datetime) -> list[Finding]:
    if not user.may(Capability.RECORD_MEETINGS):
        return []
    meetings, address = Meeting.objects.visible_to(user), reverse("meetings:list")
    overdue = meetings.filter(state=State.PLANNED, starts_at__lt=now).count()
    return [
        Finding(
            meetings.filter(state=State.IN_SESSION).count(),
            _("meetings in session"),
            f"{address}?state={State.IN_SESSION}",
        ),
        Finding(overdue, _("planned meetings whose time has passed"), f"{address}?state={State.PLANNED}"),
        Finding(
            meetings.filter(state=State.DRAFT_MINUTES).count(),
            _("draft minutes to complete and sign"),
            f"{address}?state={State.DRAFT_MINUTES}",
        ),
    ]
