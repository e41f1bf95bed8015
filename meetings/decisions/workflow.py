"""Who may do what with a matter in which state: one table.

*Who may* is a permission (403, or 404 where the matter itself is not to be seen). *When it makes sense* is a refusal with a
reason. The database knows the transitions too (``Decision.Meta.triggers``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meetings import workflow as meeting_workflow
from meetings.decisions.models import Decision
from meetings.workflow import Act as MeetingAct
from members.models import User
from members.permissions import Capability

State = Decision.State


class Act(TextChoices):
    CHANGE = "change", _("change the matter")
    REVIEW = "review", _("review")
    DISCUSS = "discuss", _("record the discussion")
    VOTE = "vote", _("record the vote")
    DEFER = "defer", _("defer")
    REMOVE = "remove", _("take the proposal out")
    TAKE_UP = "take_up", _("take up again")
    SUPERSEDE = "supersede", _("change by a new decision")
    DISSENT = "dissent", _("keep a differing view")
    ARRANGE = "arrange", _("set who carries it out, and its publication")
    START = "start", _("begin the execution")
    NOTE = "note", _("note on the execution")
    COMPLETE = "complete", _("report it as completed")
    RETURN = "return", _("send it back")
    CHECK = "check", _("check the execution")


class Who(Enum):
    """Whose business an act is."""

    RECORDER = "whoever records the meeting; before there is one, whoever keeps the decisions"
    KEEPER = "whoever keeps the decisions"
    OWNER = "the person in charge, and whoever keeps the decisions"


@dataclass(frozen=True)
class Rule:
    states: frozenset[State]
    who: Who
    leads_to: State | None = None


_OPEN = frozenset(State(state) for state in State.open())
_VALID = frozenset(State(state) for state in State.valid())
_UNDER_WAY = frozenset({State.DECIDED, State.IN_EXECUTION, State.COMPLETED})

RULES: dict[Act, Rule] = {
    Act.CHANGE: Rule(_OPEN, Who.RECORDER),
    Act.REVIEW: Rule(frozenset({State.PROPOSED}), Who.KEEPER, State.REVIEWED),
    Act.DISCUSS: Rule(frozenset({State.PROPOSED, State.REVIEWED}), Who.RECORDER, State.DISCUSSED),
    Act.VOTE: Rule(frozenset({State.DISCUSSED}), Who.RECORDER),
    Act.DEFER: Rule(frozenset({State.DISCUSSED}), Who.RECORDER, State.DEFERRED),
    Act.REMOVE: Rule(frozenset({State.PROPOSED, State.REVIEWED}), Who.RECORDER),
    Act.TAKE_UP: Rule(_OPEN | {State.DEFERRED}, Who.KEEPER),
    Act.SUPERSEDE: Rule(_VALID, Who.KEEPER),
    Act.DISSENT: Rule(_OPEN | _VALID | {State.REJECTED, State.DEFERRED}, Who.RECORDER),
    Act.ARRANGE: Rule(_UNDER_WAY, Who.KEEPER),
    Act.START: Rule(frozenset({State.DECIDED}), Who.KEEPER, State.IN_EXECUTION),
    Act.NOTE: Rule(frozenset({State.IN_EXECUTION, State.COMPLETED}), Who.OWNER),
    Act.COMPLETE: Rule(frozenset({State.IN_EXECUTION}), Who.OWNER, State.COMPLETED),
    Act.RETURN: Rule(frozenset({State.COMPLETED}), Who.KEEPER, State.IN_EXECUTION),
    Act.CHECK: Rule(frozenset({State.COMPLETED}), Who.KEEPER, State.CHECKED),
}

# What is of the record of a meeting ends when its minutes are signed.
OF_THE_RECORD = frozenset({Act.CHANGE, Act.DISCUSS, Act.VOTE, Act.DEFER, Act.REMOVE, Act.DISSENT, Act.REVIEW})


def is_for(user: User, act: Act, decision: Decision) -> bool:
    """Whether the act is this person's business at all, now or in another state."""
    who = RULES[act].who
    if who is Who.RECORDER and decision.meeting_id:
        return meeting_workflow.is_for(user, MeetingAct.RECORD, decision.meeting)
    if user.may(Capability.KEEP_DECISIONS):
        return True
    return who is Who.OWNER and user.member_id is not None and decision.owner_id == user.member_id


def refusal(act: Act, decision: Decision) -> ValidationError | None:
    """Why the act makes no sense now, in words; None if it does."""
    if decision.state not in RULES[act].states:
        return ValidationError(
            _("This cannot be done now: the matter is in the state “%(state)s”."),
            code="state",
            params={"state": decision.get_state_display()},
        )
    is_locked = decision.meeting is not None and decision.meeting.is_locked
    if act in OF_THE_RECORD and is_locked:
        return ValidationError(
            _(
                "The minutes of its meeting are signed, or the meeting was cancelled: take the matter up again."
            ),
            code="locked",
        )
    if act == Act.TAKE_UP and decision.is_open and not is_locked:
        return ValidationError(_("This matter is still open: go on with it here."), code="open")
    if act == Act.TAKE_UP and hasattr(decision, "taken_up_by"):
        return ValidationError(_("This matter was taken up again already."), code="taken_up")
    if act == Act.SUPERSEDE and hasattr(decision, "superseded_by"):
        return ValidationError(
            _("There is a newer decision on this matter: change that one."), code="superseded"
        )
    return None


def check(user: User, act: Act, decision: Decision) -> None:
    """PermissionDenied if it is not the user's business, ValidationError in words if it makes no sense now."""
    if not is_for(user, act, decision):
        raise PermissionDenied
    if refused := refusal(act, decision):
        raise refused


def possible_acts(user: User, decision: Decision) -> frozenset[Act]:
    """Everything the user may do with the matter now."""
    return frozenset(act for act in Act if refusal(act, decision) is None and is_for(user, act, decision))
