"""The democratic appraisal and its ballots."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from appraisals.ballots.models import Scrutineer, SecretBallot
from appraisals.models import Participant, Round
from branch_portal.desk.findings.finding import Finding
from members.models import User
from members.permissions import Capability


def about(user: User, now: datetime.datetime) -> list[Finding]:
    """What a member, a scrutineer or the committee is waited for."""
    if not user.member_id:
        return []
    ballots, rounds = reverse("ballots:list"), reverse("appraisals:list")
    mine = Scrutineer.objects.filter(member=user.member_id)
    open_to_me = SecretBallot.objects.open().filter(voters__member=user.member_id, voters__way="online")
    papers = Participant.objects.filter(
        member=user.member_id, round__state__in=[Round.State.SELF_REVIEW, Round.State.MUTUAL_REVIEW]
    )
    found = [
        Finding(
            open_to_me.filter(Q(closes_at=None) | Q(closes_at__gt=now)).count(),
            _("ballots open to you"),
            ballots,
            is_mine=True,
        ),
        Finding(
            mine.filter(ballot__state="setup", public_key=None).count(),
            _("ballots for which you make a key"),
            ballots,
            is_mine=True,
        ),
        Finding(
            mine.filter(ballot__state="closed", partial_decryption=None).count(),
            _("ballots that you help to count"),
            ballots,
            is_mine=True,
        ),
        Finding(
            papers.filter(self_review__handed_in_at=None).count(),
            _("self-reviews to hand in"),
            rounds,
            is_mine=True,
        ),
    ]
    if user.may(Capability.RUN_APPRAISALS):
        found.append(Finding(Round.objects.awaiting_assessment().count(), _("rounds to be assessed"), rounds))
    return found
