"""What is done with a meeting. Every verb is one transaction that locks the meeting's row, checks the
workflow again, changes, and leaves its trace in the history. Minutes are signed by ``meetings.signing``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import locks, signatures, workflow
from meetings.kinds import InvitedBy, invited_by, proposed_agenda
from meetings.models import AgendaItem, Attendance, Correction, Guest, Meeting
from meetings.workflow import Act
from members.actions.locking import locked as locked_row
from members.models import Member, User
from members.permissions import Capability


@contextlib.contextmanager
def locked(meeting: Meeting, *, by: User, act: Act) -> Iterator[Meeting]:
    """The meeting's row, locked to the end of the transaction and checked for the act.

    Every change of anything of a meeting goes through here, so changes of one meeting come one after the other.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = locked_row(meeting)
        workflow.check(by, act, row)
        yield row
        row.forget_signing()


def touch(meeting: Meeting, *, by: User) -> int:
    """The next revision of the locked meeting; the caller saves the rows with it and then the meeting."""
    meeting.revision += 1
    meeting.changed_by = by
    return meeting.revision


def plan_meeting(
    meeting: Meeting, *, by: User, invited: Iterable[Member] = (), guests: Iterable[tuple[str, str]] = ()
) -> Meeting:
    """Store a new plan: the invitations (by the kinds if nobody is named), the guests, the proposed agenda.

    A plan whose ``plan_key`` is known was sent twice: the meeting it already made is returned.
    """
    if not by.may(Capability.PLAN_MEETINGS):
        raise PermissionDenied
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            return _plan(meeting, by=by, invited=invited, guests=guests)
    except IntegrityError:
        if already := Meeting.objects.filter(plan_key=meeting.plan_key).first():
            return already
        raise


def _plan(
    meeting: Meeting, *, by: User, invited: Iterable[Member], guests: Iterable[tuple[str, str]]
) -> Meeting:
    meeting.state = Meeting.State.PLANNED
    meeting.created_by = by
    revision = touch(meeting, by=by)
    meeting.save()
    invite(meeting, list(invited) or list(members_called(meeting)), by=by)
    for position, (name, role) in enumerate(guests, start=1):
        Guest.objects.create(
            meeting=meeting, name=name, role=role, position=position, revision=revision, changed_by=by
        )
    propose_agenda(meeting, by=by)
    return meeting


def members_called(meeting: Meeting):
    """Whom the kinds of the meeting call for: all Party members, the committee of that day, or the group."""
    circle = invited_by(meeting.kinds)
    if circle == InvitedBy.COMMITTEE:
        return Member.objects.committee_on(timezone.localdate(meeting.starts_at))
    if circle == InvitedBy.GROUP:
        return Member.objects.party_members().filter(party_group=meeting.party_group)
    return Member.objects.party_members()


def invite(meeting: Meeting, members: Iterable[Member], *, by: User) -> None:
    """Add the members to the attendance list; those already there stay as they are."""
    known = set(meeting.attendances.values_list("member_id", flat=True))
    day = timezone.localdate(meeting.starts_at)
    for member in members:
        if member.pk not in known:
            Attendance.objects.create(
                meeting=meeting,
                member=member,
                has_vote=member.votes_on(day),
                revision=meeting.revision,
                changed_by=by,
            )


def propose_agenda(meeting: Meeting, *, by: User) -> None:
    """The agenda of the kinds' templates, in the language of whoever plans."""
    for position, (kind, title) in enumerate(proposed_agenda(meeting.kinds), start=1):
        AgendaItem.objects.create(
            meeting=meeting,
            kind=kind,
            title=str(title),
            position=position,
            revision=meeting.revision,
            changed_by=by,
        )


def change_plan(form, *, by: User) -> Meeting:
    """Save the changed plan (a bound PlanForm made inside ``locked``) and adjust who is invited."""
    if "chair" in form.changed_data and not workflow.may_name_the_chair(by, form.instance):
        raise PermissionDenied
    meeting = form.save(commit=False)
    touch(meeting, by=by)
    meeting.save()
    chosen = {member.pk for member in form.cleaned_data["invited"]}
    # A mark in the attendance is a fact; it does not vanish because the plan changed.
    meeting.attendances.filter(status=Attendance.Status.UNMARKED).exclude(member__in=chosen).delete()
    invite(meeting, form.cleaned_data["invited"], by=by)
    return meeting


def start_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Open the meeting; who has a vote is settled by what each person is at this moment."""
    with locked(meeting, by=by, act=Act.START) as row:
        revision = enter(row, Act.START, by=by)
        day = timezone.localdate(row.starts_at)
        for attendance in row.attendances.select_related("member"):
            has_vote = attendance.member.votes_on(day)
            if attendance.has_vote != has_vote:
                attendance.has_vote = has_vote
                attendance.revision = revision
                attendance.save()
        row.save()
    return row


def finish_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Close the meeting; its minutes are a draft now. An end that was not planned is now."""
    with locked(meeting, by=by, act=Act.FINISH) as row:
        enter(row, Act.FINISH, by=by)
        now = timezone.now()
        same_day = timezone.localdate(now) == timezone.localdate(row.starts_at)
        if row.ends_at is None and now > row.starts_at and same_day:
            row.ends_at = now
        row.save()
    return row


def cancel_meeting(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """Cancel, with the reason that everyone invited will read."""
    with locked(meeting, by=by, act=Act.CANCEL) as row:
        row.cancel_reason = reason.strip()
        if not row.cancel_reason:
            raise ValidationError(_("Give the reason."), code="required")
        enter(row, Act.CANCEL, by=by)
        row.save()
    return row


def enter(meeting: Meeting, act: Act, *, by: User) -> int:
    """Put the locked meeting into the state that the act leads to; the caller saves it. The new revision."""
    meeting.state = workflow.RULES[act].leads_to
    return touch(meeting, by=by)


@contextlib.contextmanager
def correcting(meeting: Meeting, *, by: User, reason: str) -> Iterator[Meeting]:
    """The signed meeting, open for one correction in one transaction; the history keeps the earlier text. Whoever makes it
    signs the text that comes of it."""
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Give the reason."), code="required")
    with locked(meeting, by=by, act=Act.CORRECT) as row:
        correction = Correction.objects.create(meeting=row, reason=reason, made_by=by, made_at=timezone.now())
        with pghistory.context(correction=correction.pk), connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [locks.CORRECTION_SETTING, str(correction.pk)])
            yield row
            signatures.sign_correction(correction, row)
            cursor.execute("SELECT set_config(%s, '', true)", [locks.CORRECTION_SETTING])
