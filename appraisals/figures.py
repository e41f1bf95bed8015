"""What a round's ballot and meetings say of each participant: facts beside the grade, never a grade."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from appraisals import compliance
from appraisals.ballots.figures import Row, rows_of
from appraisals.models import Assessment, Participant, Round
from meetings.models import Attendance, Meeting

_CAME = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]
_HELD = [Meeting.State.DRAFT_MINUTES, Meeting.State.SIGNED_OFF]


@dataclass
class Line:
    """One participant with everything the committee looks at. ``row`` is None where there are no figures."""

    participant: Participant
    assessment: Assessment | None
    row: Row | None
    invited: int = 0
    came: int = 0

    @property
    def counts(self) -> dict[str, int] | None:
        """Grade -> how many ballots marked it."""
        if self.row is None:
            return None
        return dict(zip(self.participant.round.grades, self.row.counts, strict=True))

    @property
    def majority(self) -> str | None:
        return compliance.majority(self.counts or {})


def lines_of(round: Round, *, graded_only: bool = True) -> list[Line]:
    """The participants in the order of names; the number of queries does not depend on how many there are.

    Probationary members, who get no grade, are among them only if asked for.
    """
    found = round.participants.graded() if graded_only else round.participants.all()
    participants = list(found.select_related("member", "round", "assessment__changed_by"))
    rows = {}
    if round.ballot_id:
        rows = {row.question.subject_id: row for row in rows_of(round.ballot) or []}
    attended = _attendance(round)
    lines = []
    for participant in participants:
        invited, came = attended.get(participant.member_id, (0, 0))
        row = rows.get(participant.member_id)
        lines.append(Line(participant, getattr(participant, "assessment", None), row, invited, came))
    return lines


def _attendance(round: Round) -> dict[int, tuple[int, int]]:
    """Member -> meetings of the year the member was invited to, and those the member came to."""
    found = (
        Attendance.objects.filter(meeting__for_year=round.year, meeting__state__in=_HELD)
        .values("member")
        .annotate(invited=Count("pk"), came=Count("pk", filter=Q(status__in=_CAME)))
        .order_by("member")
    )
    return {each["member"]: (each["invited"], each["came"]) for each in found}


def cap_of(round: Round, grades: list[str]) -> compliance.Cap:
    """The cap for "excellent" with the grades given so far; those given elsewhere do not count against it."""
    people = round.participants
    base = {
        Round.CapBase.GRADED: lambda: people.assessed_here().count(),
        Round.CapBase.MEMBERS: lambda: people.count(),
        Round.CapBase.RATERS: lambda: round.ballot.voters.count() if round.ballot_id else 0,
    }[Round.CapBase(round.cap_base)]()
    return compliance.cap_of(grades, share=round.cap_share, base=base)
