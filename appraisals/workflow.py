"""Who may do what with a round in which state: one table, as in ``meetings.workflow``."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from appraisals.models import Participant, Round
from members.models import User
from members.permissions import Capability

State = Round.State


class Act(TextChoices):
    SEE = "see", _("see the round")
    CHANGE_PLAN = "change_plan", _("change the plan")
    APPROVE_PLAN = "approve_plan", _("have the plan approved")
    WRITE_SELF_REVIEW = "write_self_review", _("write the own self-review")
    SEE_PAPERS = "see_papers", _("see who has handed in")
    READ_PAPERS = "read_papers", _("read the self-reviews")
    BEGIN_MUTUAL_REVIEW = "begin_mutual_review", _("begin the mutual review")
    REVIEW_OTHERS = "review_others", _("say something of another member")
    LINK_MEETING = "link_meeting", _("name the meeting")
    BEGIN_BALLOT = "begin_ballot", _("go on to the ballot")
    SET_UP_BALLOT = "set_up_ballot", _("set up the ballot")
    ASSESS = "assess", _("propose grades")
    APPROVE_ASSESSMENTS = "approve_assessments", _("have the assessments approved")
    SEE_OWN_RESULT = "see_own_result", _("see the own result")
    SEE_ANNOUNCEMENT = "see_announcement", _("see what the branch is told")
    FEED_BACK = "feed_back", _("finish the feedback")
    REPORT_ABOVE = "report_above", _("enter the report to the higher Party committee")
    ARCHIVE = "archive", _("archive the round")
    PRINT_FORMS = "print_forms", _("print the forms")


@dataclass(frozen=True)
class Rule:
    """In which states; by which capability, or by taking part; leading to which state."""

    states: frozenset[State]
    capability: Capability | None = None
    for_participants: bool = False
    leads_to: State | None = None


def _in(*states: State) -> frozenset[State]:
    return frozenset(states)


_ALL = frozenset(State)
_RUN, _DECIDE = Capability.RUN_APPRAISALS, Capability.DECIDE_ON_APPRAISALS
_BEFORE_BALLOT = _in(State.SELF_REVIEW, State.MUTUAL_REVIEW)
_OVER = _in(State.ASSESSED, State.FED_BACK, State.ARCHIVED)

RULES: dict[Act, Rule] = {
    Act.SEE: Rule(_ALL, _RUN, for_participants=True),
    Act.CHANGE_PLAN: Rule(_in(State.PLAN), _RUN),
    Act.APPROVE_PLAN: Rule(_in(State.PLAN), _DECIDE, leads_to=State.SELF_REVIEW),
    Act.WRITE_SELF_REVIEW: Rule(_BEFORE_BALLOT, for_participants=True),
    Act.SEE_PAPERS: Rule(_ALL - {State.PLAN}, _RUN),
    # The mutual review rests on the papers, so those who take part read them from then on.
    Act.READ_PAPERS: Rule(_ALL - {State.PLAN, State.SELF_REVIEW}, _RUN, for_participants=True),
    Act.BEGIN_MUTUAL_REVIEW: Rule(_in(State.SELF_REVIEW), _DECIDE, leads_to=State.MUTUAL_REVIEW),
    Act.REVIEW_OTHERS: Rule(_in(State.MUTUAL_REVIEW), _RUN, for_participants=True),
    Act.LINK_MEETING: Rule(_ALL - {State.PLAN, State.ARCHIVED}, _RUN),
    Act.BEGIN_BALLOT: Rule(_in(State.MUTUAL_REVIEW), _DECIDE, leads_to=State.BALLOT),
    Act.SET_UP_BALLOT: Rule(_in(State.BALLOT), _RUN),
    Act.ASSESS: Rule(_in(State.BALLOT), _RUN),
    Act.APPROVE_ASSESSMENTS: Rule(_in(State.BALLOT), _DECIDE, leads_to=State.ASSESSED),
    Act.SEE_OWN_RESULT: Rule(_OVER, for_participants=True),
    Act.SEE_ANNOUNCEMENT: Rule(_in(State.FED_BACK, State.ARCHIVED), _RUN, for_participants=True),
    Act.FEED_BACK: Rule(_in(State.ASSESSED), _DECIDE, leads_to=State.FED_BACK),
    Act.REPORT_ABOVE: Rule(_in(State.FED_BACK), _DECIDE),
    Act.ARCHIVE: Rule(_in(State.FED_BACK), _DECIDE, leads_to=State.ARCHIVED),
    Act.PRINT_FORMS: Rule(_OVER, _RUN),
}


def participant_of(user: User, round: Round) -> Participant | None:
    """The user's own part in the round, if there is one."""
    if not user.member_id:
        return None
    return round.participants.filter(member=user.member_id).first()


def is_for(user: User, act: Act, round: Round, own: Participant | None) -> bool:
    """Whether the act is this person's business at all, now or in another state."""
    rule = RULES[act]
    if rule.capability is not None and user.may(rule.capability):
        return True
    return rule.for_participants and own is not None and round.state != State.PLAN


def possible_acts(user: User, round: Round, own: Participant | None) -> frozenset[Act]:
    """Everything the user may do with the round now."""
    return frozenset(act for act in Act if round.state in RULES[act].states and is_for(user, act, round, own))


def check(user: User, act: Act, round: Round) -> None:
    """PermissionDenied if it is not the user's business, ValidationError in words if it makes no sense now."""
    if not is_for(user, act, round, participant_of(user, round)):
        raise PermissionDenied
    check_state(act, round)


def check_state(act: Act, round: Round) -> None:
    if round.state not in RULES[act].states:
        raise ValidationError(
            _("This cannot be done now: the round is in the state “%(state)s”."),
            code="state",
            params={"state": round.get_state_display()},
        )
