"""The pairs of a year out of the database: three queries, however many talks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings.talks.models import Talk
from meetings.talks.pairs import Asked, asked, missing
from members.models import Member


@dataclass(frozen=True)
class PairsOfYear:
    """What is asked for and what is missing, with the people by id."""

    asked: Asked
    missing: Asked
    committee: frozenset[int]
    people: dict[int, Member]

    @property
    def done(self) -> int:
        return self.asked.count - self.missing.count


def pairs_of_year(year: int, today: datetime.date) -> PairsOfYear:
    """Of the members of today and of the committee on the year's last day, or today's."""
    day = min(datetime.date(year, 12, 31), today)
    people = {member.pk: member for member in Member.objects.party_members()}
    committee = set(Member.objects.committee_on(day).values_list("pk", flat=True)) & people.keys()
    talked = Talk.objects.of_year(year).values_list("talker", "partner")
    of = asked(committee, people)
    return PairsOfYear(of, missing(of, map(frozenset, talked)), frozenset(committee), people)
