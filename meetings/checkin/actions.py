"""What is done on the day of a meeting. Every verb is one transaction under the lock on the meeting's row, as every
change of its record is: an open record page sees what a telephone did, and two taps at once come one after the other."""

from __future__ import annotations

import contextlib
import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.checkin import codes, workflow
from meetings.checkin.models import CheckIn, LeaveRequest, NoticeSeen
from meetings.models import Attendance, Meeting
from meetings.workflow import Act
from members.actions.locking import locked
from members.models import User

Status = Attendance.Status
State = LeaveRequest.State


@dataclass(frozen=True)
class Arrival:
    """What became of checking in: the mark as it stands, and whether this very act made it."""

    attendance: Attendance
    is_new: bool


class WrongCode(ValidationError):
    """Not the code of this minute nor of the one before; whoever asks counts these."""


@contextlib.contextmanager
def _as_invited(meeting: Meeting, *, by: User) -> Iterator[tuple[Meeting, Attendance]]:
    """The locked meeting and the own row of its attendance list; PermissionDenied for whoever is not on it."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        attendance = row.attendances.filter(member=by.member_id).first() if by.member_id else None
        if attendance is None:
            raise PermissionDenied
        yield row, attendance


def _mark(meeting: Meeting, attendance: Attendance, *, by: User, **values) -> None:
    """The mark of the attendance list, at the next revision of the locked meeting."""
    for name, value in values.items():
        setattr(attendance, name, value)
    attendance.revision = actions.touch(meeting, by=by)
    attendance.changed_by = by
    attendance.save()
    meeting.save()


# --- check-in ------------------------------------------------------------------------------------
def open_check_in(
    meeting: Meeting, *, by: User, now: datetime.datetime, grace_minutes: int | None = None
) -> CheckIn:
    """From now on the screen shows codes; opened again, older codes are worth nothing. An open one stays as it is.

    ``grace_minutes``: who comes later than so many minutes after the start is late; None leaves it as it is.
    """
    with actions.locked(meeting, by=by, act=Act.RECORD) as row:
        workflow.check_opening(row.state, row.starts_at, now)
        if grace_minutes is not None and row.grace_minutes != grace_minutes:
            row.grace_minutes = grace_minutes
            actions.touch(row, by=by)
            row.save()
        found = CheckIn.objects.filter(meeting=row).first() or CheckIn(meeting=row)
        if found.pk and found.closed_at is None:
            return found
        found.secret, found.opened_at, found.closed_at = codes.new_secret(), now, None
        found.changed_by = by
        found.save()
    return found


def close_check_in(meeting: Meeting, *, by: User, now: datetime.datetime) -> None:
    """No code is good any more; who comes later is marked by the recorder. Closing twice closes once."""
    with actions.locked(meeting, by=by, act=Act.RECORD) as row:
        found = CheckIn.objects.filter(meeting=row, closed_at=None).first()
        if found:
            found.secret, found.closed_at, found.changed_by = "", now, by
            found.save()


def check_in(meeting: Meeting, code: str, *, by: User, now: datetime.datetime) -> Arrival:
    """Mark whoever is signed in as present, if the code of the screen is right. Again, it changes nothing.

    A leave that was asked for or granted is void by that: the mark says that the person came.
    """
    with _as_invited(meeting, by=by) as (row, attendance):
        if attendance.came:
            return Arrival(attendance, is_new=False)
        found = CheckIn.objects.filter(meeting=row).first()
        is_open = found is not None and found.closed_at is None
        workflow.check_checking_in(row.state, is_open=is_open, was_open=found is not None)
        if not codes.is_good(code, found.secret, row.pk, now):
            raise WrongCode(
                _(
                    "This is not the code on the screen now. It changes every minute: scan or type the new one."
                ),
                code="wrong",
            )
        _come(row, attendance, Status.PRESENT, by=by, now=now)
    return Arrival(attendance, is_new=True)


def join_online(meeting: Meeting, *, by: User, now: datetime.datetime) -> Arrival:
    """Mark whoever is signed in as taking part online, while the meeting is in session. Again, it changes nothing."""
    with _as_invited(meeting, by=by) as (row, attendance):
        workflow.check_joining_online(row.state, row.online_link)
        if attendance.came:
            return Arrival(attendance, is_new=False)
        _come(row, attendance, Status.ONLINE, by=by, now=now)
    return Arrival(attendance, is_new=True)


def _come(meeting: Meeting, attendance: Attendance, status: str, *, by: User, now: datetime.datetime) -> None:
    moment = now.replace(second=0, microsecond=0)
    _mark(meeting, attendance, by=by, status=status, leave_reason="", leave_note="", arrived_at=moment)


# --- leave ---------------------------------------------------------------------------------------
def ask_for_leave(
    meeting: Meeting, *, by: User, reason: str, note: str = "", key: uuid.UUID, now: datetime.datetime
) -> LeaveRequest:
    """Ask to be excused. A request whose ``key`` is known was sent twice: the one it already made is returned."""
    with _as_invited(meeting, by=by) as (row, attendance):
        mine = LeaveRequest.objects.filter(meeting=row, member=by.member_id)
        if already := mine.filter(key=key).first():
            return already
        workflow.check_asking(row.state, attendance.status)
        asked = LeaveRequest(
            meeting=row, member_id=by.member_id, reason=reason, note=note.strip(), key=key, asked_at=now
        )
        asked.changed_by = by
        asked.full_clean()
        asked.save()
    return asked


def withdraw_leave(asked: LeaveRequest, *, by: User) -> LeaveRequest:
    """Take the own request back; a leave that was granted is no mark any more. Withdrawn twice, it is withdrawn."""
    with _as_invited(asked.meeting, by=by) as (row, attendance):
        found = LeaveRequest.objects.select_for_update().get(pk=asked.pk)
        if found.member_id != by.member_id:
            raise PermissionDenied
        if found.state == State.WITHDRAWN:
            return found
        if not found.is_standing or row.is_locked:
            raise ValidationError(_("This request cannot be withdrawn any more."), code="state")
        if found.state == State.ACCEPTED and attendance.status == Status.LEAVE:
            _mark(row, attendance, by=by, status=Status.UNMARKED, leave_reason="", leave_note="")
        found.state, found.changed_by = State.WITHDRAWN, by
        found.save()
    return found


def accept_leave(asked: LeaveRequest, *, by: User, now: datetime.datetime) -> LeaveRequest:
    """Grant the leave: the attendance list says so, with the reason."""
    with _deciding(asked, by=by) as (row, found):
        if found.state == State.ACCEPTED:
            return found
        _check_waiting(found)
        attendance = row.attendances.filter(member=found.member_id).first()
        if attendance is None:
            raise ValidationError(_("%(who)s is not invited any more.") % {"who": found.member}, code="gone")
        if attendance.came:
            raise ValidationError(_("%(who)s came all the same.") % {"who": found.member}, code="came")
        _mark(row, attendance, by=by, status=Status.LEAVE, leave_reason=found.reason, leave_note=found.note)
        _decide(found, State.ACCEPTED, by=by, now=now)
    return found


def refuse_leave(asked: LeaveRequest, *, by: User, answer: str, now: datetime.datetime) -> LeaveRequest:
    """Refuse, with a word that the member reads."""
    with _deciding(asked, by=by) as (_row, found):
        if found.state == State.REFUSED:
            return found
        _check_waiting(found)
        found.answer = answer.strip()
        if not found.answer:
            raise ValidationError({"answer": _("Say why.")}, code="required")
        _decide(found, State.REFUSED, by=by, now=now)
    return found


@contextlib.contextmanager
def _deciding(asked: LeaveRequest, *, by: User) -> Iterator[tuple[Meeting, LeaveRequest]]:
    with actions.locked(asked.meeting, by=by, act=Act.RECORD) as row:
        yield row, locked(asked)


def _check_waiting(found: LeaveRequest) -> None:
    if found.state != State.ASKED:
        raise ValidationError(
            _("This cannot be done now: the request is %(state)s."),
            code="state",
            params={"state": found.get_state_display()},
        )


def _decide(found: LeaveRequest, state: str, *, by: User, now: datetime.datetime) -> None:
    found.state, found.decided_by, found.decided_at, found.changed_by = state, by, now, by
    found.save()


# --- the notice ----------------------------------------------------------------------------------
def note_seen(attendance: Attendance, *, now: datetime.datetime) -> None:
    """The first time somebody invited opens the notice; at every later one nothing happens. One query."""
    NoticeSeen.objects.bulk_create([NoticeSeen(attendance=attendance, at=now)], ignore_conflicts=True)
