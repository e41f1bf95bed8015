"""Which entries, which tasks: named reads; time is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q

from meetings.models import Meeting
from meetings.rectification.states import Level, State, TaskState
from members.permissions import Capability

_NO_DAY_LAST = F("due_on").asc(nulls_last=True)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user) -> EntryQuerySet:
        """R-8.4: the branch's entries for its members; a personal one for the person, and for the secretary and the
        discipline commissioner."""
        if not user.may(Capability.READ_LEDGER):
            return self.none()
        seen = Q(level=Level.COMMITTEE)
        if user.may(Capability.KEEP_PERSONAL_ENTRIES):
            return self
        if user.member_id:
            seen |= Q(level=Level.MEMBER, in_charge=user.member_id)
        return self.filter(seen)

    def active(self) -> EntryQuerySet:
        return self.exclude(state=State.CLOSED)

    def overdue_on(self, day: datetime.date) -> EntryQuerySet:
        """R-8.2, as ``deadlines.is_overdue``."""
        late = Q(claimed_on=None, due_on__lt=day) | Q(claimed_on__gt=F("due_on"))
        return self.active().filter(late)

    def of_member(self, member_id: int | None) -> EntryQuerySet:
        return self.filter(in_charge=member_id) if member_id else self.none()

    def to_check_by(self, user) -> EntryQuerySet:
        """Reported as done, in the user's keeping, and not the user's own."""
        waiting = self.visible_to(user).filter(state=State.CLAIMED).exclude(in_charge=user.member_id)
        levels = []
        if user.may(Capability.KEEP_LEDGER):
            levels.append(Level.COMMITTEE)
        if user.may(Capability.KEEP_PERSONAL_ENTRIES):
            levels.append(Level.MEMBER)
        return waiting.filter(level__in=levels)

    def for_life_meeting_of(self, year: int) -> EntryQuerySet:
        """R-8.3: all entries of the year before, and older ones that are still active."""
        return self.filter(Q(year=year - 1) | (Q(year__lt=year - 1) & ~Q(state=State.CLOSED)))

    def listed(self) -> EntryQuerySet:
        """With the people of a list; the earliest due first, those without a day last."""
        return self.select_related("in_charge", "leader", "checker").order_by(
            "-year", _NO_DAY_LAST, "level", "number", "pk"
        )

    def in_order_of_number(self) -> EntryQuerySet:
        return self.select_related("in_charge", "leader", "checker").order_by("year", "level", "number", "pk")


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user) -> TaskQuerySet:
        """One's own, and those of meetings one sees."""
        meetings = Meeting.objects.visible_to(user).order_by()
        if user.may(Capability.READ_ALL_MEETINGS):
            return self
        if not user.member_id:
            return self.none()
        return self.filter(Q(owner=user.member_id) | Q(meeting__in=meetings.values("pk")))

    def of_owner(self, member_id: int | None) -> TaskQuerySet:
        return self.filter(owner=member_id) if member_id else self.none()

    def unfinished(self) -> TaskQuerySet:
        return self.filter(state__in=[TaskState.OPEN, TaskState.REPORTED])

    def overdue_on(self, day: datetime.date) -> TaskQuerySet:
        return self.filter(state=TaskState.OPEN, due_on__lt=day)

    def left_over_for(self, meeting: Meeting) -> TaskQuerySet:
        """Unfinished, from earlier meetings of one of the same kinds; of a group meeting, of the same group."""
        earlier = Q(meeting__kinds__overlap=meeting.kinds, meeting__starts_at__lt=meeting.starts_at)
        return self.unfinished().filter(earlier, meeting__party_group=meeting.party_group_id)

    def listed(self) -> TaskQuerySet:
        return self.select_related("owner", "meeting").order_by(_NO_DAY_LAST, "pk")
