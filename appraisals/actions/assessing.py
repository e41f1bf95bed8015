"""Grades: proposed by the committee, approved at a meeting, answered by the member."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from appraisals import compliance, workflow
from appraisals.actions.locking import locked, save
from appraisals.ballots import actions as ballots
from appraisals.ballots.models import SecretBallot
from appraisals.figures import Line, cap_of, lines_of
from appraisals.models import Assessment, Participant, Round, Statement
from appraisals.workflow import RULES, Act
from meetings.models import Meeting
from members.models import User

_HELD = [Meeting.State.DRAFT_MINUTES, Meeting.State.SIGNED_OFF]


def propose(assessment: Assessment, *, by: User) -> Assessment:
    """Save what the committee proposes for one member; the grade is one of the round's."""
    with locked(assessment.participant.round, by=by, act=Act.ASSESS) as row:
        if not assessment.participant.is_graded:
            raise ValidationError({"grade": _("A probationary member takes part without a grade.")})
        if assessment.grade and assessment.grade not in row.grades:
            raise ValidationError({"grade": _("This round does not use that grade.")})
        assessment.changed_by = by
        assessment.save()
    return assessment


def problems(round: Round, lines: list[Line], *, cap_reason: str = "") -> list[str]:
    """What stands against approving, in words; empty when nothing does."""
    found = []
    if round.ballot is None or round.ballot.state != SecretBallot.State.COUNTED:
        found.append(_("The ballot is not counted yet."))
    grades = [line.assessment.grade if line.assessment else "" for line in lines]
    if missing := grades.count(""):
        found.append(
            ngettext_lazy(
                "%(count)d member has no grade yet.", "%(count)d members have no grade yet.", missing
            )
            % {"count": missing}
        )
    for line in lines:
        if (
            line.assessment
            and not line.assessment.reason
            and compliance.needs_reason(line.assessment.grade, line.counts)
        ):
            found.append(
                _("%(name)s: the grade differs from the ballot's majority and needs a reason.")
                % {"name": line.participant}
            )
        if line.assessment and line.assessment.grade and not line.assessment.opinion:
            found.append(_("%(name)s: the opinion is missing.") % {"name": line.participant})
    cap = cap_of(
        round,
        [line.assessment.grade for line in lines if line.assessment and not line.participant.is_elsewhere],
    )
    if not cap.is_kept:
        if round.cap_action == Round.CapAction.BLOCK:
            found.append(
                _("%(given)d are excellent, at most %(most)d may be.")
                % {"given": cap.given, "most": cap.most}
            )
        elif not cap_reason:
            found.append(
                _("%(given)d are excellent where the cap is %(most)d: give the reason.")
                % {"given": cap.given, "most": cap.most}
            )
    return found


def approve_assessments(round: Round, *, by: User, meeting: Meeting, cap_reason: str = "") -> Round:
    """The meeting has approved the grades: they stand from now on."""
    with locked(round, by=by, act=Act.APPROVE_ASSESSMENTS) as row:
        if meeting.state not in _HELD:
            raise ValidationError({"meeting": _("This meeting has not been held yet.")})
        if found := problems(row, lines_of(row), cap_reason=cap_reason):
            raise ValidationError(found)
        row.assessment_meeting, row.cap_reason = meeting, cap_reason
        row.state = RULES[Act.APPROVE_ASSESSMENTS].leads_to
        save(row, "assessment_meeting", "cap_reason", "state", by=by)
        ballots.rely_on(row.ballot)
    return row


def say_statement(participant: Participant, *, by: User, text: str) -> Statement:
    """The member's own answer to the result; once."""
    workflow.check(by, Act.SEE_OWN_RESULT, participant.round)
    if participant.member_id != by.member_id:
        raise ValidationError(_("Everybody answers for themselves."))
    if participant.round.state == Round.State.ARCHIVED:
        raise ValidationError(_("The round is archived."))
    statement, created = Statement.objects.get_or_create(participant=participant, defaults={"text": text})
    if not created:
        raise ValidationError(_("Your statement is in the record already and stands."))
    return statement
