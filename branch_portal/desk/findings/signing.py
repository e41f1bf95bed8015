"""What the minutes of meetings wait for: to be completed, to be signed by the recorder, then by the chair."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.forms.filters import SIGN_AGAIN
from meetings.models import Meeting, Stage
from members.models import User
from members.permissions import Capability


def about(user: User) -> list[Finding]:
    """Whoever recorded completes and signs, whoever chaired signs then, whatever else they may do; those who keep the
    records see what the branch waits for. Two queries."""
    return [*_mine(user.member_id), *(_of_the_branch(user) if user.may(Capability.RECORD_MEETINGS) else [])]


def _mine(member_id: int | None) -> list[Finding]:
    if not member_id:
        return []
    address, unsigned = reverse("meetings:list"), Q(recorder=member_id, is_for_signature=False)
    drafts = Meeting.objects.of_recorder_or_chair(member_id).drafts()
    counted = drafts.aggregate(
        to_sign=Count("pk", filter=Q(chair=member_id, is_for_signature=True)),
        to_complete=Count("pk", filter=unsigned),
        to_sign_again=Count("pk", filter=unsigned & Q(was_voided=True)),
    )
    return [
        Finding(
            counted["to_sign"],
            _("minutes that you sign as chair"),
            f"{address}?state={Stage.FOR_SIGNATURE}&chair={member_id}",
            is_mine=True,
        ),
        Finding(
            counted["to_complete"],
            _("draft minutes that you complete and sign as recorder"),
            f"{address}?state={Stage.DRAFT_MINUTES}&recorder={member_id}",
            is_mine=True,
        ),
        Finding(
            counted["to_sign_again"],
            _("minutes changed after your signature: read and sign again"),
            f"{address}?state={SIGN_AGAIN}&recorder={member_id}",
            is_mine=True,
        ),
    ]


def _of_the_branch(user: User) -> list[Finding]:
    drafts, address = Meeting.objects.visible_to(user).drafts(), reverse("meetings:list")
    counted = drafts.aggregate(
        to_complete=Count("pk", filter=Q(is_for_signature=False)),
        for_signature=Count("pk", filter=Q(is_for_signature=True)),
    )
    return [
        Finding(
            counted["to_complete"],
            _("draft minutes to complete, for the recorder's signature"),
            f"{address}?state={Stage.DRAFT_MINUTES}",
        ),
        Finding(
            counted["for_signature"],
            _("minutes that wait for the chair's signature"),
            f"{address}?state={Stage.FOR_SIGNATURE}",
        ),
    ]
