"""Quorum and majority: plain arithmetic over whole numbers, no fraction is ever rounded (handbook, 3.2).

The denominator is *due*: who has the right to vote and is not left out (R-3.8), present or not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass

DUE, PRESENT = "due", "present"


@dataclass(frozen=True)
class Share:
    """A part of a number of people: "at least" it (半数以上) if inclusive, "more than" it (超过半数) if not."""

    numerator: int
    denominator: int
    is_inclusive: bool

    def is_reached(self, count: int, base: int) -> bool:
        """Whether so many of so many reach the share; nobody never does."""
        have, wanted = count * self.denominator, base * self.numerator
        return count > 0 and (have >= wanted if self.is_inclusive else have > wanted)

    def least(self, base: int) -> int:
        """The smallest number of people that reaches the share of so many."""
        whole, rest = divmod(base * self.numerator, self.denominator)
        return max(1, whole if self.is_inclusive and not rest else whole + 1)


@dataclass(frozen=True)
class Rule:
    """How one kind of matter is decided, from a day on. ``majority_of``: of those due, or of those present."""

    matter: str
    valid_from: datetime.date
    source: str
    quorum: Share
    majority: Share
    majority_of: str = DUE
    counts_written: bool = False  # opinions handed in before the meeting by somebody absent
    recused_stay_due: bool = True
    is_local: bool = False

    def as_dict(self) -> dict:
        """For the snapshot on a decision."""
        return {**asdict(self), "valid_from": self.valid_from.isoformat()}

    @classmethod
    def from_dict(cls, stored: dict) -> Rule:
        """From the snapshot of ``as_dict``."""
        values = {
            **stored,
            "valid_from": datetime.date.fromisoformat(stored["valid_from"]),
            "quorum": Share(**stored["quorum"]),
            "majority": Share(**stored["majority"]),
        }
        return cls(**values)


def in_force(rules: Iterable[Rule], matter: str, day: datetime.date) -> Rule:
    """The newest rule that began on the day or before; of two of one day the branch's own. A day before all of them has
    the oldest."""
    known = sorted(
        (rule for rule in rules if rule.matter == matter), key=lambda rule: (rule.valid_from, rule.is_local)
    )
    begun = [rule for rule in known if rule.valid_from <= day]
    return begun[-1] if begun else known[0]


@dataclass(frozen=True)
class Voter:
    """One person with the right to vote in the matter. ``is_left_out``: R-3.8, with both approvals recorded."""

    person: int
    came: bool = False
    is_online: bool = False
    is_marked: bool = True
    is_left_out: bool = False


@dataclass(frozen=True)
class Roll:
    """How many are due and how many of them came; ``unmarked`` of those due are neither here nor away yet."""

    due: int
    present: int
    online: int = 0
    unmarked: int = 0
    left_out: int = 0


def roll(voters: Iterable[Voter]) -> Roll:
    """Who is left out of *due* and comes all the same is due again: nobody votes who is not counted."""
    voters = list(voters)
    due = [voter for voter in voters if voter.came or not voter.is_left_out]
    return Roll(
        due=len(due),
        present=sum(voter.came for voter in due),
        online=sum(voter.came and voter.is_online for voter in due),
        unmarked=sum(not voter.is_marked for voter in due),
        left_out=len(voters) - len(due),
    )


def quorum_needed(rule: Rule, due: int) -> int:
    return rule.quorum.least(due)


def has_quorum(rule: Rule, due: int, present: int) -> bool:
    """Opinions in writing make nobody present."""
    return rule.quorum.is_reached(present, due)


@dataclass(frozen=True)
class Tally:
    """One vote. ``due`` and ``present`` are those of the vote: whoever left the room for it is not present, and is due
    or not as the rule says (``due_with_recusals``)."""

    due: int
    present: int
    yes: int
    no: int
    abstain: int
    written_yes: int = 0
    written_no: int = 0
    written_abstain: int = 0


@dataclass(frozen=True)
class Verdict:
    """What a vote came to; ``base`` is what the majority is counted of."""

    quorum_needed: int
    has_quorum: bool
    counted_yes: int
    counted_no: int
    yes_needed: int
    base: int
    is_passed: bool


def due_with_recusals(rule: Rule, due: int, recused: int) -> int:
    """Those due in a matter from which so many of them withdrew."""
    return due if rule.recused_stay_due else due - recused


def verdict(rule: Rule, tally: Tally) -> Verdict:
    """Without a quorum nothing passes, whatever the votes."""
    written = rule.counts_written
    yes = tally.yes + (tally.written_yes if written else 0)
    base = tally.due if rule.majority_of == DUE else tally.present
    quorate = has_quorum(rule, tally.due, tally.present)
    return Verdict(
        quorum_needed=quorum_needed(rule, tally.due),
        has_quorum=quorate,
        counted_yes=yes,
        counted_no=tally.no + (tally.written_no if written else 0),
        yes_needed=rule.majority.least(base),
        base=base,
        is_passed=quorate and rule.majority.is_reached(yes, base),
    )


def is_nearly_equal(yes: int, no: int) -> bool:
    """Two sides that differ by one vote, or by a tenth of the votes or less: reason to vote again later (handbook, 9)."""
    return yes > 0 and no > 0 and (abs(yes - no) <= 1 or abs(yes - no) * 10 <= yes + no)
