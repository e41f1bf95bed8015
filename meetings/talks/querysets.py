"""Which talks, by name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from members.permissions import Capability


class TalkQuerySet(models.QuerySet):
    def visible_to(self, user) -> TalkQuerySet:
        """The own ones; all for whoever reads them all (the secretary)."""
        if user.may(Capability.READ_TALKS):
            return self
        return self.of(user.member_id) if user.member_id else self.none()

    def of(self, member_id: int) -> TalkQuerySet:
        return self.filter(Q(talker=member_id) | Q(partner=member_id))

    def of_year(self, year: int) -> TalkQuerySet:
        return self.filter(on__year=year)
