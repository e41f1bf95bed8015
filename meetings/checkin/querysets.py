"""Which leave requests: named reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from meetings.models import Attendance, Meeting
from members.permissions import Capability

_OPEN_RECORD = [Meeting.State.PLANNED, Meeting.State.IN_SESSION, Meeting.State.DRAFT_MINUTES]
CAME = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]


class LeaveRequestQuerySet(models.QuerySet):
    def waiting(self) -> LeaveRequestQuerySet:
        """To be decided on: the person is still invited and has not come, and the record is not signed."""
        invited = Attendance.objects.filter(meeting=OuterRef("meeting"), member=OuterRef("member"))
        return self.filter(
            Exists(invited.exclude(status__in=CAME)), state="asked", meeting__state__in=_OPEN_RECORD
        )

    def to_be_decided_by(self, user) -> LeaveRequestQuerySet:
        """Of every meeting for those who may record any, of the meetings that they chair or record for others."""
        if user.may(Capability.RECORD_MEETINGS):
            return self
        if not user.member_id:
            return self.none()
        return self.filter(Q(meeting__chair=user.member_id) | Q(meeting__recorder=user.member_id))

    def of_coming_meetings(self) -> LeaveRequestQuerySet:
        """Of meetings that are planned or in session."""
        return self.filter(meeting__state__in=[Meeting.State.PLANNED, Meeting.State.IN_SESSION])
