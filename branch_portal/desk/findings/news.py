"""Activity news."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from branch_portal.news.models import Report
from members.models import User
from members.permissions import Capability


def about(user: User) -> list[Finding]:
    address = reverse("reports:list")
    found = []
    if user.may(Capability.PUBLISH_NEWS):
        waiting = Report.objects.filter(state=Report.State.IN_REVIEW).count()
        found.append(
            Finding(waiting, _("reports waiting for review"), f"{address}?state={Report.State.IN_REVIEW}")
        )
    if user.may(Capability.WRITE_NEWS):
        drafts = Report.objects.filter(state=Report.State.DRAFT).count()
        found.append(Finding(drafts, _("reports in draft"), f"{address}?state={Report.State.DRAFT}"))
    return found
