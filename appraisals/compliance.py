"""The rules of an appraisal: pure functions over plain facts. They warn and ask; they never decide.

Source: the handbook, 7.1, 7.2 (steps 10 and 12), 13 and the worked examples of 14.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Cap:
    """How many may be "excellent": ``share`` of ``base`` people, rounded down; ``given`` are."""

    share: Fraction
    base: int
    given: int

    @property
    def most(self) -> int:
        return int(self.share * self.base)

    @property
    def is_kept(self) -> bool:
        return self.given <= self.most

    @property
    def is_nobody(self) -> bool:
        """So few people that the share of them is nobody: to be explained on the screen."""
        return self.most == 0


def majority(counts: Mapping[str, int]) -> str | None:
    """The grade that most ballots marked; None where two share the first place, or nobody marked any."""
    if not counts:
        return None
    most = max(counts.values())
    leading = [grade for grade, count in counts.items() if count == most]
    return leading[0] if most and len(leading) == 1 else None


def needs_reason(grade: str, counts: Mapping[str, int] | None) -> bool:
    """A grade that differs from the ballot's majority is explained ("look at the votes, not only the votes")."""
    leading = majority(counts) if counts else None
    return bool(grade) and leading is not None and grade != leading


def cap_of(grades: Sequence[str], *, share: Fraction, base: int, excellent: str = "excellent") -> Cap:
    """``grades``: those proposed so far, empty ones left out or not."""
    return Cap(share, base, sum(grade == excellent for grade in grades))
