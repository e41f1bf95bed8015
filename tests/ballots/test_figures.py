"""What a counted ballot says, and where the figures would tell how each person voted (handbook 7.3, S-5)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appraisals.ballots import actions
from appraisals.ballots.figures import archive_is_public, paper_may_betray, rows_of, turnout_of
from appraisals.ballots.models import PaperCount
from tests.ballots import factories

pytestmark = pytest.mark.django_db(transaction=True)
NONE = None


def counted(everybody: list[list[int | None]], *, voters: int | None = None, **options):
    """Everybody's marks in the order of the roll; the question at a place is about the voter at that place."""
    stage = factories.opened(
        voters=voters or len(everybody), questions=len(everybody[0]), smallest_count=2, **options
    )
    for voter, marks in zip(stage.voters, everybody, strict=False):
        factories.vote(stage, voter, marks)
    factories.close(stage)
    factories.decrypt(stage)
    return stage


def unanimous(stage) -> list[bool]:
    return [row.is_unanimous for row in rows_of(stage.ballot)]


def test_a_row_that_all_but_the_person_rated_marked_alike_tells_everybodys_choice():
    stage = counted([[NONE, 0, 0], [0, NONE, 1], [0, 0, NONE], [0, 0, 0]])
    assert unanimous(stage) == [True, True, False]
    assert [(row.counts, row.abstentions) for row in rows_of(stage.ballot)] == [
        ((3, 0, 0, 0), 1),
        ((3, 0, 0, 0), 1),
        ((2, 1, 0, 0), 1),
    ]


def test_two_unmarked_rows_hide_who_did_not_mark():
    stage = counted([[NONE], [NONE], [0], [0]])
    assert unanimous(stage) == [False]


def test_where_the_own_row_is_shown_an_unmarked_row_is_an_abstention_and_hides_a_choice():
    stage = counted([[NONE], [0], [0], [0]], hides_own_row=False)
    assert unanimous(stage) == [False]
    assert unanimous(counted([[0], [0], [0]], hides_own_row=False)) == [True]


def test_an_abstention_beside_a_person_rated_who_did_not_vote_is_somebodys_choice():
    stage = factories.opened(voters=5, questions=1, smallest_count=2)
    for voter, mark in zip(stage.voters[1:], [NONE, 0, 0, 0], strict=True):
        factories.vote(stage, voter, [mark])
    factories.close(stage)
    factories.decrypt(stage)
    assert unanimous(stage) == [False]


def test_a_row_that_nobody_marked_tells_that_nobody_did():
    assert unanimous(counted([[NONE], [NONE], [NONE]])) == [True]


def with_paper(online, marks, spoiled=0, **options):
    """Some vote online as said, and so many on paper as the sums say."""
    on_paper = sum(marks) + spoiled
    options = {"smallest_count": 2, "hides_own_row": False} | options
    stage = factories.opened(voters=len(online) + on_paper, questions=1, **options)
    for voter in stage.voters[len(online) :]:
        actions.issue_paper(stage.ballot, stage.ballot.voters.get(member=voter.member), by=stage.secretary)
    for voter, mark in zip(stage.voters, online, strict=False):
        factories.vote(stage, voter, [mark])
    factories.close(stage)
    figures = {"returned": on_paper, "invalid": 0, "blank": 0, "marks": [marks], "invalid_rows": [spoiled]}
    for user in stage.scrutineers:
        actions.enter_paper(stage.ballot, by=user, count=PaperCount(**figures))
    factories.decrypt(stage)
    return stage


def test_paper_counts_for_unanimity_and_a_spoiled_row_breaks_it():
    assert unanimous(with_paper([0, 0, 0], [2, 0, 0, 0])) == [True]
    assert unanimous(with_paper([0, 0, 1], [1, 1, 0, 0])) == [False]
    assert unanimous(with_paper([0, 0, 1], [1, 0, 0, 0], 1)) == [False]


def test_a_part_that_is_unanimous_by_itself_is_pointed_out_since_the_archive_tells_the_parts_apart():
    assert unanimous(with_paper([0, 0, 0], [1, 1, 0, 0])) == [True]
    assert unanimous(with_paper([0, 0, 1], [0, 2, 0, 0])) == [True]
    assert unanimous(with_paper([0, 0, 1], [1, 0, 0, 0])) == [True]  # one voter's paper


def test_the_own_row_that_an_online_ballot_leaves_out_is_weighed_in_its_own_part():
    assert unanimous(with_paper([NONE, 0, 0], [1, 1, 0, 0], hides_own_row=True)) == [True]
    assert unanimous(with_paper([NONE, 0, 1], [1, 1, 0, 0], hides_own_row=True)) == [False]


def test_few_paper_ballots_are_warned_of_as_long_as_the_archive_tells_them_apart():
    def after_count(online, marks, **options) -> bool:
        return paper_may_betray(with_paper(online, marks, **options).ballot)

    assert after_count([0, 1, 1], [1, 0, 0, 0], smallest_count=3)
    assert not after_count([0, 1, 1], [1, 1, 1, 0], smallest_count=3)
    assert not after_count([0, 1], [1, 0, 0, 0], smallest_count=3)  # no archive
    assert not paper_may_betray(counted([[0], [0], [1]]).ballot)


def test_a_spoiled_row_of_paper_is_neither_mark_nor_abstention():
    spoiled = with_paper([0, 0, 0], [0, 0, 0, 0], 1)
    assert [(row.counts, row.abstentions, row.invalid) for row in rows_of(spoiled.ballot)] == [
        ((3, 0, 0, 0), 0, 1)
    ]


def test_invalid_paper_is_returned_but_not_valid_and_blank_paper_abstains_in_every_row():
    stage = factories.opened(voters=6, questions=2, smallest_count=2)
    for voter in stage.voters[3:]:
        row = stage.ballot.voters.get(member=voter.member)
        actions.issue_paper(stage.ballot, row, by=stage.secretary)
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0, 1])
    assert turnout_of(stage.ballot).returned_on_paper is None
    factories.close(stage)
    figures = {"returned": 3, "invalid": 1, "blank": 1, "marks": [[0, 1, 0, 0], [0] * 4]}
    for user in stage.scrutineers:
        actions.enter_paper(stage.ballot, by=user, count=PaperCount(**figures, invalid_rows=[0, 0]))
    factories.decrypt(stage)
    turnout = turnout_of(stage.ballot)
    assert (turnout.issued, turnout.issued_online, turnout.issued_on_paper) == (6, 3, 3)
    assert (turnout.returned, turnout.returned_online, turnout.returned_on_paper) == (6, 3, 3)
    assert (turnout.valid, turnout.invalid, turnout.blank) == (5, 1, 1)
    assert [(row.counts, row.abstentions) for row in rows_of(stage.ballot)] == [
        ((3, 1, 0, 0), 1),
        ((0, 3, 0, 0), 2),
    ]


def test_no_figures_before_the_count_is_finished():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    assert rows_of(stage.ballot) is None
    for voter in stage.voters:
        factories.vote(stage, voter, [0])
    assert rows_of(stage.ballot) is None
    factories.close(stage)
    assert rows_of(stage.ballot) is None
    assert not archive_is_public(stage.ballot)
    first, second = stage.scrutineers
    actions.hand_in_share(stage.ballot, by=first, data=factories.share_of(stage, first))
    assert rows_of(stage.refresh()) is None
    actions.hand_in_share(stage.ballot, by=second, data=factories.share_of(stage, second))
    assert [row.counts for row in rows_of(stage.refresh())] == [(3, 0, 0, 0)]
    assert archive_is_public(stage.ballot)


def test_a_void_ballot_has_no_figures_any_more():
    stage = counted([[0], [0], [1]])
    assert rows_of(stage.ballot) is not None
    actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    assert rows_of(stage.refresh()) is None


def test_turnout_is_measured_by_those_entitled_where_that_is_said():
    stage = factories.opened(voters=4, questions=1, smallest_count=2, entitled=9)
    for voter in stage.voters:
        factories.vote(stage, voter, [0])
    turnout = turnout_of(stage.ballot)
    assert (turnout.entitled, turnout.issued, turnout.returned) == (9, 4, 4)
    assert (turnout.reaches_needed, turnout.reaches_wanted) == (False, False)


def test_voting_again_does_not_raise_the_turnout():
    stage = factories.opened(voters=4, questions=1, smallest_count=2)
    tracker = factories.vote(stage, stage.voters[0], [0])
    factories.vote(stage, stage.voters[0], [1], replaces=tracker)
    assert turnout_of(stage.ballot).returned == 1


def test_figures_cost_the_same_queries_whatever_the_size():
    def queries(stage) -> int:
        with CaptureQueriesContext(connection) as captured:
            turnout_of(stage.ballot)
            assert len(rows_of(stage.ballot)) == len(stage.ballot.questions.all())
        return len(captured)

    assert queries(counted([[0]] * 3)) == queries(counted([[0, 1, 2]] * 6))
