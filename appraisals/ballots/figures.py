"""What a counted ballot says: paper and online together, row by row. Source of the rules: the handbook, 7.2 and 7.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appraisals.ballots import turnout
from appraisals.ballots.actions.counting import agreed_paper
from appraisals.ballots.models import Question, SecretBallot, Voter
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
    Those who voted online and those who voted on paper are looked at by themselves as well, since the archive has the sums
    of the former.
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
    on_paper = paper.returned - paper.invalid if paper else 0
    left_out_online, left_out_on_paper = _left_out(ballot)
    rows = []
    for index, question in enumerate(ballot.questions.select_related("subject")):
        marks = paper.marks[index] if paper else [0] * len(online[index])
        spoiled = paper.invalid_rows[index] if paper else 0
        counts = tuple(mine + its for mine, its in zip(online[index], marks, strict=True))
        valid = ballot.online_returned + on_paper
        subject = question.subject_id
        unanimous = (
            _is_unanimous(counts, spoiled, valid, subject in left_out_online | left_out_on_paper)
            or _is_unanimous(online[index], 0, ballot.online_returned, subject in left_out_online)
            or _is_unanimous(marks, spoiled, on_paper, subject in left_out_on_paper)
        )
        rows.append(Row(question, counts, valid - sum(counts) - spoiled, spoiled, unanimous))
    return rows


def _is_unanimous(counts: Sequence[int], spoiled: int, valid: int, may_lack_own_row: bool) -> bool:
    """Whether the figures of so many ballots tell what everybody did; of no ballots they tell nothing."""
    abstentions = valid - sum(counts) - spoiled
    # Whoever the row is about had no such row on the ballot: that one without a mark hides nobody's choice.
    own = int(may_lack_own_row and abstentions > 0)
    return valid > 0 and (max(counts) >= max(valid - own, 1) or abstentions == valid)


def _left_out(ballot: SecretBallot) -> tuple[set[int], set[int]]:
    """Members who may have cast a ballot without the row about themselves, online and on paper; whether paper came
    back, nobody knows."""
    if not ballot.hides_own_row:
        return set(), set()
    voters = ballot.voters.exclude(returned=False).values_list("member_id", "way")
    on_paper = {member for member, way in voters if way == Voter.Way.PAPER}
    return {member for member, _way in voters} - on_paper, on_paper


def paper_may_betray(ballot: SecretBallot) -> bool:
    """Whether so few paper ballots were issued, or are valid, that it matters who can tell them from those cast online: the
    archive has the sums of the latter, and total minus archive is what the paper says."""
    if ballot.state == SecretBallot.State.COUNTED and not archive_is_public(ballot):
        return False
    paper = agreed_paper(ballot)
    number = paper.returned - paper.invalid if paper else ballot.voters.on_paper().count()
    return 0 < number < ballot.smallest_count


def archive_is_public(ballot: SecretBallot) -> bool:
    """Whether the sums of the online ballots alone may be known: not if they are fewer than the fewest counted."""
    return ballot.result is not None and ballot.online_returned >= ballot.smallest_count
