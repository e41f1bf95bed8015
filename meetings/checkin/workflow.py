"""When something makes sense, and the words if it does not. Pure functions over plain facts.

Who may is ``meetings.workflow``: whoever may record a meeting runs its check-in and decides on leave; whoever is
invited asks, and checks in.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance, Meeting

State = Meeting.State
Status = Attendance.Status

# From so long before the start on, those who come early check in; not a week before, by a slip of the finger.
OPENS_BEFORE = datetime.timedelta(hours=12)
_AHEAD = {State.PLANNED, State.IN_SESSION}


def may_be_opened(state: str, starts_at: datetime.datetime, now: datetime.datetime) -> bool:
    return state == State.IN_SESSION or (state == State.PLANNED and now >= starts_at - OPENS_BEFORE)


def check_opening(state: str, starts_at: datetime.datetime, now: datetime.datetime) -> None:
    """ValidationError in words if check-in cannot be opened now."""
    if state not in _AHEAD:
        raise ValidationError(_over(state), code="over")
    if not may_be_opened(state, starts_at, now):
        raise ValidationError(_("Check-in can be opened from 12 hours before the meeting on."), code="early")


def check_checking_in(state: str, *, is_open: bool, was_open: bool) -> None:
    """ValidationError in words if nobody can check in by a code now."""
    if state not in _AHEAD:
        raise ValidationError(_over(state), code="over")
    if not is_open and was_open:
        raise ValidationError(
            _("Check-in is closed. Tell the recorder that you are here, and you will be marked."),
            code="closed",
        )
    if not is_open:
        raise ValidationError(
            _("Check-in is not open yet. Wait for the code on the screen of the room."), code="not_open"
        )


def check_joining_online(state: str, online_link: str) -> None:
    """ValidationError in words if nobody can take part online now."""
    if not online_link:
        raise ValidationError(_("This meeting has no online link."), code="no_link")
    if state == State.PLANNED:
        raise ValidationError(_("The meeting has not begun. Come back when it is open."), code="not_open")
    if state != State.IN_SESSION:
        raise ValidationError(_over(state), code="over")


def check_asking(state: str, status: str) -> None:
    """ValidationError in words if one cannot ask for leave now."""
    if state not in _AHEAD:
        raise ValidationError(_over(state), code="over")
    if status in {Status.PRESENT, Status.ONLINE}:
        raise ValidationError(_("You are marked as here: there is nothing to be excused from."), code="came")
    if status == Status.LEAVE:
        raise ValidationError(_("You are on leave already."), code="on_leave")


def may_ask(state: str, status: str) -> bool:
    return state in _AHEAD and status in {Status.UNMARKED, Status.ABSENT}


def _over(state: str):
    if state == State.CANCELLED:
        return _("This meeting is cancelled.")
    return _("This meeting is over. If something about you is not right, tell its recorder.")
