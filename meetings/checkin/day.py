"""What a meeting's own page says of its day: to somebody invited, and to whoever organizes it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from meetings.checkin import workflow
from meetings.checkin.models import CheckIn, LeaveRequest, NoticeSeen
from meetings.models import Attendance, Meeting
from members.models import User

State = Meeting.State


@dataclass
class Day:
    """Reads only what the page shows: two queries for somebody invited, three for the organizer."""

    meeting: Meeting
    user: User
    organizes: bool
    now: datetime.datetime

    @property
    def is_ahead(self) -> bool:
        return self.meeting.state in {State.PLANNED, State.IN_SESSION}

    @cached_property
    def mine(self) -> Attendance | None:
        """The own row of the attendance list."""
        rows = self.meeting.attendance_list if self.user.member_id else []
        return next((row for row in rows if row.member_id == self.user.member_id), None)

    @cached_property
    def request(self) -> LeaveRequest | None:
        """The own latest request for leave."""
        return self.meeting.leave_requests.filter(member=self.user.member_id).first() if self.mine else None

    @property
    def may_ask(self) -> bool:
        waits = self.request is not None and self.request.is_standing
        return self.mine is not None and not waits and workflow.may_ask(self.meeting.state, self.mine.status)

    @property
    def may_withdraw(self) -> bool:
        """A request of somebody who came is void: there is nothing to take back."""
        stands = self.request is not None and self.request.is_standing
        return stands and not self.mine.came and not self.meeting.is_locked

    @cached_property
    def check_in(self) -> CheckIn | None:
        return CheckIn.objects.defer("secret").filter(meeting=self.meeting, closed_at=None).first()

    @property
    def may_check_in(self) -> bool:
        return self.is_ahead and self.mine is not None and not self.mine.came and self.check_in is not None

    @property
    def may_join(self) -> bool:
        in_session = self.meeting.state == State.IN_SESSION and bool(self.meeting.online_link)
        return in_session and self.mine is not None and not self.mine.came

    @property
    def may_open(self) -> bool:
        return self.organizes and workflow.may_be_opened(self.meeting.state, self.meeting.starts_at, self.now)

    @cached_property
    def waiting(self) -> list[LeaveRequest]:
        """For the organizer: who waits for an answer, the first to ask first."""
        if not self.organizes:
            return []
        found = self.meeting.leave_requests.waiting().select_related("member")
        return list(found.order_by("asked_at", "pk"))

    @cached_property
    def seen(self) -> int:
        """For the organizer: how many of those invited have opened the notice."""
        return NoticeSeen.objects.filter(attendance__meeting=self.meeting).count() if self.organizes else 0

    @property
    def shows_seen(self) -> bool:
        return self.organizes and self.is_ahead

    @property
    def says_anything(self) -> bool:
        """Whether the section has any content."""
        return bool((self.is_ahead and (self.mine or self.organizes)) or self.request or self.waiting)


def is_first_look(day: Day) -> bool:
    """Whether somebody invited opens the notice of a coming meeting for the first time. One query."""
    mine = day.mine if day.is_ahead else None
    return mine is not None and not NoticeSeen.objects.filter(attendance=mine).exists()
