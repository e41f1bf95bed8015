"""Closing and declaring void: what is written, what is destroyed, and what of other ballots is left alone."""

from __future__ import annotations

import datetime
import os

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from appraisals.ballots import actions, link_keys
from appraisals.ballots.actions import closing
from appraisals.ballots.actions.casting import Refused, place_of
from appraisals.ballots.archives import file_name, write_archive
from appraisals.ballots.models import Seat, SecretBallot, Step, Voter
from appraisals.ballots.protocol.events import EventType
from appraisals.ballots.protocol.hashing import sha256_hex
from appraisals.ballots.protocol.verification import verify_archive
from members.permissions import Role
from tests.ballots import factories
from tests.factories import make_user
from tests.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = SecretBallot.State


@pytest.fixture(autouse=True)
def _links_of_this_test_alone(settings, tmp_path):
    settings.BALLOT_KEYS = tmp_path / "links"


def steps(ballot: SecretBallot) -> list[str]:
    return list(ballot.steps.values_list("kind", flat=True))


def verified(ballot: SecretBallot, folder):
    path = folder / file_name(ballot)
    with path.open("wb") as file:
        last_event = write_archive(ballot, file)
    up_to = EventType.RESULT if ballot.result else EventType.ENCRYPTED_TALLY
    report = verify_archive(path, up_to=up_to, processes=1)
    assert report.last_event == last_event
    return report


# --- what closing writes --------------------------------------------------------------------------
def test_closing_takes_over_the_last_ballot_of_each_voter_in_the_order_of_hashes(tmp_path):
    stage = factories.opened(voters=5, questions=1, smallest_count=2)
    first = factories.vote(stage, stage.voters[0], [0])
    cast = {factories.vote(stage, voter, [1]) for voter in stage.voters[1:4]}
    cast.add(factories.vote(stage, stage.voters[0], [2], replaces=first))
    factories.close(stage)
    sealed = list(stage.ballot.sealed_ballots.order_by("hash"))
    assert {each.tracker for each in sealed} == cast
    assert [each.hash for each in sealed] == [sha256_hex(each.data.encode()) for each in sealed]
    assert (stage.ballot.state, stage.ballot.online_returned) == (State.CLOSED, 4)
    assert verified(stage.ballot, tmp_path).ballots == 4
    assert steps(stage.ballot)[-1] == Step.Kind.CLOSED


def test_the_roll_says_after_closing_who_returned_a_ballot_and_nothing_of_paper():
    stage = factories.opened(voters=5, questions=1, smallest_count=2)
    on_paper = stage.ballot.voters.get(member=stage.voters[4].member)
    actions.issue_paper(stage.ballot, on_paper, by=stage.secretary)
    for voter in stage.voters[1:3]:
        factories.vote(stage, voter, [0])
    before = dict(stage.ballot.voters.values_list("member_id", "pk"))
    assert set(stage.ballot.voters.values_list("returned", flat=True)) == {None}
    factories.close(stage)
    returned = dict(stage.ballot.voters.values_list("member_id", "returned"))
    assert [returned[voter.member_id] for voter in stage.voters] == [False, True, True, False, None]
    assert dict(stage.ballot.voters.values_list("member_id", "pk")) == before


def test_closing_without_any_ballot_counts_at_once_and_withholds(tmp_path):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    factories.close(stage)
    assert (stage.ballot.state, stage.ballot.is_withheld, stage.ballot.online_returned) == (
        State.COUNTED,
        True,
        0,
    )
    assert verified(stage.ballot, tmp_path).ballots == 0
    assert steps(stage.ballot)[-2:] == [Step.Kind.CLOSED, Step.Kind.COUNTED]


def test_closing_with_a_lost_link_counts_the_ballots_and_knows_nobody_who_returned_one(tmp_path):
    stage = factories.opened(voters=4, questions=1, smallest_count=2)
    for voter in stage.voters[:2]:
        factories.vote(stage, voter, [0])
    link_keys.destroy(stage.ballot.uuid)
    factories.close(stage)
    assert set(stage.ballot.voters.values_list("returned", flat=True)) == {None}
    assert verified(stage.ballot, tmp_path).ballots == 2


def test_an_administrator_may_close_and_the_history_says_who(tmp_path):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    administrator = make_user(Role.ADMINISTRATOR)
    actions.close(stage.ballot, by=administrator)
    assert stage.ballot.steps.get(kind=Step.Kind.CLOSED).by == administrator


def test_a_voter_or_scrutineer_cannot_close():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    for user in (stage.voters[2], stage.scrutineers[0]):
        with pytest.raises(PermissionDenied):
            actions.close(stage.ballot, by=user)
    assert stage.refresh().state == State.OPEN
    assert stage.ballot.uuid in link_keys.kept()


def test_a_closed_ballot_is_not_closed_again():
    stage = factories.opened(voters=4, questions=1, smallest_count=2)
    for voter in stage.voters[:2]:
        factories.vote(stage, voter, [0])
    closed_at = factories.close(stage).closed_at
    with pytest.raises(ValidationError) as refusal:
        actions.close(stage.ballot, by=stage.secretary)
    assert refusal.value.code == "state"
    assert stage.refresh().closed_at == closed_at


# --- other ballots --------------------------------------------------------------------------------
def test_closing_one_ballot_lets_the_voters_of_another_go_on_and_be_counted(tmp_path):
    first, second = (factories.opened(voters=4, questions=1, smallest_count=2) for _number in range(2))
    earlier = factories.vote(second, second.voters[0], [0])
    sealed_before = factories.seal(second, second.voters[1], [1])
    seats = {each.pk: (each.credential, each.data, each.tracker) for each in second.ballot.seats.all()}
    roll = set(second.ballot.voters.values_list("pk", "member_id", "way", "returned"))
    for voter in first.voters[:3]:
        factories.vote(first, voter, [0])
    factories.close(first)
    assert {each.pk: (each.credential, each.data, each.tracker) for each in Seat.objects.all()} == seats
    assert set(second.ballot.voters.values_list("pk", "member_id", "way", "returned")) == roll
    assert link_keys.kept() == [second.ballot.uuid]
    actions.cast(second.ballot, second.voters[1].member, data=sealed_before, replaces=None)
    factories.vote(second, second.voters[0], [2], replaces=earlier)
    factories.close(second)
    factories.decrypt(second)
    assert verified(second.ballot, tmp_path).ballots == 2
    returned = set(first.ballot.voters.values_list("member_id", "returned"))
    assert returned == {(voter.member_id, index < 3) for index, voter in enumerate(first.voters)}


def test_three_ballots_closed_at_the_same_moment_wait_for_one_another():
    stages = [factories.opened(voters=4, questions=1, smallest_count=2) for _number in range(3)]
    for stage in stages:
        for voter in stage.voters[:2]:
            factories.vote(stage, voter, [0])
    first, second, third = stages
    outcomes = at_once(
        lambda: actions.close(first.ballot, by=first.secretary),
        lambda: actions.close(second.ballot, by=second.secretary),
        lambda: actions.declare_void(third.ballot, by=third.secretary, reason="误开"),
    )
    assert [each for each in outcomes if not isinstance(each, SecretBallot)] == []
    assert [stage.refresh().state for stage in stages] == [State.CLOSED, State.CLOSED, State.VOID]
    assert [stage.ballot.voters.filter(returned=True).count() for stage in stages] == [2, 2, 0]
    assert Seat.objects.count() == 0
    assert link_keys.kept() == []


def test_while_one_ballot_closes_the_work_on_others_neither_hangs_nor_is_lost():
    for _round in range(4):
        ending, running = (factories.opened(voters=4, questions=1, smallest_count=2) for _number in range(2))
        prepared = factories.set_up(voters=4, questions=1, smallest_count=2)
        factories.hand_in_keys(prepared)
        paper = running.ballot.voters.get(member=running.voters[3].member)
        data = factories.seal(running, running.voters[0], [0])
        outcomes = at_once(
            lambda stage=ending: actions.close(stage.ballot, by=stage.secretary),
            lambda stage=running, row=paper: actions.issue_paper(stage.ballot, row, by=stage.secretary),
            lambda stage=prepared: actions.open_voting(stage.ballot, by=stage.secretary),
            lambda stage=running, data=data: actions.cast(
                stage.ballot, stage.voters[0].member, data=data, replaces=None
            ),
        )
        assert [each for each in outcomes if isinstance(each, Exception)] == []
        assert running.ballot.voters.get(pk=paper.pk).way == Voter.Way.PAPER
        assert running.ballot.seats.taken().count() == 1
        assert (prepared.refresh().state, prepared.ballot.seats.count()) == (State.OPEN, 4)


# --- the clock ------------------------------------------------------------------------------------
def due_stage(minutes: int):
    closes_at = timezone.now() + datetime.timedelta(minutes=minutes)
    return factories.opened(voters=3, questions=1, smallest_count=2, closes_at=closes_at)


def test_the_clock_closes_those_whose_second_has_come_and_no_others():
    due, later = due_stage(10), due_stage(20)
    by_hand = factories.opened(voters=3, questions=1, smallest_count=2)
    second = datetime.timedelta(microseconds=1)
    assert actions.close_those_due(due.ballot.closes_at - second) == []
    closed = actions.close_those_due(due.ballot.closes_at)
    assert [each.pk for each in closed] == [due.ballot.pk]
    assert (later.refresh().state, by_hand.refresh().state) == (State.OPEN, State.OPEN)
    assert due.ballot.steps.get(kind=Step.Kind.CLOSED).by is None
    assert link_keys.kept() == sorted([later.ballot.uuid, by_hand.ballot.uuid])


def test_four_people_who_look_at_the_second_of_closing_all_see_it_closed():
    stages = [due_stage(10), due_stage(10)]
    now = max(stage.ballot.closes_at for stage in stages)
    outcomes = at_once(*[lambda: actions.close_those_due(now)] * 4)
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    closed = [ballot.pk for each in outcomes for ballot in each]
    assert sorted(closed) == sorted(stage.ballot.pk for stage in stages)
    assert [stage.ballot.steps.filter(kind=Step.Kind.CLOSED).count() for stage in stages] == [1, 1]


def test_the_clock_destroys_what_a_crash_after_closing_left(monkeypatch):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    monkeypatch.setattr(closing, "_destroy_links", lambda: None)
    factories.close(stage)
    monkeypatch.undo()
    running = factories.opened(voters=3, questions=1, smallest_count=2)
    assert link_keys.kept() == sorted([stage.ballot.uuid, running.ballot.uuid])
    actions.close_those_due(timezone.now())
    assert link_keys.kept() == [running.ballot.uuid]


def test_a_closing_that_fails_leaves_voting_open_and_the_link_intact(monkeypatch):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    tracker = factories.vote(stage, stage.voters[0], [0])

    def fails(*_arguments, **_options):
        raise RuntimeError("the power goes")

    monkeypatch.setattr(closing, "note", fails)  # the last thing before the transaction ends
    with pytest.raises(RuntimeError):
        actions.close(stage.ballot, by=stage.secretary)
    monkeypatch.undo()
    assert (stage.refresh().state, stage.ballot.sealed_ballots.count()) == (State.OPEN, 0)
    assert place_of(stage.ballot, stage.voters[0].member, now=timezone.now()).tracker == tracker
    factories.close(stage)
    assert stage.ballot.online_returned == 1


# --- void -----------------------------------------------------------------------------------------
def test_a_void_open_ballot_leaves_no_seat_no_link_and_no_word_on_who_voted():
    stage, other = (factories.opened(voters=3, questions=1, smallest_count=2) for _number in range(2))
    factories.vote(stage, stage.voters[0], [0])
    kept = factories.vote(other, other.voters[0], [0])
    actions.declare_void(stage.ballot, by=stage.secretary, reason="名册有误")
    assert (stage.refresh().state, stage.ballot.void_reason) == (State.VOID, "名册有误")
    assert stage.ballot.seats.count() == stage.ballot.sealed_ballots.count() == 0
    assert set(stage.ballot.voters.values_list("returned", flat=True)) == {None}
    assert link_keys.kept() == [other.ballot.uuid]
    assert list(Seat.objects.taken().values_list("tracker", flat=True)) == [kept]
    with pytest.raises(Refused, match="closed"):
        place_of(stage.ballot, stage.voters[0].member, now=timezone.now())


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_void_ballot_needs_a_reason(reason):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    with pytest.raises(ValidationError):
        actions.declare_void(stage.ballot, by=stage.secretary, reason=reason)
    assert stage.refresh().state == State.OPEN


@pytest.mark.parametrize("state", [State.SETUP, State.OPEN, State.CLOSED, State.COUNTED])
def test_a_ballot_is_declared_void_in_any_state_once(state):
    stage = factories.opened(voters=3, questions=1, smallest_count=2) if state != State.SETUP else None
    stage = stage or factories.set_up(voters=3, questions=1)
    if state in {State.CLOSED, State.COUNTED}:
        for voter in stage.voters[: 2 if state == State.CLOSED else 0]:
            factories.vote(stage, voter, [0])
        factories.close(stage)
    assert stage.refresh().state == state
    actions.declare_void(stage.ballot, by=stage.secretary, reason="重来")
    assert stage.refresh().state == State.VOID
    with pytest.raises(ValidationError):
        actions.declare_void(stage.ballot, by=stage.secretary, reason="again")
    assert stage.refresh().void_reason == "重来"


def test_nobody_but_the_secretary_declares_void():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    for user in (make_user(Role.COMMITTEE), make_user(Role.ADMINISTRATOR), stage.voters[0]):
        with pytest.raises(PermissionDenied):
            actions.declare_void(stage.ballot, by=user, reason="…")
    assert stage.refresh().state == State.OPEN


# --- the sweep ------------------------------------------------------------------------------------
def test_the_sweep_spares_what_is_being_set_up_or_open_or_unknown():
    running = factories.opened(voters=3, questions=1, smallest_count=2)
    prepared = factories.set_up(voters=3, questions=1)
    link_keys.create(prepared.ballot.uuid)  # of an opening that is under way in another process
    link_keys.create("unknown")
    kept = sorted([running.ballot.uuid, prepared.ballot.uuid, "unknown"])
    closing.sweep()
    assert link_keys.kept() == kept
    link_keys.destroy("unknown")
    actions.declare_void(prepared.ballot, by=prepared.secretary, reason="…")
    assert link_keys.kept() == [running.ballot.uuid]


# --- a real server --------------------------------------------------------------------------------
def test_the_sites_role_with_the_documented_rights_can_run_a_vote_to_its_count():
    """docs/operations.md: it reads and writes rows, and may empty two tables and no other."""
    role = f"portal_site_{os.getpid()}"
    rights = f"""
        CREATE ROLE {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
        GRANT TRUNCATE ON ballots_voter, ballots_seat TO {role};
    """
    with connection.cursor() as cursor:
        cursor.execute(rights)
        try:
            cursor.execute(f"SET ROLE {role}")
            stage = factories.opened(voters=3, questions=1, smallest_count=2)
            for voter in stage.voters:
                factories.vote(stage, voter, [0])
            factories.close(stage)
            factories.decrypt(stage)
            for table in ("ballots_step", "ballots_sealedballot", "ballots_secretballot"):
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    cursor.execute(f"TRUNCATE {table} CASCADE")
        finally:
            cursor.execute(f"RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role}")
    assert stage.ballot.state == State.COUNTED


# --- nothing of the old tables ----------------------------------------------------------------------
def test_tables_their_indexes_and_their_long_values_lie_in_new_files_after_closing():
    """A file that is used again would still hold the rows that were deleted, with the numbers of their transactions."""
    files = """
        SELECT c.relname, pg_relation_filepath(c.oid) FROM pg_class c
         WHERE c.oid IN (SELECT unnest(ARRAY[t.oid, t.reltoastrelid]) FROM pg_class t WHERE t.relname = ANY(%(names)s))
            OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (
                   SELECT unnest(ARRAY[t.oid, t.reltoastrelid]) FROM pg_class t WHERE t.relname = ANY(%(names)s)))
    """

    def on_disk() -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(files, {"names": ["ballots_voter", "ballots_seat"]})
            return dict(cursor.fetchall())

    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    factories.vote(stage, stage.voters[0], [0])
    before = on_disk()
    factories.close(stage)
    after = on_disk()
    assert set(before) == set(after)
    assert any(name.startswith("pg_toast") for name in before)
    assert any(name.endswith("_pkey") for name in before)
    assert {name for name in before if before[name] == after[name]} == set()
