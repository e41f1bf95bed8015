"""People at the same moment, on real connections: nothing acknowledged is lost, nothing counts twice, nobody waits for ever."""

from __future__ import annotations

import secrets

import pytest
from django.core.exceptions import ValidationError

from appraisals.ballots import actions
from appraisals.ballots.actions.casting import Cast, Refused
from appraisals.ballots.models import PaperCount, Seat, SecretBallot
from tests.ballots import factories
from tests.factories import make_member
from tests.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage():
    return factories.opened(voters=6, questions=1, smallest_count=2)


def casting(stage, voter, data: bytes, replaces: str | None = None):
    return lambda: actions.cast(stage.ballot, voter.member, data=data, replaces=replaces)


def test_the_same_ballot_four_times_at_once_is_one_ballot(stage):
    data = factories.seal(stage, stage.voters[0], [0])
    outcomes = at_once(*[casting(stage, stage.voters[0], data)] * 4)
    assert [type(each) for each in outcomes] == [Cast] * 4
    assert sorted(each.was_there for each in outcomes) == [False, True, True, True]
    assert len({each.receipt.signature for each in outcomes}) == 1
    assert Seat.objects.taken().count() == 1


def test_of_two_devices_at_once_one_wins_and_the_other_is_told(stage):
    ballots = [factories.seal(stage, stage.voters[0], [mark]) for mark in (0, 1)]
    outcomes = at_once(*(casting(stage, stage.voters[0], data) for data in ballots))
    won = [each for each in outcomes if isinstance(each, Cast)]
    lost = [each for each in outcomes if isinstance(each, Refused)]
    assert [each.reason for each in lost] == ["replaced"]
    assert [each.receipt.tracker for each in won] == list(
        Seat.objects.taken().values_list("tracker", flat=True)
    )


def test_a_ballot_cast_while_voting_closes_is_counted_or_refused():
    for _round in range(12):
        stage = factories.opened(voters=4, questions=1, smallest_count=2)
        ballots = [factories.seal(stage, voter, [0]) for voter in stage.voters]
        works = [casting(stage, voter, data) for voter, data in zip(stage.voters, ballots, strict=True)]
        *outcomes, closed = at_once(
            *works, lambda stage=stage: actions.close(stage.ballot, by=stage.secretary)
        )
        assert isinstance(closed, SecretBallot)
        accepted = {each.receipt.tracker for each in outcomes if isinstance(each, Cast)}
        assert {each.reason for each in outcomes if not isinstance(each, Cast)} <= {"closed"}
        counted = set(stage.ballot.sealed_ballots.values_list("tracker", flat=True))
        assert counted == accepted
        assert stage.ballot.voters.filter(returned=True).count() == len(accepted)


def test_paper_and_online_at_once_is_one_of_them(stage):
    for voter in stage.voters:
        data = factories.seal(stage, voter, [0])
        row = stage.ballot.voters.get(member=voter.member)
        cast, issued = at_once(
            casting(stage, voter, data),
            lambda row=row: actions.issue_paper(stage.ballot, row, by=stage.secretary),
        )
        assert isinstance(cast, Cast) != (not isinstance(issued, Exception))


def test_two_people_closing_close_once(stage):
    outcomes = at_once(*[lambda: actions.close(stage.ballot, by=stage.secretary)] * 2)
    assert sorted(type(each).__name__ for each in outcomes) == ["SecretBallot", "ValidationError"]
    assert stage.ballot.steps.filter(kind="closed").count() == 1


def test_two_people_opening_open_once():
    stage = factories.set_up(voters=5, questions=1, smallest_count=2)
    factories.hand_in_keys(stage)
    outcomes = at_once(*[lambda: actions.open_voting(stage.ballot, by=stage.secretary)] * 2)
    assert sorted(type(each).__name__ for each in outcomes) == ["SecretBallot", "ValidationError"]
    stage.refresh()
    factories.vote(stage, stage.voters[0], [0])  # the link is that of the opening that held
    assert stage.ballot.seats.count() == 5


def test_closing_one_ballot_loses_nothing_of_the_others(stage):
    """One closes and rewrites the tables while people vote in a second, and a third one's roll is changed."""
    other = factories.opened(voters=6, questions=1, smallest_count=2)
    third = factories.set_up(voters=3, questions=1)
    ballots = [factories.seal(other, voter, [0]) for voter in other.voters]
    late = [make_member() for _number in range(5)]
    roll = [*(each.member for each in third.voters), *late]
    outcomes = at_once(
        lambda: actions.close(stage.ballot, by=stage.secretary),
        lambda: actions.change_roll(third.ballot, by=third.secretary, voters=roll),
        *(casting(other, voter, data) for voter, data in zip(other.voters, ballots, strict=True)),
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert other.ballot.seats.taken().count() == 6
    assert third.ballot.voters.count() == 8
    assert (stage.ballot.voters.count(), other.ballot.voters.count()) == (6, 6)


def test_the_last_two_shares_at_once_finish_one_count(stage):
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    shares = [(each, factories.share_of(stage, each)) for each in stage.scrutineers]
    outcomes = at_once(
        *(
            lambda each=each, data=data: actions.hand_in_share(stage.ballot, by=each, data=data)
            for each, data in shares
        )
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert stage.refresh().state == SecretBallot.State.COUNTED
    assert stage.ballot.steps.filter(kind="counted").count() == 1


def test_two_people_entering_the_paper_at_once_agree(stage):
    actions.issue_paper(
        stage.ballot, stage.ballot.voters.get(member=stage.voters[5].member), by=stage.secretary
    )
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    count = {"returned": 1, "invalid": 0, "blank": 0, "marks": [[1, 0, 0, 0]], "invalid_rows": [0]}
    outcomes = at_once(
        *(
            lambda user=user: actions.enter_paper(stage.ballot, by=user, count=PaperCount(**count))
            for user in (stage.secretary, stage.scrutineers[0])
        )
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    factories.decrypt(stage)
    assert stage.ballot.state == SecretBallot.State.COUNTED


def test_a_share_after_the_count_is_refused_in_words(stage):
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    factories.decrypt(stage)
    with pytest.raises(ValidationError, match="counted"):
        actions.hand_in_share(stage.ballot, by=stage.scrutineers[0], data=secrets.token_bytes(8))
