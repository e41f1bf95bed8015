"""Who may do what with a ballot in which state: one table.

*Who may* is a permission (403, or 404 where the ballot itself is not to be seen). *When it makes sense* is a refusal
with a reason. The database holds the same states by its triggers and constraints (``models``, ``locks``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.models import SecretBallot
from members.models import User
from members.permissions import Capability

State = SecretBallot.State


class Act(TextChoices):
    SEE = "see", _("see the ballot")
    SEE_ROLL = "see_roll", _("see who is on the roll")
    CHANGE_SETUP = "change_setup", _("change the set-up")
    HAND_IN_KEY = "hand_in_key", _("hand in a scrutineer's key")
    OPEN = "open", _("open voting")
    SHOW_SCREEN = "show_screen", _("show the screen with the way to the booth")
    VOTE = "vote", _("vote")
    SEE_BOARD = "see_board", _("see the tracking codes")
    ISSUE_PAPER = "issue_paper", _("issue a paper ballot")
    CLOSE = "close", _("close voting")
    VERIFY_SEALED = "verify_sealed", _("verify the sealed ballots")
    DECRYPT = "decrypt", _("hand in a share of the count")
    ENTER_PAPER = "enter_paper", _("enter the totals of the paper ballots")
    SEE_RESULT = "see_result", _("see the result")
    ANNOUNCE = "announce", _("announce the result")
    VOID = "void", _("declare the ballot void")
    READ_HISTORY = "read_history", _("read what was done with the ballot")


class Relation(TextChoices):
    """What a person is to one ballot, beside the role in the branch."""

    VOTER = "voter"
    SCRUTINEER = "scrutineer"
    # A Party member of the branch, on the roll or not: sees whether it is so, and nothing else.
    MEMBER = "member"


@dataclass(frozen=True)
class Rule:
    """In which states; by which capability, or else by which relation, leading to which state."""

    states: frozenset[State]
    capabilities: frozenset[Capability] = frozenset()
    relations: frozenset[Relation] = frozenset()
    leads_to: State | None = None
    # For a relation the act waits for the announcement.
    after_announcement: frozenset[Relation] = field(default_factory=frozenset)
    # What has been announced, or what something rests on, stands.
    until_it_stands: bool = False


def _in(*states: State) -> frozenset[State]:
    return frozenset(states)


_ALL = frozenset(State)
_OPENED = _ALL - {State.SETUP}
_RUN = frozenset({Capability.RUN_BALLOTS})
_CLOSE = frozenset({Capability.CLOSE_BALLOTS})
_DECIDE = frozenset({Capability.DECIDE_ON_BALLOTS})
_VOTER, _SCRUTINEER = frozenset({Relation.VOTER}), frozenset({Relation.SCRUTINEER})
_MEMBER = frozenset({Relation.MEMBER})

RULES: dict[Act, Rule] = {
    Act.SEE: Rule(_ALL, _RUN | _CLOSE, _VOTER | _SCRUTINEER | _MEMBER),
    Act.SEE_ROLL: Rule(_ALL, _RUN, _SCRUTINEER),
    Act.CHANGE_SETUP: Rule(_in(State.SETUP), _RUN),
    Act.HAND_IN_KEY: Rule(_in(State.SETUP), relations=_SCRUTINEER),
    Act.OPEN: Rule(_in(State.SETUP), _RUN, leads_to=State.OPEN),
    Act.SHOW_SCREEN: Rule(_in(State.OPEN), _RUN, _SCRUTINEER),
    Act.VOTE: Rule(_in(State.OPEN), relations=_VOTER),
    Act.SEE_BOARD: Rule(_OPENED, _RUN, _VOTER | _SCRUTINEER),
    Act.ISSUE_PAPER: Rule(_in(State.OPEN), _RUN),
    Act.CLOSE: Rule(_in(State.OPEN), _CLOSE, leads_to=State.CLOSED),
    Act.VERIFY_SEALED: Rule(_in(State.OPEN, State.CLOSED, State.COUNTED), relations=_SCRUTINEER),
    Act.DECRYPT: Rule(_in(State.CLOSED), relations=_SCRUTINEER),
    Act.ENTER_PAPER: Rule(_in(State.CLOSED), _RUN, _SCRUTINEER),
    Act.SEE_RESULT: Rule(_in(State.COUNTED), _RUN, _VOTER | _SCRUTINEER, after_announcement=_VOTER),
    Act.ANNOUNCE: Rule(_in(State.COUNTED), _DECIDE),
    Act.VOID: Rule(_ALL - {State.VOID}, _DECIDE, leads_to=State.VOID, until_it_stands=True),
    Act.READ_HISTORY: Rule(_ALL, _RUN, _SCRUTINEER),
}


def relations(user: User, ballot: SecretBallot) -> frozenset[Relation]:
    """What the user is to the ballot; two queries."""
    if not user.member_id:
        return frozenset()
    found = {Relation.MEMBER} if user.member.is_party_member else set()
    if ballot.voters.filter(member=user.member_id).exists():
        found.add(Relation.VOTER)
    if ballot.scrutineers.filter(member=user.member_id).exists():
        found.add(Relation.SCRUTINEER)
    return frozenset(found)


def is_for(user: User, act: Act, ballot: SecretBallot, related: frozenset[Relation] | None = None) -> bool:
    """Whether the act is this person's business at all, now or in another state."""
    rule = RULES[act]
    if any(user.may(capability) for capability in rule.capabilities):
        return True
    related = (relations(user, ballot) if related is None else related) & rule.relations
    if ballot.announced_at is None:
        related -= rule.after_announcement
    return bool(related)


def is_possible(
    user: User, act: Act, ballot: SecretBallot, related: frozenset[Relation] | None = None
) -> bool:
    """Whether the user may do it now."""
    return _is_the_time(act, ballot) and is_for(user, act, ballot, related)


def _is_the_time(act: Act, ballot: SecretBallot) -> bool:
    rule = RULES[act]
    stands = ballot.announced_at or ballot.relied_on_at
    return ballot.state in rule.states and not (rule.until_it_stands and stands)


def possible_acts(user: User, ballot: SecretBallot) -> frozenset[Act]:
    """Everything the user may do with the ballot now; two queries."""
    related = relations(user, ballot)
    return frozenset(act for act in Act if is_possible(user, act, ballot, related))


def check(user: User, act: Act, ballot: SecretBallot) -> None:
    """PermissionDenied if it is not the user's business, ValidationError in words if it makes no sense now."""
    if not is_for(user, act, ballot):
        raise PermissionDenied
    check_state(act, ballot)


def check_state(act: Act, ballot: SecretBallot) -> None:
    """ValidationError in words if the act makes no sense now."""
    if ballot.state not in RULES[act].states:
        raise ValidationError(
            _("This cannot be done now: the ballot is in the state “%(state)s”."),
            code="state",
            params={"state": ballot.get_state_display()},
        )
    if not _is_the_time(act, ballot):
        raise ValidationError(
            _("This cannot be done any more: the result is announced, or something was decided on it."),
            code="state",
        )
