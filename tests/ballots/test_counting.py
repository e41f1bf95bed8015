"""The count: shares, paper, the smallest count, and the worked examples of the handbook (section 14)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appraisals.ballots import actions, turnout
from appraisals.ballots.figures import archive_is_public, rows_of, turnout_of
from appraisals.ballots.models import PaperCount, SecretBallot
from appraisals.ballots.protocol.errors import Fault, ProtocolError
from tests.ballots import factories

pytestmark = pytest.mark.django_db(transaction=True)
State = SecretBallot.State


def paper(
    returned: int, marks: list[list[int]], *, invalid: int = 0, blank: int = 0, spoiled=None
) -> PaperCount:
    return PaperCount(
        returned=returned, invalid=invalid, blank=blank, marks=marks, invalid_rows=spoiled or [0] * len(marks)
    )


def enter_twice(stage, *arguments, **options) -> SecretBallot:
    for user in (stage.secretary, stage.scrutineers[0]):
        actions.enter_paper(stage.ballot, by=user, count=paper(*arguments, **options))
    return stage.refresh()


def stage_with(*, online: list[list[int | None]], on_paper: int, **options):
    people = max(len(online) + on_paper, 5)
    stage = factories.opened(voters=people, questions=len(online[0]), **options)
    for voter in stage.voters[people - on_paper :]:
        actions.issue_paper(stage.ballot, stage.ballot.voters.get(member=voter.member), by=stage.secretary)
    for voter, marks in zip(stage.voters, online, strict=False):
        factories.vote(stage, voter, marks)
    factories.close(stage)
    return stage


# --- shares ---------------------------------------------------------------------------------------
def test_a_share_of_another_key_or_of_nothing_is_refused():
    stage = stage_with(online=[[0]] * 3, on_paper=0, smallest_count=2)
    first, second = stage.scrutineers
    with pytest.raises(ProtocolError) as error:
        actions.hand_in_share(stage.ballot, by=first, data=factories.share_of(stage, second))
    assert error.value.fault == Fault.DECRYPTION_PROOF
    with pytest.raises(ProtocolError):
        actions.hand_in_share(stage.ballot, by=first, data=b"{}")
    assert not stage.ballot.scrutineers.filter(partial_decryption__isnull=False).exists()


def test_a_second_share_of_the_same_person_is_acknowledged_and_changes_nothing():
    stage = stage_with(online=[[0]] * 3, on_paper=0, smallest_count=2)
    first, second = stage.scrutineers
    actions.hand_in_share(stage.ballot, by=first, data=factories.share_of(stage, first))
    stored = stage.ballot.scrutineers.get(member=first.member).partial_decryption
    actions.hand_in_share(stage.ballot, by=first, data=factories.share_of(stage, first))
    assert stage.ballot.scrutineers.get(member=first.member).partial_decryption == stored
    assert stage.refresh().state == State.CLOSED
    actions.hand_in_share(stage.ballot, by=second, data=factories.share_of(stage, second))
    assert stage.refresh().state == State.COUNTED


# --- the smallest count ---------------------------------------------------------------------------
def test_four_valid_ballots_of_five_needed_show_no_figures():
    stage = stage_with(online=[[0]] * 4, on_paper=0)
    assert (stage.ballot.state, stage.ballot.is_withheld, stage.ballot.result) == (State.COUNTED, True, None)
    assert rows_of(stage.ballot) is None
    assert turnout_of(stage.ballot).returned == 4
    assert not archive_is_public(stage.ballot)


def test_few_online_ballots_wait_for_the_paper_and_their_archive_stays_closed():
    stage = stage_with(online=[[0]] * 3, on_paper=2)
    with pytest.raises(ValidationError, match="paper ballots are counted first"):
        actions.hand_in_share(
            stage.ballot, by=stage.scrutineers[0], data=factories.share_of(stage, stage.scrutineers[0])
        )
    enter_twice(stage, 2, [[1, 1, 0, 0]])
    factories.decrypt(stage)
    assert rows_of(stage.ballot)[0].counts == (4, 1, 0, 0)
    assert not archive_is_public(stage.ballot)


def test_few_ballots_with_the_paper_are_not_opened():
    stage = stage_with(online=[[0]] * 3, on_paper=2)
    enter_twice(stage, 2, [[1, 0, 0, 0]], invalid=1)
    assert (stage.ballot.state, stage.ballot.is_withheld) == (State.COUNTED, True)
    assert not stage.ballot.scrutineers.filter(partial_decryption__isnull=False).exists()


# --- paper ----------------------------------------------------------------------------------------
def test_issued_nine_returned_ten_is_void_and_repeatable():
    stage = stage_with(online=[[0]] * 2, on_paper=9, smallest_count=2)
    enter_twice(stage, 10, [[10, 0, 0, 0]])
    assert stage.ballot.state == State.VOID
    assert actions.repeat(stage.ballot, by=stage.secretary).series == stage.ballot.series


def test_returned_eight_with_one_blank_row_has_seven_marks_and_one_abstention():
    stage = stage_with(online=[[0, 0]] * 7 + [[None, 0]], on_paper=0)
    factories.decrypt(stage)
    assert [(row.counts, row.abstentions) for row in rows_of(stage.ballot)] == [
        ((7, 0, 0, 0), 1),
        ((8, 0, 0, 0), 0),
    ]
    assert turnout_of(stage.ballot).valid == 8


def test_paper_that_does_not_add_up_is_refused_with_its_row():
    stage = stage_with(online=[[0, 0]] * 3, on_paper=2, smallest_count=2)
    with pytest.raises(ValidationError) as error:
        actions.enter_paper(
            stage.ballot, by=stage.secretary, count=paper(2, [[1, 0, 0, 0], [1, 1, 0, 0]], blank=1)
        )
    assert [each.params["row"] for each in error.value.error_list] == [1]
    with pytest.raises(ValidationError, match="part of those returned"):
        actions.enter_paper(
            stage.ballot, by=stage.secretary, count=paper(1, [[0] * 4, [0] * 4], blank=1, invalid=1)
        )


def test_two_different_counts_do_not_finish_and_a_third_person_can_agree():
    stage = stage_with(online=[[0]] * 3, on_paper=2, smallest_count=2)
    actions.enter_paper(stage.ballot, by=stage.secretary, count=paper(2, [[2, 0, 0, 0]]))
    actions.enter_paper(stage.ballot, by=stage.scrutineers[0], count=paper(2, [[1, 1, 0, 0]]))
    factories.decrypt(stage)
    assert stage.ballot.state == State.CLOSED
    actions.enter_paper(stage.ballot, by=stage.scrutineers[1], count=paper(2, [[1, 1, 0, 0]]))
    assert stage.refresh().state == State.COUNTED
    assert rows_of(stage.ballot)[0].counts == (4, 1, 0, 0)


@pytest.mark.parametrize(
    ("marks", "spoiled"),
    [
        ([[1, 0, 0, 0]], [0, 0]),
        ([[1, 0, 0, 0], [0] * 3], [0, 0]),
        ([[1, 0, 0, 0], [0] * 4], [0]),
        ([[2, -1, 0, 0], [0] * 4], [0, 0]),
        ([[True, 0, 0, 0], [0] * 4], [0, 0]),
        ([["1", 0, 0, 0], [0] * 4], [0, 0]),
        ([[0.5, 0, 0, 0], [0] * 4], [0, 0]),
        ([1, 2], [0, 0]),
        ({"0": [0] * 4, "1": [0] * 4}, [0, 0]),
        ([[0] * 4, [0] * 4], [-1, 0]),
        ([[0] * 4, [0] * 4], None),
    ],
)
def test_paper_totals_of_another_shape_are_refused_in_words(marks, spoiled):
    stage = stage_with(online=[[0, 0]] * 3, on_paper=2, smallest_count=2)
    wrong = PaperCount(returned=2, invalid=0, blank=0, marks=marks, invalid_rows=spoiled)
    with pytest.raises(ValidationError):
        actions.enter_paper(stage.ballot, by=stage.secretary, count=wrong)
    assert not stage.ballot.paper_counts.exists()


# --- any votes at all -----------------------------------------------------------------------------
@st.composite
def votes(draw):
    rows = draw(st.integers(1, 2))
    mark = st.one_of(st.none(), st.integers(0, 3))
    row = st.lists(mark, min_size=rows, max_size=rows)
    return draw(st.lists(st.lists(row, min_size=1, max_size=2), min_size=2, max_size=4))


@given(votes())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_are_a_plain_count_of_everybodys_last_ballot(everybody):
    stage = factories.opened(voters=len(everybody), questions=len(everybody[0][0]), smallest_count=2)
    for voter, ballots in zip(stage.voters, everybody, strict=True):
        tracker = None
        for marks in ballots:
            tracker = factories.vote(stage, voter, marks, replaces=tracker)
    factories.close(stage)
    factories.decrypt(stage)
    last = [ballots[-1] for ballots in everybody]
    for index, row in enumerate(rows_of(stage.ballot)):
        column = [marks[index] for marks in last]
        assert row.counts == tuple(column.count(answer) for answer in range(4))
        assert row.abstentions == column.count(None)
        marked = [mark for mark in column if mark is not None]
        # everybody is on the roll and returned a ballot, so one unmarked row may be that of the person rated
        alike = len(set(marked)) == 1 and len(marked) >= len(column) - 1
        assert row.is_unanimous == (alike or not marked)


# --- turnout --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("threshold", "taking_part", "entitled", "reached"),
    [
        ("none", 0, 0, True),
        ("more_than_half", 8, 16, False),
        ("more_than_half", 9, 16, True),
        ("two_thirds", 8, 12, True),
        ("two_thirds", 7, 12, False),
        ("four_fifths", 8, 10, True),
        ("ninety_five_percent", 19, 20, True),
        ("ninety_five_percent", 18, 19, False),
        ("more_than_half", 0, 0, False),
        ("two_thirds", 0, 0, False),
    ],
)
def test_whether_enough_take_part(threshold, taking_part, entitled, reached):
    assert turnout.is_reached(threshold, taking_part, entitled) is reached
