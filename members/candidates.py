"""Everybody on the way into the Party, each with the case that ``admission`` finds in the records."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from members import admission
from members.admission_rules import Paper
from members.models import Member, MemberFile

ON_THE_WAY = (
    Member.Stage.APPLICANT,
    Member.Stage.ACTIVIST,
    Member.Stage.TARGET,
    Member.Stage.PROBATIONARY,
)
# The kinds alone: what a paper says, and who may open it, is nothing to the dates.
_PAPERS = Prefetch("files", MemberFile.objects.only("kind", "member"), to_attr="kinds_of_papers")


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
    """Of the branch now: what is urgent first, then by stage, the furthest first. Four queries, however many people."""
    members = Member.objects.current().filter(stage__in=ON_THE_WAY).select_related("party_group")
    found = [
        _candidate(member, today) for member in members.prefetch_related("timeline", "trainings", _PAPERS)
    ]
    furthest_first = {stage: -place for place, stage in enumerate(ON_THE_WAY)}
    return sorted(found, key=lambda each: (not each.is_urgent, furthest_first[each.member.stage]))


def candidate(member: Member, today: datetime.date) -> Candidate:
    """One person, whatever the stage."""
    prefetch_related_objects([member], _PAPERS)
    return _candidate(member, today)


def is_on_the_way(member: Member) -> bool:
    return member.left_on is None and member.stage in ON_THE_WAY


def _candidate(member: Member, today: datetime.date) -> Candidate:
    facts = admission.Facts(
        entries=member.timeline.all(),
        born=member.birth_date,
        has_introducers=bool(member.introducers.strip()),
        courses=member.trainings.all(),
        papers={paper.kind for paper in member.kinds_of_papers},
    )
    case = admission.case_of(facts, today)
    return Candidate(member, case, admission.papers_missing(facts, case), today)
