"""Who is due and who came at one meeting, for each kind of matter: the rows of the database as plain facts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.utils import timezone

from meetings.decisions import wording
from meetings.decisions.models import Decision, Exclusion, LocalRule
from meetings.decisions.rules import Roll, Rule, Voter, in_force, roll
from meetings.decisions.standard_rules import RULES, Matter, matters_of
from meetings.models import Attendance, Meeting
from members.models import Member


class RollCall:
    """The roll of one meeting. Queries: one each for exclusions, local rules and the matters of its decisions, one for
    the committee where it decides; the attendance only if it is not given."""

    def __init__(self, meeting: Meeting, rows: Iterable[Attendance] | None = None) -> None:
        self.meeting = meeting
        self._given = rows
        self.day = timezone.localdate(meeting.starts_at)

    @cached_property
    def rows(self) -> list[Attendance]:
        return list(self.meeting.attendances.all() if self._given is None else self._given)

    @cached_property
    def rules(self) -> list[Rule]:
        return [*RULES, *(row.rule for row in LocalRule.objects.all())]

    @cached_property
    def left_out(self) -> set:
        """Attendances of those left out, with both approvals recorded."""
        found = Exclusion.objects.filter(attendance__meeting=self.meeting)
        return {exclusion.attendance_id for exclusion in found if exclusion.holds}

    @cached_property
    def committee(self) -> set[int]:
        return set(Member.objects.committee_on(self.day).values_list("pk", flat=True))

    @cached_property
    def matters(self) -> list[Matter]:
        """What the meeting may decide."""
        return matters_of(self.meeting.kinds)

    @cached_property
    def announced(self) -> list[Matter]:
        """For which the quorum is said: the usual matter of the meeting always, and those it decides."""
        usual = {Matter.ORDINARY, Matter.COMMITTEE}
        decided = set(Decision.objects.filter(meeting=self.meeting).values_list("matter", flat=True))
        return [matter for matter in self.matters if matter in usual | decided]

    def rule(self, matter: str) -> Rule:
        """The rule in force on the day of the meeting."""
        return in_force(self.rules, matter, self.day)

    def voters(self, matter: str) -> list[Voter]:
        """All commissioners for what the committee decides, invited or not; otherwise those with the right to vote."""
        if matter != Matter.COMMITTEE:
            return [self._voter(row) for row in self.rows if row.has_vote]
        rows = {row.member_id: row for row in self.rows}
        return [
            self._voter(rows[person], may_be_left_out=False) if person in rows else Voter(person)
            for person in self.committee
        ]

    def _voter(self, row: Attendance, *, may_be_left_out: bool = True) -> Voter:
        return Voter(
            person=row.member_id,
            came=row.came,
            is_online=row.status == Attendance.Status.ONLINE,
            is_marked=row.status != Attendance.Status.UNMARKED,
            is_left_out=may_be_left_out and row.pk in self.left_out,
        )

    def roll(self, matter: str) -> Roll:
        return roll(self.voters(matter))

    def sentence(self, matter: str) -> str:
        """What the chair announces."""
        found = self.roll(matter)
        said = (
            wording.announcement(self.rule(matter), found),
            wording.of_those_left_out(found),
            wording.of_those_unmarked(found),
        )
        return " ".join(filter(None, said))

    def sentences(self) -> list[tuple[str, str]]:
        """The sentences of the matters that are announced, each with the name under which a script renews it."""
        return [(figure_name(matter), self.sentence(matter)) for matter in self.announced]

    def as_dict(self) -> dict[str, str]:
        """Of all that the meeting may decide, for the script of the record's page."""
        return {figure_name(matter): self.sentence(matter) for matter in self.matters}


def figure_name(matter: str) -> str:
    return f"quorum_{matter}"
