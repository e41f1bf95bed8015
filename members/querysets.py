"""Which people: named reads; the day is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q


class MemberQuerySet(models.QuerySet):
    def current(self) -> MemberQuerySet:
        """People of this branch now, whatever their stage."""
        return self.filter(left_on=None)

    def party_members(self) -> MemberQuerySet:
        """Full and probationary members."""
        return self.current().filter(stage__in=self.model.Stage.party_members())

    def with_voting_rights(self) -> MemberQuerySet:
        """Full members (R-3.7: a probationary member has no vote)."""
        return self.current().filter(stage=self.model.Stage.FULL)

    def committee_on(self, day: datetime.date) -> MemberQuerySet:
        """Who sits on the branch committee on that day."""
        posts = self.model.positions.rel.related_model.Post.committee()
        return (
            self.current()
            .filter(
                Q(positions__ended_on=None) | Q(positions__ended_on__gte=day),
                positions__post__in=posts,
                positions__started_on__lte=day,
            )
            .distinct()
        )

    def search(self, words: str) -> MemberQuerySet:
        """Name or its reading contains every word."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(sort_key__icontains=word.lower()))
        return found


class PositionQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> PositionQuerySet:
        """Posts held on that day, its first and last day included."""
        return self.filter(Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day))

    def committee(self) -> PositionQuerySet:
        return self.filter(post__in=self.model.Post.committee())
