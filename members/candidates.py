"""Everybody on the way into the Party, each with the case that ``admission`` finds in the records."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from members import admission
from members.admission_rules import Paper
from members.models import Member

ON_THE_WAY = (
    Member.Stage.APPLICANT,
    Member.Stage.ACTIVIST,
    Member.Stage.TARGET,
    Member.Stage.PROBATIONARY,
)


@dataclass(frozen=True)
class Candidate:
    member: Member
    case: admission.Case
    missing_papers: list[Paper]
    today: datetime.date

    @property
    def is_urgent(self) -> bool:
        """Something is overdue, or due within a month."""
        return bool(self.case.urgent_on(self.today))

    @property
    def urgent(self) -> list[admission.Line]:
        """What is urgent beside the next event itself."""
        return [line for line in self.case.urgent_on(self.today) if line != self.case.next_line]

    @property
    def not_there(self) -> list[str]:
        """What the file and the record lack, in words."""
        missing = [
            line.step.label for line in self.case.missing if line.rule.needs not in self.missing_papers
        ]
        return [*missing, *(paper.label for paper in self.missing_papers)]


def candidates(today: datetime.date) -> list[Candidate]:
    """Of the branch now: what is urgent first, then by stage, the furthest first. Three queries, however many people."""
    members = Member.objects.current().filter(stage__in=ON_THE_WAY).select_related("party_group")
    members = list(members.prefetch_related("timeline", "trainings"))
    found = [_candidate(member, papers, today) for member, papers in _with_papers(members)]
    furthest_first = {stage: -place for place, stage in enumerate(ON_THE_WAY)}
    return sorted(found, key=lambda each: (not each.is_urgent, furthest_first[each.member.stage]))


def candidate(member: Member, today: datetime.date) -> Candidate:
    """One person, whatever the stage."""
    ((_member, papers),) = _with_papers([member])
    return _candidate(member, papers, today)


def is_on_the_way(member: Member) -> bool:
    return member.left_on is None and member.stage in ON_THE_WAY


def _with_papers(members: Iterable[Member]) -> list[tuple[Member, frozenset[str] | None]]:
    """Each with the kinds of papers in the file. None: nobody knows, so nothing is called missing.

    MERGE POINT: as soon as files are kept per person, one query gives the kinds of each one's files here.
    """
    return [(member, None) for member in members]


def _candidate(member: Member, papers: frozenset[str] | None, today: datetime.date) -> Candidate:
    facts = admission.Facts(
        entries=member.timeline.all(),
        born=member.birth_date,
        has_introducers=bool(member.introducers.strip()),
        courses=member.trainings.all(),
        papers=papers,
    )
    case = admission.case_of(facts, today)
    return Candidate(member, case, admission.papers_missing(facts, case), today)
