"""What the minutes of meetings wait for: to be completed, to be signed by the recorder, then by the chair."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.forms.filters import SIGN_AGAIN
from meetings.models import Meeting, Stage
from members.models import User
from members.permissions import Capability


def about(user: User) -> list[Finding]:
    """Whoever recorded completes and signs, whoever chaired signs then, whatever else they may do; those who keep the
    records see what the branch waits for."""
    address = reverse("meetings:list")
    found = []
    if mine := user.member_id:
        chaired, recorded = Meeting.objects.filter(chair=mine), Meeting.objects.filter(recorder=mine)
        found += [
            Finding(
                chaired.for_signature().count(),
                _("minutes that you sign as chair"),
                f"{address}?state={Stage.FOR_SIGNATURE}&chair={mine}",
                is_mine=True,
            ),
            Finding(
                recorded.to_complete().count(),
                _("draft minutes that you complete and sign as recorder"),
                f"{address}?state={Stage.DRAFT_MINUTES}&recorder={mine}",
                is_mine=True,
            ),
            Finding(
                recorded.to_sign_again().count(),
                _("minutes changed after your signature: read and sign again"),
                f"{address}?state={SIGN_AGAIN}&recorder={mine}",
                is_mine=True,
            ),
        ]
    if user.may(Capability.RECORD_MEETINGS):
        meetings = Meeting.objects.visible_to(user)
        found += [
            Finding(
                meetings.to_complete().count(),
                _("draft minutes to complete, for the recorder's signature"),
                f"{address}?state={Stage.DRAFT_MINUTES}",
            ),
            Finding(
                meetings.for_signature().count(),
                _("minutes that wait for the chair's signature"),
                f"{address}?state={Stage.FOR_SIGNATURE}",
            ),
        ]
    return found
