"""Who may do what with a ledger entry in which state: one table.

*Who may* is a permission (403, or 404 where the entry itself is not to be seen). *When it makes sense* is a refusal
with a reason. The database holds the same table: its trigger is written from ``RULES`` (``locks``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.rectification.states import Act, Level, State
from members.permissions import Capability

if TYPE_CHECKING:
    from meetings.rectification.models import LedgerEntry
    from members.models import User


class Who(Enum):
    """What a person is to one entry."""

    IN_CHARGE = "in charge"
    KEEPER = "keeper"  # of the branch's entries, or of personal ones: two capabilities


@dataclass(frozen=True)
class Rule:
    """From which state to which; by whom; and who never does it, whatever else the person is (R-8.1)."""

    moves: Mapping[State, State]
    by: frozenset[Who]
    never_by: frozenset[Who] = frozenset()


ACTIVE = tuple(state for state in State if state != State.CLOSED)
_AT_WORK = (State.OPEN, State.IN_PROGRESS, State.EXTENDED, State.RETURNED, State.LONG_TERM)
_KEEPER, _IN_CHARGE = frozenset({Who.KEEPER}), frozenset({Who.IN_CHARGE})


def _stay(*states: State) -> dict[State, State]:
    return {state: state for state in states}


def _all_to(target: State, *states: State) -> dict[State, State]:
    return dict.fromkeys(states, target)


RULES: dict[Act, Rule] = {
    Act.CHANGE: Rule(_stay(*_AT_WORK), _KEEPER),
    # Whoever notes progress is at work, unless the work has no end.
    Act.NOTE: Rule(
        _all_to(State.IN_PROGRESS, *_AT_WORK) | _stay(State.LONG_TERM),
        _KEEPER | _IN_CHARGE,
    ),
    Act.EVIDENCE: Rule(_stay(*ACTIVE), _KEEPER | _IN_CHARGE),
    Act.CLAIM: Rule(_all_to(State.CLAIMED, State.IN_PROGRESS, State.EXTENDED), _KEEPER | _IN_CHARGE),
    Act.CLOSE: Rule(_all_to(State.CLOSED, State.CLAIMED), _KEEPER, never_by=_IN_CHARGE),
    Act.RETURN: Rule(_all_to(State.RETURNED, State.CLAIMED), _KEEPER, never_by=_IN_CHARGE),
    # Nobody approves more time for the own work.
    Act.EXTEND: Rule(_all_to(State.EXTENDED, *ACTIVE), _KEEPER, never_by=_IN_CHARGE),
    Act.LONG_TERM: Rule(
        _all_to(State.LONG_TERM, State.OPEN, State.IN_PROGRESS, State.EXTENDED, State.RETURNED),
        _KEEPER,
        never_by=_IN_CHARGE,
    ),
    # the closed entry stays as it is; a new one is linked to it.
    Act.RECUR: Rule(_stay(State.CLOSED), _KEEPER),
}


def keeps(user: User, level: str) -> bool:
    """Whether the user keeps the entries of this level (R-8.4: personal ones are in two people's hands)."""
    personal = level == Level.MEMBER
    return user.may(Capability.KEEP_PERSONAL_ENTRIES if personal else Capability.KEEP_LEDGER)


def relations(user: User, entry: LedgerEntry) -> frozenset[Who]:
    found = set()
    if keeps(user, entry.level):
        found.add(Who.KEEPER)
    if user.member_id and user.member_id == entry.in_charge_id:
        found.add(Who.IN_CHARGE)
    return frozenset(found)


def possible_acts(user: User, entry: LedgerEntry) -> frozenset[Act]:
    """Everything the user may do with the entry now; no query."""
    related = relations(user, entry)
    return frozenset(
        act
        for act, rule in RULES.items()
        if entry.state in rule.moves and related & rule.by and not related & rule.never_by
    )


def check(user: User, act: Act, entry: LedgerEntry) -> None:
    """PermissionDenied if it is not the user's business, ValidationError in words if the rule or the state forbids it."""
    rule, related = RULES[act], relations(user, entry)
    if related & rule.never_by:
        raise ValidationError(
            _("You are in charge of this entry: somebody else checks it, closes it or gives it more time."),
            code="own",
        )
    if not related & rule.by:
        raise PermissionDenied
    if entry.state not in rule.moves:
        raise ValidationError(
            _("This cannot be done now: the entry is in the state “%(state)s”."),
            code="state",
            params={"state": entry.get_state_display()},
        )


def next_state(act: Act, state: str) -> State:
    return RULES[act].moves[State(state)]
