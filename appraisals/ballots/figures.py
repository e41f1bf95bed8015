"""What a counted ballot says: paper and online together, row by row. Source of the rules: the handbook, 7.2 and 7.3."""

from __future__ import annotations

from dataclasses import dataclass

from appraisals.ballots import turnout
from appraisals.ballots.actions.counting import agreed_paper
from appraisals.ballots.models import Question, SecretBallot
from appraisals.ballots.texts import result_of


@dataclass(frozen=True)
class Turnout:
    """Ballots, as the count sheet names them. ``invalid`` and ``blank`` can only be told of paper: an online ballot
    cannot be invalid, and whether one is blank nobody can see. None: not known yet."""

    entitled: int
    issued: int
    issued_online: int
    issued_on_paper: int
    returned: int
    returned_online: int
    returned_on_paper: int | None
    invalid: int | None
    blank: int | None
    reaches_needed: bool
    reaches_wanted: bool

    @property
    def valid(self) -> int:
        """Ballots in the count, blank ones included."""
        return self.returned - (self.invalid or 0)


@dataclass(frozen=True)
class Row:
    """One question: how often each answer was marked, and how many ballots left it unmarked or spoiled it.

    ``is_unanimous``: the figures tell what everybody did (S-5): all who could mark the row marked the same, or nobody did.
    """

    question: Question
    counts: tuple[int, ...]
    abstentions: int
    invalid: int
    is_unanimous: bool

    @property
    def labelled(self) -> list[tuple[str, int]]:
        return list(zip(self.question.labels, self.counts, strict=True))


def turnout_of(ballot: SecretBallot) -> Turnout:
    """Counts of people and ballots, at any time from the opening on. Four queries."""
    voters = ballot.voters.count()
    on_paper = ballot.voters.on_paper().count()
    online = ballot.online_returned
    if online is None:
        online = ballot.seats.taken().count()
    paper = agreed_paper(ballot) if on_paper else None
    returned_on_paper = paper.returned if paper else (0 if not on_paper else None)
    returned = online + (returned_on_paper or 0)
    entitled = ballot.entitled or voters
    return Turnout(
        entitled=entitled,
        issued=voters,
        issued_online=voters - on_paper,
        issued_on_paper=on_paper,
        returned=returned,
        returned_online=online,
        returned_on_paper=returned_on_paper,
        invalid=paper.invalid if paper else (0 if not on_paper else None),
        blank=paper.blank if paper else None,
        reaches_needed=turnout.is_reached(ballot.turnout_needed, returned, entitled),
        reaches_wanted=turnout.is_reached(ballot.turnout_wanted, returned, entitled),
    )


def rows_of(ballot: SecretBallot) -> list[Row] | None:
    """The figures of each question; None unless it is counted and enough ballots came in."""
    if ballot.state != SecretBallot.State.COUNTED or ballot.result is None or ballot.is_withheld:
        return None
    paper = agreed_paper(ballot)
    online = result_of(ballot).counts
    valid = ballot.online_returned + (paper.returned - paper.invalid if paper else 0)
    left_out = _left_out(ballot)
    rows = []
    for index, question in enumerate(ballot.questions.select_related("subject")):
        counts = online[index]
        spoiled = 0
        if paper:
            counts = tuple(mine + its for mine, its in zip(counts, paper.marks[index], strict=True))
            spoiled = paper.invalid_rows[index]
        abstentions = valid - sum(counts) - spoiled
        # Whoever the row is about had no such row on the ballot: that one without a mark hides nobody's choice.
        own = int(question.subject_id in left_out and abstentions > 0)
        unanimous = valid > 0 and (max(counts) >= max(valid - own, 1) or abstentions == valid)
        rows.append(Row(question, counts, abstentions, spoiled, unanimous))
    return rows


def _left_out(ballot: SecretBallot) -> set[int]:
    """Members who may have cast a ballot without the row about themselves; whether paper came back, nobody knows."""
    if not ballot.hides_own_row:
        return set()
    return set(ballot.voters.exclude(returned=False).values_list("member_id", flat=True))


def archive_is_public(ballot: SecretBallot) -> bool:
    """Whether the sums of the online ballots alone may be known: not if they are fewer than the fewest counted."""
    return ballot.result is not None and ballot.online_returned >= ballot.smallest_count
