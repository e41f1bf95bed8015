"""Who should have talked with whom in a year (BR 19): pure sets over ids of people, no database.

Each pair of commissioners, and each commissioner with each other member, normally talks at least once a year. Members among
each other: each with at least one other; that every two of them talk, no source asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

Pair = frozenset[int]


@dataclass(frozen=True)
class Asked:
    """What is asked for, or what is still missing of it."""

    among_the_committee: frozenset[Pair]
    with_the_committee: frozenset[Pair]
    among_members: frozenset[int]  # each with any other member

    @property
    def count(self) -> int:
        return len(self.among_the_committee) + len(self.with_the_committee) + len(self.among_members)


def asked(committee: Iterable[int], members: Iterable[int]) -> Asked:
    """Of a committee and all members (the committee among them or not). One member alone has nobody to talk with."""
    committee = set(committee)
    others = set(members) - committee
    return Asked(
        among_the_committee=frozenset(map(frozenset, combinations(sorted(committee), 2))),
        with_the_committee=frozenset(frozenset({one, other}) for one in committee for other in others),
        among_members=frozenset(others) if len(others) > 1 else frozenset(),
    )


def missing(of: Asked, talked: Iterable[Pair]) -> Asked:
    """What of it no talk has fulfilled. ``talked``: the pairs who talked in the year, in any order and number."""
    talked = set(talked)
    met = {person for pair in talked if pair <= of.among_members for person in pair}
    return Asked(
        among_the_committee=of.among_the_committee - talked,
        with_the_committee=of.with_the_committee - talked,
        among_members=of.among_members - met,
    )
