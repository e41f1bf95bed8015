"""Which decisions: named reads; the day is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from meetings.models import Meeting
from members.permissions import Capability


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user) -> DecisionQuerySet:
        """All of them for those who read all minutes; for others what stands in minutes they may read (signed ones of
        meetings they were invited to, any of those they chair or record), and what they are in charge of."""
        if user.may(Capability.READ_ALL_MEETINGS):
            return self
        if not user.member_id:
            return self.none()
        leading = Q(chair=user.member_id) | Q(recorder=user.member_id)
        readable = Meeting.objects.visible_to(user).filter(leading | Q(state=Meeting.State.SIGNED_OFF))
        return self.filter(Q(meeting__in=readable.values("pk")) | Q(owner=user.member_id))

    def of_year(self, year: int) -> DecisionQuerySet:
        """By the date of the meeting; what has none yet is of no year."""
        return self.filter(meeting__starts_at__year=year)

    def important(self) -> DecisionQuerySet:
        """Of Three Importants and One Large."""
        return self.exclude(category=None)

    def valid(self) -> DecisionQuerySet:
        """Decided, whatever became of them."""
        return self.filter(state__in=self.model.State.valid())

    def open(self) -> DecisionQuerySet:
        """Not voted on yet."""
        return self.filter(state__in=self.model.State.open())

    def discussed(self) -> DecisionQuerySet:
        """Not merely proposed."""
        return self.exclude(state__in=["proposed", "reviewed"])

    def to_be_taken_up(self) -> DecisionQuerySet:
        """Deferred, and not taken up again yet."""
        return self.filter(state="deferred", taken_up_by=None)

    def overdue_on(self, day: datetime.date) -> DecisionQuerySet:
        """In execution though the day by which it was to be done has passed."""
        return self.filter(state="in_execution", deadline__lt=day)

    def search(self, words: str) -> DecisionQuerySet:
        """Title or text contains every word."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
        return found

    def on_record_of(self, meeting: Meeting) -> DecisionQuerySet:
        """Of one meeting, in the order in which they were entered."""
        return self.filter(meeting=meeting).order_by("pk")

    def with_names(self) -> DecisionQuerySet:
        """Everything that a list or a page names, in one query."""
        return self.select_related("meeting", "about", "category", "owner", "proposer")
