"""Planning a round and leading it from step to step."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.actions.locking import locked, save
from appraisals.models import Participant, Round
from appraisals.workflow import RULES, Act
from branch_portal.media.documents import Document
from branch_portal.media.keeping import forget, stored
from meetings.models import Meeting
from members.models import Member, User
from members.permissions import Capability

_HELD = [Meeting.State.DRAFT_MINUTES, Meeting.State.SIGNED_OFF]


@transaction.atomic
def plan_round(round: Round, *, by: User, participants: Iterable[Member] | None = None) -> Round:
    """Store a new plan; all full and probationary members take part unless others are named."""
    if not by.may(Capability.RUN_APPRAISALS):
        raise PermissionDenied
    round.state, round.changed_by = Round.State.PLAN, by
    round.full_clean(exclude=["changed_by"])
    with pghistory.context(user=by.pk):
        round.save()
        _put(round, Member.objects.party_members() if participants is None else participants)
    return round


def change_plan(round: Round, *, by: User) -> Round:
    """Save the changed fields of the plan; the caller holds the lock and has checked them."""
    with locked(round, by=by, act=Act.CHANGE_PLAN):
        round.changed_by = by
        with pghistory.context(user=by.pk):
            round.save()
    return round


def set_participants(round: Round, *, by: User, members: Iterable[Member]) -> None:
    """Exactly these people take part. Probationary members get no grade (handbook 7.1)."""
    members = set(members)
    with locked(round, by=by, act=Act.CHANGE_PLAN) as row:
        row.participants.exclude(member__in=members).delete()
        known = set(row.participants.values_list("member_id", flat=True))
        _put(row, [member for member in members if member.pk not in known])


def _put(round: Round, members: Iterable[Member]) -> None:
    for member in members:
        Participant.objects.create(round=round, member=member, is_graded=member.stage == Member.Stage.FULL)


def set_elsewhere(
    participant: Participant, *, by: User, is_elsewhere: bool, branch: str = "", proof: Document | None = None
) -> Participant:
    """A mobile member appraised by another branch stands on no ballot here; the proof stays with the round (R-5.7).

    Without a proof there is no such mark; another proof replaces the one before.
    """
    proof = proof if is_elsewhere else None
    with stored(proof) as key, locked(participant.round, by=by, act=Act.SEE_PAPERS) as row:
        if row.ballot_id:
            raise ValidationError(_("The ballot is set up already; this stands."))
        found = row.participants.select_related("member", "round").get(pk=participant.pk)
        former = found.proof_key
        found.is_elsewhere = is_elsewhere
        found.elsewhere = branch if is_elsewhere else ""
        if not is_elsewhere:
            found.proof_key = found.proof_name = found.proof_type = ""
        elif key:
            found.proof_key, found.proof_name, found.proof_type = key, proof.original_name, proof.content_type
        elif not former:
            raise ValidationError({"proof": _("Choose the file that proves the other branch's appraisal.")})
        found.full_clean()
        found.save()
        if former != found.proof_key:
            forget(former)
    return found


# --- from step to step ----------------------------------------------------------------------------
def approve_plan(round: Round, *, by: User, meeting: Meeting) -> Round:
    """The committee has approved the plan at that meeting: its rules are frozen, members write their papers."""
    with locked(round, by=by, act=Act.APPROVE_PLAN) as row:
        if not row.participants.graded().exists():
            raise ValidationError(_("Nobody takes part who gets a grade."))
        _check_held(meeting)
        row.plan_meeting = meeting
        row.state = RULES[Act.APPROVE_PLAN].leads_to
        save(row, "plan_meeting", "state", by=by)
    return row


def link_meeting(round: Round, *, by: User, meeting: Meeting | None) -> Round:
    """The meeting at which the appraisal is held; the roll of the ballot is proposed from its attendance."""
    with locked(round, by=by, act=Act.LINK_MEETING) as row:
        row.meeting = meeting
        save(row, "meeting", by=by)
    return row


def lead_on(round: Round, *, by: User, act: Act) -> Round:
    """A step that needs nothing but its state: mutual review, ballot."""
    with locked(round, by=by, act=act) as row:
        row.state = RULES[act].leads_to
        save(row, "state", by=by)
    return row


def finish_feedback(round: Round, *, by: User, on: datetime.date) -> Round:
    """Every member had been told the own result by that day."""
    with locked(round, by=by, act=Act.FEED_BACK) as row:
        _check_past(on)
        row.fed_back_on, row.state = on, RULES[Act.FEED_BACK].leads_to
        save(row, "fed_back_on", "state", by=by)
    return row


def report_above(round: Round, *, by: User, on: datetime.date, to: str) -> Round:
    """The result went to the higher Party committee; a slip is entered anew until the round is archived."""
    with locked(round, by=by, act=Act.REPORT_ABOVE) as row:
        _check_past(on)
        row.reported_on, row.reported_to = on, to
        save(row, "reported_on", "reported_to", by=by)
    return row


def archive(round: Round, *, by: User) -> Round:
    """The end: nothing of the round is changed any more. Only what was reported above is archived."""
    with locked(round, by=by, act=Act.ARCHIVE) as row:
        if row.reported_on is None:
            raise ValidationError(
                _("Enter first when the result was reported to the higher Party committee.")
            )
        row.state = RULES[Act.ARCHIVE].leads_to
        save(row, "state", by=by)
    return row


def _check_past(day: datetime.date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come.")})


def _check_held(meeting: Meeting) -> None:
    if meeting.state not in _HELD:
        raise ValidationError({"meeting": _("This meeting has not been held yet.")})
