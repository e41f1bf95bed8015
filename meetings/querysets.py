"""Which meetings: named reads; time is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from members.permissions import Capability


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user) -> MeetingQuerySet:
        """Every meeting for those who keep the records; for others those they are invited to, chair or record."""
        if user.may(Capability.READ_ALL_MEETINGS):
            return self
        if not user.member_id:
            return self.none()
        mine = self.model.attendances.rel.related_model.objects.filter(member=user.member_id)
        return self.filter(
            Q(pk__in=mine.values("meeting")) | Q(chair=user.member_id) | Q(recorder=user.member_id)
        )

    def of_kind(self, kind: str) -> MeetingQuerySet:
        return self.filter(kinds__contains=[kind])

    def for_year(self, year: int) -> MeetingQuerySet:
        """By the year a meeting is *for* (R-3.2), not by its date."""
        return self.filter(for_year=year)

    def held(self) -> MeetingQuerySet:
        """Took place: minutes are being drafted or signed."""
        return self.filter(state__in=[self.model.State.DRAFT_MINUTES, self.model.State.SIGNED_OFF])

    def with_signing(self) -> MeetingQuerySet:
        """Each row knows whether the recorder has signed its text (``Meeting.is_for_signature``), without a query of its
        own."""
        return self.annotate(is_for_signature=self._is_for_signature())

    def drafts(self) -> MeetingQuerySet:
        """Draft minutes, each with ``is_for_signature`` and ``was_voided``: changed after a signature."""
        drafts = self.filter(state=self.model.State.DRAFT_MINUTES).with_signing()
        return drafts.annotate(was_voided=self._was_voided())

    def of_recorder_or_chair(self, member_id: int) -> MeetingQuerySet:
        return self.filter(Q(recorder=member_id) | Q(chair=member_id))

    def to_complete(self) -> MeetingQuerySet:
        """Draft minutes that the recorder has not signed, or has to sign again."""
        return self.filter(~self._is_for_signature(), state=self.model.State.DRAFT_MINUTES)

    def for_signature(self) -> MeetingQuerySet:
        """The recorder has signed; the chair has not yet."""
        return self.filter(self._is_for_signature())

    def to_sign_again(self) -> MeetingQuerySet:
        """Draft minutes that were changed after the recorder's signature."""
        return self.to_complete().filter(self._was_voided())

    def _is_for_signature(self) -> Q:
        standing = self._signatures().standing().filter(meeting=OuterRef("pk"), capacity="recorder")
        return Q(Exists(standing), state=self.model.State.DRAFT_MINUTES)

    def _was_voided(self) -> Exists:
        return Exists(self._signatures().filter(meeting=OuterRef("pk"), void__isnull=False))

    def _signatures(self) -> SignatureQuerySet:
        return self.model.signatures.rel.related_model.objects.all()

    def upcoming(self, now: datetime.datetime) -> MeetingQuerySet:
        """Planned and not over yet, or in session; the next one first."""
        states = self.model.State
        return self.filter(Q(state=states.IN_SESSION) | Q(state=states.PLANNED, starts_at__gte=now)).order_by(
            "starts_at", "pk"
        )

    def search(self, words: str) -> MeetingQuerySet:
        """Title, place or an agenda item's title contains every word."""
        found = self
        agenda = self.model.agenda_items.rel.related_model.objects
        for word in words.split():
            in_agenda = agenda.filter(title__icontains=word).values("meeting")
            found = found.filter(Q(title__icontains=word) | Q(place__icontains=word) | Q(pk__in=in_agenda))
        return found


class SignatureQuerySet(models.QuerySet):
    def standing(self) -> SignatureQuerySet:
        """Of a text that was not changed since."""
        return self.filter(void=None)

    def waiting_for_the_chair(self) -> SignatureQuerySet:
        """The recorders' under minutes that are for signature."""
        return self.standing().filter(capacity="recorder", meeting__state="draft_minutes").order_by("pk")

    def with_names(self) -> SignatureQuerySet:
        return self.select_related("signed_by__member", "signed_for", "void__voided_by__member")


class SignatureVoidQuerySet(models.QuerySet):
    def last_of_unsigned(self) -> SignatureVoidQuerySet:
        """Of each draft whose recorder is to sign again: how the last signature came to stand no longer."""
        from_recorders = self.filter(
            signature__capacity="recorder", signature__meeting__state="draft_minutes"
        )
        standing = self.model.signature.field.related_model.objects.waiting_for_the_chair()
        unsigned = from_recorders.exclude(signature__meeting__in=standing.values("meeting"))
        return unsigned.order_by("signature__meeting_id", "-pk").distinct("signature__meeting_id")
