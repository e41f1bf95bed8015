"""Which ballots, seats and voters: named reads; time is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from members.permissions import Capability


class SecretBallotQuerySet(models.QuerySet):
    def visible_to(self, user) -> SecretBallotQuerySet:
        """All for those who run or close ballots and for the Party members of the branch, who learn there whether they are
        on the roll; for others those whose roll names them or which they watch."""
        if user.may(Capability.RUN_BALLOTS) or user.may(Capability.CLOSE_BALLOTS):
            return self
        if not user.member_id:
            return self.none()
        if user.member.is_party_member:
            return self
        roll = self.model.voters.rel.related_model.objects.filter(member=user.member_id)
        watch = self.model.scrutineers.rel.related_model.objects.filter(member=user.member_id)
        return self.filter(Q(pk__in=roll.values("ballot")) | Q(pk__in=watch.values("ballot")))

    def open(self) -> SecretBallotQuerySet:
        return self.filter(state=self.model.State.OPEN)

    def due_for_closing(self, now: datetime.datetime) -> SecretBallotQuerySet:
        """Open, and their set time has come."""
        return self.open().filter(closes_at__lte=now)

    def living(self) -> SecretBallotQuerySet:
        return self.exclude(state=self.model.State.VOID)


class SeatQuerySet(models.QuerySet):
    def taken(self) -> SeatQuerySet:
        """Under which a ballot lies."""
        return self.exclude(tracker=None)


class VoterQuerySet(models.QuerySet):
    def online(self) -> VoterQuerySet:
        return self.filter(way=self.model.Way.ONLINE)

    def on_paper(self) -> VoterQuerySet:
        return self.filter(way=self.model.Way.PAPER)
