"""The next meeting of one person, and what the person is to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Attendance, Meeting
from members.models import User

Status = Attendance.Status


@dataclass(frozen=True)
class NextMeeting:
    """``attendance`` is None for somebody who chairs or records without an invitation."""

    meeting: Meeting
    attendance: Attendance | None
    chairs: bool
    records: bool

    @property
    def standing(self) -> str:
        """The own attendance in a sentence; empty without an invitation."""
        if self.attendance is None:
            return ""
        if self.attendance.status == Status.UNMARKED:
            return _("You are invited.")
        if self.attendance.status == Status.LEAVE:
            reason = self.attendance.get_leave_reason_display()
            return (
                _("You are on leave: %(reason)s.") % {"reason": reason} if reason else _("You are on leave.")
            )
        return _("You are marked as %(status)s.") % {"status": self.attendance.get_status_display()}


def next_meeting(user: User, now: datetime.datetime) -> NextMeeting | None:
    """The first meeting in session or to come that the person is invited to, chairs or records; two queries."""
    if not user.member_id:
        return None
    invited = Attendance.objects.filter(member=user.member_id).values("meeting")
    mine = Q(pk__in=invited) | Q(chair=user.member_id) | Q(recorder=user.member_id)
    meeting = Meeting.objects.upcoming(now).filter(mine).select_related("chair", "party_group").first()
    if meeting is None:
        return None
    return NextMeeting(
        meeting=meeting,
        attendance=meeting.attendances.filter(member=user.member_id).first(),
        chairs=meeting.chair_id == user.member_id,
        records=meeting.recorder_id == user.member_id,
    )
