"""The database holds the rules against everybody, the shell included."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from appraisals.ballots.models import Question, Scrutineer, SealedBallot, Seat, SecretBallot, Step, Voter
from tests.ballots import factories
from tests.factories import make_member

pytestmark = pytest.mark.django_db(transaction=True)


def refused(act) -> str:
    """The database's own words; a test fails where it lets the act pass."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


def sql(text: str, *parameters):
    def act():
        with connection.cursor() as cursor:
            cursor.execute(text, parameters)

    return act


def counted():
    stage = factories.opened(voters=4, questions=2, smallest_count=2)
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0, 1])
    factories.close(stage)
    factories.decrypt(stage)
    return stage


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "'x'"),
        ("smallest_count", "2"),
        ("turnout_needed", "'none'"),
        ("entitled", "99"),
        ("hides_own_row", "false"),
        ("election", "'{}'"),
        ("trustees", "'[]'"),
        ("credentials", "'[]'"),
        ("receipt_key", "'x'"),
        ("uuid", "'x'"),
        ("opened_at", "now()"),
    ],
)
def test_what_was_fixed_at_opening_does_not_change(column, value):
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    words = refused(sql(f"UPDATE ballots_secretballot SET {column} = {value} WHERE id = %s", stage.ballot.pk))  # noqa: S608
    assert "Cannot update" in words


def test_questions_roll_and_scrutineers_stand_still_once_opened():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    ballot, member = stage.ballot, make_member()
    fixed = "frozen since the ballot was opened"
    assert fixed in refused(lambda: ballot.questions.update(text="x"))
    assert fixed in refused(lambda: ballot.questions.all().delete())
    assert fixed in refused(
        lambda: Question.objects.create(ballot=ballot, position=9, text="x", answers=["a", "b"])
    )
    roll = "the roll is fixed"
    assert roll in refused(lambda: Voter.objects.create(ballot=ballot, member=member))
    assert roll in refused(lambda: ballot.voters.all().delete())
    keys = "scrutineers and their keys are fixed"
    assert keys in refused(lambda: Scrutineer.objects.create(ballot=ballot, member=member, position=9))
    assert keys in refused(lambda: ballot.scrutineers.update(public_key=None))
    assert keys in refused(lambda: ballot.scrutineers.all().delete())
    assert "a share is handed in once" in refused(lambda: ballot.scrutineers.update(partial_decryption="x"))


def test_a_seat_is_filled_only_while_voting_is_open():
    stage = factories.set_up(voters=3, questions=1)
    assert "only while voting is open" in refused(
        lambda: Seat.objects.create(handle="a" * 64, ballot=stage.ballot, credential="c")
    )
    done = counted()
    assert "only while voting is open" in refused(
        lambda: Seat.objects.create(
            handle="a" * 64, ballot=done.ballot, credential="c", data="x", tracker="t"
        )
    )


def test_sealed_ballots_come_at_closing_and_stay_for_ever():
    stage = counted()
    assert "Cannot update or delete" in refused(lambda: SealedBallot.objects.update(data="x"))
    assert "Cannot update or delete" in refused(sql("DELETE FROM ballots_sealedballot"))
    assert "at closing and at no other time" in refused(
        lambda: SealedBallot.objects.create(hash="a" * 64, ballot=stage.ballot, tracker="t", data="x")
    )


def test_the_roll_of_a_closed_ballot_stands_still():
    stage = counted()
    assert "stands still" in refused(lambda: stage.ballot.voters.update(returned=False))
    assert "stands still" in refused(lambda: stage.ballot.voters.update(way="paper", returned=None))


@pytest.mark.parametrize(
    "column", ["result", "encrypted_tally", "tally_descriptor", "closed_at", "counted_at"]
)
def test_what_was_counted_is_written_once(column):
    stage = counted()
    assert "Cannot update" in refused(
        sql(f"UPDATE ballots_secretballot SET {column} = NULL WHERE id = %s", stage.ballot.pk)  # noqa: S608
    )


def test_a_tally_exists_exactly_when_counted():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    words = refused(lambda: SecretBallot.objects.filter(pk=stage.ballot.pk).update(result="{}"))
    assert "ballot_has_tally_exactly_when_counted" in words
    for voter in stage.voters:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    words = refused(sql("UPDATE ballots_secretballot SET state = 'counted' WHERE id = %s", stage.ballot.pk))
    assert "ballot_has_tally_exactly_when_counted" in words


@pytest.mark.parametrize("state", ["setup", "open", "closed"])
def test_a_counted_ballot_goes_nowhere_but_void(state):
    stage = counted()
    assert "Invalid transition" in refused(
        sql("UPDATE ballots_secretballot SET state = %s WHERE id = %s", state, stage.ballot.pk)
    )


def test_one_ballot_of_a_series_lives_at_a_time():
    stage = factories.set_up(voters=3, questions=1)
    words = refused(lambda: SecretBallot.objects.create(uuid="x" * 14, title="x", series=stage.ballot.series))
    assert "one_ballot_of_a_series_lives_at_a_time" in words


def test_the_history_is_append_only_and_an_opened_ballot_is_never_deleted():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    assert "Cannot update" in refused(lambda: Step.objects.update(note="x"))
    assert "Cannot update or delete" in refused(sql("DELETE FROM ballots_step"))
    assert "Cannot delete" in refused(sql("DELETE FROM ballots_secretballot WHERE id = %s", stage.ballot.pk))


def test_paper_is_counted_after_closing_only():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    assert "paper is counted after closing" in refused(
        lambda: stage.ballot.paper_counts.create(
            entered_by=stage.secretary, returned=1, invalid=0, blank=0, marks=[[0]], invalid_rows=[0]
        )
    )
