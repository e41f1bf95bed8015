"""Which rounds and papers: named reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from members.permissions import Capability


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user) -> RoundQuerySet:
        """All for the committee; for others those in which they take part, from the approved plan on."""
        if user.may(Capability.RUN_APPRAISALS):
            return self
        if not user.member_id:
            return self.none()
        mine = self.model.participants.rel.related_model.objects.filter(member=user.member_id)
        return self.exclude(state=self.model.State.PLAN).filter(pk__in=mine.values("round"))

    def running(self) -> RoundQuerySet:
        """Begun and not yet archived."""
        return self.exclude(state__in=[self.model.State.PLAN, self.model.State.ARCHIVED])

    def awaiting_assessment(self) -> RoundQuerySet:
        """The ballot is counted, the grades are not approved."""
        return self.filter(state=self.model.State.BALLOT, ballot__state="counted")


class ParticipantQuerySet(models.QuerySet):
    def graded(self) -> ParticipantQuerySet:
        """Who gets a grade in this round: probationary members take part without one."""
        return self.filter(is_graded=True)

    def told(self) -> ParticipantQuerySet:
        """Of rounds whose grades are approved: those are told to their members and stand on papers."""
        states = self.model._meta.get_field("round").related_model.State
        return self.filter(round__state__in=[states.ASSESSED, states.FED_BACK, states.ARCHIVED])

    def assessed_here(self) -> ParticipantQuerySet:
        """Graded by this branch, not elsewhere: these stand on the ballot."""
        return self.graded().filter(is_elsewhere=False)


class MutualReviewQuerySet(models.QuerySet):
    def visible_to(self, user) -> MutualReviewQuerySet:
        """Signed, not secret: for whom it is about, who wrote it, and the committee."""
        if user.may(Capability.RUN_APPRAISALS):
            return self
        return self.filter(Q(about__member=user.member_id) | Q(author=user.member_id))
