"""The database holds the rules against everybody, the shell included."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from appraisals.ballots import actions
from appraisals.ballots.models import (
    PaperCount,
    Question,
    Scrutineer,
    SealedBallot,
    Seat,
    SecretBallot,
    Step,
    Voter,
)
from tests.ballots import factories
from tests.factories import make_member

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.datetime(2026, 1, 9, 9, tzinfo=datetime.UTC)


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


# --- what an update could smuggle in -----------------------------------------------------------------
def test_a_place_on_the_roll_is_not_handed_to_somebody_else():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    other = factories.opened(voters=3, questions=1, smallest_count=3)
    one = stage.ballot.voters.filter(member=stage.voters[0].member)
    belongs = "belongs to one person"
    assert belongs in refused(lambda: one.update(member=make_member()))
    assert belongs in refused(lambda: one.update(ballot=other.ballot))
    assert belongs in refused(lambda: one.update(returned=True))
    assert belongs in refused(
        sql("UPDATE ballots_voter SET id = gen_random_uuid() WHERE ballot_id = %s", stage.ballot.pk)
    )


def test_paper_is_issued_while_open_and_not_taken_back():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    one = stage.ballot.voters.filter(member=stage.voters[0].member)
    assert one.update(way=Voter.Way.PAPER) == 1
    assert "not taken back" in refused(lambda: one.update(way=Voter.Way.ONLINE))


def test_nobody_is_on_the_roll_or_watches_twice():
    stage = factories.set_up(voters=3, questions=1)
    member = stage.voters[0].member
    ballot = stage.ballot
    assert "voter_is_on_the_roll_once" in refused(lambda: Voter.objects.create(ballot=ballot, member=member))
    assert "nobody_is_scrutineer_twice" in refused(
        lambda: Scrutineer.objects.create(ballot=ballot, member=member, position=9)
    )
    assert "scrutineer_has_its_own_place" in refused(
        lambda: Scrutineer.objects.create(ballot=ballot, member=make_member(), position=1)
    )
    first, second = ballot.scrutineers.all()
    Scrutineer.objects.filter(pk=first.pk).update(public_key='{"name":"one","public_key":"k"}')
    assert "no_two_scrutineers_share_a_key" in refused(
        lambda: Scrutineer.objects.filter(pk=second.pk).update(public_key='{"name":"two","public_key":"k"}')
    )
    assert Scrutineer.objects.filter(pk=second.pk).update(public_key='{"name":"two","public_key":"l"}') == 1


def test_a_scrutineer_of_one_ballot_does_not_slip_into_another():
    opened = factories.opened(voters=3, questions=1, smallest_count=3)
    prepared = factories.set_up(voters=4, questions=1, scrutineers=4)
    assert "belongs to one ballot" in refused(
        lambda: prepared.ballot.scrutineers.filter(position=4).update(ballot=opened.ballot)
    )


def test_a_question_does_not_slip_into_an_opened_ballot():
    opened = factories.opened(voters=3, questions=1, smallest_count=3)
    prepared = factories.set_up(voters=3, questions=2)
    frozen = "frozen since the ballot was opened"
    assert frozen in refused(
        lambda: prepared.ballot.questions.filter(position=2).update(ballot=opened.ballot)
    )
    assert frozen in refused(lambda: opened.ballot.questions.update(ballot=prepared.ballot, position=9))


def test_a_share_is_handed_in_while_closed_and_once():
    prepared = factories.set_up(voters=3, questions=1)
    assert "nothing to decrypt before closing" in refused(
        lambda: prepared.ballot.scrutineers.update(partial_decryption="x")
    )
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    for voter in stage.voters:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    one = stage.ballot.scrutineers.filter(position=1)
    assert one.update(partial_decryption="x") == 1
    assert "handed in once" in refused(lambda: one.update(partial_decryption="y"))
    assert "handed in once" in refused(lambda: one.update(partial_decryption=None))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"position": 1, "answers": ["是", "否"]}, "question_has_its_own_place"),
        ({"position": 9, "answers": ["是"]}, "question_has_answers_to_choose_from"),
        ({"position": 9, "answers": [str(number) for number in range(13)]}, "question_has_answers_to_choose"),
        (
            {"position": 9, "answers": ["是", "否"], "answers_en": ["yes"]},
            "answers_are_translated_all_or_none",
        ),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(fields, name):
    stage = factories.set_up(voters=3, questions=1)
    assert name in refused(lambda: Question.objects.create(ballot=stage.ballot, text="甲", **fields))


def test_nobody_is_rated_twice_on_one_ballot():
    stage = factories.set_up(voters=3, questions=1)
    subject = stage.voters[0].member
    assert "nobody_is_rated_twice" in refused(
        lambda: Question.objects.create(
            ballot=stage.ballot, position=9, text="甲", answers=["是", "否"], subject=subject
        )
    )


# --- seats and sealed ballots -----------------------------------------------------------------------
def test_a_seat_keeps_its_credential_and_its_handle_and_does_not_go():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    other = factories.opened(voters=3, questions=1, smallest_count=3)
    one = Seat.objects.filter(pk=stage.ballot.seats.first().pk)
    for change in ({"credential": "c"}, {"handle": "a" * 64}, {"ballot": other.ballot}):
        assert "Cannot update" in refused(lambda change=change: one.update(**change))
    assert "Cannot delete" in refused(one.delete)
    assert "Cannot delete" in refused(sql("DELETE FROM ballots_seat"))


def test_a_ballot_lies_on_one_seat_and_with_its_code():
    stage = factories.opened(voters=3, questions=1, smallest_count=3)
    first, second, _third = (Seat.objects.filter(pk=each.pk) for each in stage.ballot.seats.all())
    code = "seat_has_a_tracker_exactly_with_a_ballot"
    assert code in refused(lambda: first.update(data="x"))
    assert code in refused(lambda: first.update(tracker="x"))
    first.update(data="x", tracker="t")
    assert "tracker_is_cast_once" in refused(lambda: second.update(data="y", tracker="t"))
    assert "credential_has_one_seat" in refused(
        lambda: Seat.objects.create(handle="a" * 64, ballot=stage.ballot, credential=first.get().credential)
    )


def test_a_vote_in_a_closed_ballot_is_refused_by_the_database_too():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    seat = Seat.objects.filter(pk=stage.ballot.seats.first().pk)
    changed = sql(
        "UPDATE ballots_secretballot SET state = 'void', void_reason = 'x' WHERE id = %s", stage.ballot.pk
    )
    changed()  # as nobody does: the seats are left behind
    assert "only while voting is open" in refused(lambda: seat.update(data="x", tracker="t"))


def test_a_sealed_ballot_is_put_only_into_the_ballot_that_is_being_closed():
    done, running = counted(), factories.opened(voters=3, questions=1, smallest_count=2)

    def smuggle(ballot: SecretBallot, said: str):
        def act():
            sql("SELECT set_config('portal.closing', %s, true)", said)()
            SealedBallot.objects.create(hash="a" * 64, ballot=ballot, tracker="t", data="x")

        return act

    never = "at closing and at no other time"
    assert never in refused(smuggle(done.ballot, done.ballot.uuid))
    assert never in refused(smuggle(running.ballot, done.ballot.uuid))
    assert never in refused(smuggle(running.ballot, "yes"))
    with transaction.atomic():  # the one way in: the test would prove nothing if it were shut as well
        smuggle(running.ballot, running.ballot.uuid)()
        transaction.set_rollback(True)


# --- states -----------------------------------------------------------------------------------------
WAYS = {
    ("setup", "open"),
    ("setup", "void"),
    ("open", "closed"),
    ("open", "void"),
    ("closed", "counted"),
    ("closed", "void"),
    ("counted", "void"),
}
STATES = ["setup", "open", "closed", "counted", "void"]


def in_state(state: str):
    """A ballot in the state, by the portal's own actions."""
    if state == "setup":
        return factories.set_up(voters=3, questions=1).ballot
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    if state in {"closed", "counted"}:
        for voter in stage.voters:
            factories.vote(stage, voter, [0])
        factories.close(stage)
    if state == "counted":
        factories.decrypt(stage)
    if state == "void":
        actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    return stage.refresh()


@pytest.mark.parametrize("state", STATES)
def test_a_state_leads_only_where_the_workflow_says(state):
    ballot = in_state(state)
    for target in STATES:
        words = "" if target == state else refused_or_not(ballot, target)
        assert ("Invalid transition" in words) == ((state, target) not in WAYS and target != state)


def refused_or_not(ballot: SecretBallot, target: str) -> str:
    """What the database says to the bare change of state; it may also miss what the state needs."""
    try:
        with transaction.atomic():
            SecretBallot.objects.filter(pk=ballot.pk).update(
                state=target, void_reason="x" if target == "void" else ""
            )
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize(
    ("state", "change", "name"),
    [
        ("setup", {"opened_at": NOW}, "ballot_is_fixed_exactly_when_it_was_opened"),
        ("setup", {"election": "{}"}, "ballot_is_fixed_exactly_when_it_was_opened"),
        ("setup", {"state": "open"}, "ballot_is_fixed_exactly_when_it_was_opened"),
        ("open", {"closed_at": NOW}, "ballot_has_an_encrypted_tally_exactly_when_closed"),
        ("open", {"encrypted_tally": "x"}, "ballot_has_an_encrypted_tally_exactly_when_closed"),
        ("open", {"state": "closed"}, "ballot_has_an_encrypted_tally_exactly_when_closed"),
        ("closed", {"result": "{}"}, "ballot_has_tally_exactly_when_counted"),
        ("closed", {"counted_at": NOW}, "ballot_has_tally_exactly_when_counted"),
        ("closed", {"is_withheld": True}, "ballot_has_tally_exactly_when_counted"),
        ("closed", {"state": "counted", "counted_at": NOW}, "ballot_has_tally_exactly_when_counted"),
        ("open", {"announced_at": NOW}, "only_a_counted_ballot_is_announced"),
        ("closed", {"announced_at": NOW}, "only_a_counted_ballot_is_announced"),
        ("open", {"void_reason": "x"}, "ballot_has_a_reason_exactly_when_void"),
        ("closed", {"state": "void"}, "ballot_has_a_reason_exactly_when_void"),
    ],
)
def test_a_ballot_holds_what_its_state_needs_and_no_more(state, change, name):
    ballot = in_state(state)
    assert name in refused(lambda: SecretBallot.objects.filter(pk=ballot.pk).update(**change))


def test_the_announcement_stands():
    ballot = in_state("counted")
    SecretBallot.objects.filter(pk=ballot.pk).update(announced_at=NOW)
    assert "Cannot update" in refused(
        lambda: SecretBallot.objects.filter(pk=ballot.pk).update(announced_at=None)
    )


def test_figures_that_were_withheld_stay_withheld():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    factories.vote(stage, stage.voters[0], [0])
    factories.close(stage)
    assert stage.ballot.is_withheld
    row = SecretBallot.objects.filter(pk=stage.ballot.pk)
    assert "Cannot update" in refused(lambda: row.update(result='{"result":[[1,0,0,0]]}', is_withheld=False))
    assert "Cannot update" in refused(lambda: row.update(result='{"result":[[1,0,0,0]]}'))
    counted_one = in_state("counted")
    assert "Cannot update" in refused(
        lambda: SecretBallot.objects.filter(pk=counted_one.pk).update(is_withheld=True)
    )


# --- paper totals -----------------------------------------------------------------------------------
def test_paper_totals_do_not_change_after_the_count_and_cover_their_parts():
    stage = factories.opened(voters=4, questions=1, smallest_count=2)
    actions.issue_paper(
        stage.ballot, stage.ballot.voters.get(member=stage.voters[3].member), by=stage.secretary
    )
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    figures = {"returned": 1, "invalid": 0, "blank": 0, "marks": [[1, 0, 0, 0]], "invalid_rows": [0]}
    assert "paper_returned_covers_invalid_and_blank" in refused(
        lambda: stage.ballot.paper_counts.create(entered_by=stage.secretary, **{**figures, "blank": 2})
    )
    factories.decrypt(stage)
    for user in (stage.secretary, stage.scrutineers[0]):
        actions.enter_paper(stage.ballot, by=user, count=PaperCount(**figures))
    assert stage.refresh().state == SecretBallot.State.COUNTED
    after = "paper is counted after closing and before the count is finished"
    assert after in refused(lambda: stage.ballot.paper_counts.update(returned=0))
    assert after in refused(lambda: stage.ballot.paper_counts.all().delete())
    assert after in refused(lambda: stage.ballot.paper_counts.create(entered_by=stage.voters[2], **figures))


def test_one_person_counts_the_paper_once_and_a_returned_paper_ballot_has_no_name():
    stage = factories.opened(voters=4, questions=1, smallest_count=2)
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    figures = {"returned": 0, "invalid": 0, "blank": 0, "marks": [[0] * 4], "invalid_rows": [0]}
    stage.ballot.paper_counts.create(entered_by=stage.secretary, **figures)
    assert "one_person_counts_the_paper_once" in refused(
        lambda: stage.ballot.paper_counts.create(entered_by=stage.secretary, **figures)
    )
    prepared = factories.set_up(voters=3, questions=1)
    assert "paper_does_not_come_back_online" in refused(
        lambda: Voter.objects.create(
            ballot=prepared.ballot, member=make_member(), way=Voter.Way.PAPER, returned=True
        )
    )
