"""Accounts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from members.models import ActivationSlip, User
from members.permissions import Capability


def about(user: User) -> list[Finding]:
    """A slip that somebody used is somebody's new password: told until it was looked at."""
    if not user.may(Capability.MANAGE_ACCOUNTS):
        return []
    used = ActivationSlip.objects.used_unseen_by(user).count()
    return [Finding(used, _("activation slips used, to look at"), reverse("members:slips"))]
