"""The scrutineers' keys, and what opening needs, makes and fixes."""

from __future__ import annotations

import datetime
import json
import secrets

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appraisals.ballots import actions, link_keys
from appraisals.ballots.actions import opening
from appraisals.ballots.actions.casting import place_of
from appraisals.ballots.models import Seat, SecretBallot, Step
from appraisals.ballots.protocol.canonical import serialise
from appraisals.ballots.protocol.credentials import derive_credential
from appraisals.ballots.protocol.errors import Fault, ProtocolError
from appraisals.ballots.protocol.trustees import generate_trustee_key, prove_trustee
from appraisals.ballots.texts import credentials_of, election_of, trustees_of
from members.permissions import Role
from tests.ballots import factories
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = datetime.timedelta(hours=1)


def key_with_proof(name: str | None = None) -> bytes:
    key = generate_trustee_key(secrets.token_bytes)
    return serialise(prove_trustee(key, name, secrets.token_bytes).to_json())


# --- keys -----------------------------------------------------------------------------------------
def test_a_key_is_stored_under_the_name_of_the_record_whatever_the_sender_claims():
    stage = factories.set_up(voters=3, questions=1)
    scrutineer = stage.scrutineers[0]
    stored = actions.hand_in_key(stage.ballot, by=scrutineer, data=key_with_proof("somebody else"))
    assert json.loads(stored.public_key)["name"] == scrutineer.member.name
    step = stage.ballot.steps.get(kind=Step.Kind.KEY_HANDED_IN)
    assert (step.about, step.note) == (scrutineer.member, opening.fingerprint(stored))


def test_a_later_key_replaces_the_earlier_one_before_opening():
    stage = factories.set_up(voters=3, questions=1)
    first, again = (
        actions.hand_in_key(stage.ballot, by=stage.scrutineers[0], data=key_with_proof()).public_key
        for _time in range(2)
    )
    assert first != again
    assert stage.ballot.scrutineers.get(member=stage.scrutineers[0].member).public_key == again


def test_a_key_without_a_true_proof_is_refused():
    stage = factories.set_up(voters=3, questions=1)
    one, other = (json.loads(key_with_proof()) for _number in range(2))
    forged = json.dumps({**one, "pok": other["pok"]}, separators=(",", ":")).encode()
    with pytest.raises(ProtocolError) as error:
        actions.hand_in_key(stage.ballot, by=stage.scrutineers[0], data=forged)
    assert error.value.fault == Fault.TRUSTEE_PROOF
    assert not stage.ballot.scrutineers.filter(public_key__isnull=False).exists()


def test_the_key_of_another_scrutineer_is_refused_even_in_another_spelling():
    stage = factories.set_up(voters=3, questions=1)
    key = generate_trustee_key(secrets.token_bytes)
    first, second = (
        serialise(prove_trustee(key, None, secrets.token_bytes).to_json()) for _number in range(2)
    )
    assert first != second  # another proof of the same key
    actions.hand_in_key(stage.ballot, by=stage.scrutineers[0], data=first)
    with pytest.raises(ProtocolError) as error:
        actions.hand_in_key(stage.ballot, by=stage.scrutineers[1], data=second)
    assert error.value.fault == Fault.TRUSTEE_DUPLICATE


def test_only_a_scrutineer_hands_in_a_key_and_only_before_opening():
    stage = factories.set_up(voters=3, questions=1)
    for user in (stage.secretary, stage.voters[2], make_user(Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            actions.hand_in_key(stage.ballot, by=user, data=key_with_proof())
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    with pytest.raises(ValidationError):
        actions.hand_in_key(stage.ballot, by=stage.scrutineers[0], data=key_with_proof())


# --- what is missing ------------------------------------------------------------------------------
def test_opening_says_everything_that_is_missing_and_makes_nothing():
    stage = factories.set_up(voters=3, questions=1, scrutineers=1)
    with pytest.raises(ValidationError) as refusal:
        actions.open_voting(stage.ballot, by=stage.secretary)
    assert refusal.value.messages == [
        "At least two scrutineers have to be appointed.",
        "1 scrutineer has not made a key yet.",
        "The roll has fewer people than the fewest ballots that are counted (5).",
    ]
    assert (stage.refresh().state, stage.ballot.seats.count()) == (SecretBallot.State.SETUP, 0)
    assert stage.ballot.uuid not in link_keys.kept()


def test_a_ballot_whose_time_is_over_is_not_opened():
    stage = factories.set_up(voters=3, questions=1, smallest_count=2, closes_at=timezone.now())
    factories.hand_in_keys(stage)
    with pytest.raises(ValidationError, match="has passed already"):
        actions.open_voting(stage.ballot, by=stage.secretary)
    assert stage.ballot.uuid not in link_keys.kept()


def test_members_scrutineers_and_administrators_do_not_open():
    stage = factories.set_up(voters=3, questions=1, smallest_count=2)
    factories.hand_in_keys(stage)
    for user in (stage.voters[2], stage.scrutineers[0], make_user(Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            actions.open_voting(stage.ballot, by=user)
    assert stage.refresh().state == SecretBallot.State.SETUP


# --- what opening makes ---------------------------------------------------------------------------
def test_opening_issues_a_credential_to_everybody_on_the_roll_and_fixes_the_election():
    stage = factories.opened(voters=5, questions=2, smallest_count=2, closes_at=timezone.now() + HOUR)
    ballot = stage.ballot
    publics = set()
    for voter in stage.voters:
        place = place_of(ballot, voter.member, now=timezone.now())
        assert place.tracker is None
        publics.add(derive_credential(ballot.uuid, place.credential).public)
    assert set(credentials_of(ballot).weights) == publics
    assert len(publics) == 5
    assert {each.credential for each in ballot.seats.all()} == {public.encode() for public in publics}
    assert election_of(ballot).public_key == trustees_of(ballot).election_key()
    assert [each.name for each in trustees_of(ballot).members] == [
        each.member.name for each in stage.scrutineers
    ]
    assert ballot.entitled == 5
    assert ballot.steps.get(kind=Step.Kind.OPENED).note == election_of(ballot).fingerprint


def test_every_row_takes_one_mark_or_none():
    election = election_of(factories.opened(voters=3, questions=2, smallest_count=2).ballot)
    assert [(each.min, each.max, len(each.answers)) for each in election.questions] == [(0, 1, 4), (0, 1, 4)]


def test_seats_lie_in_the_order_of_credentials_and_not_in_that_of_the_roll():
    stage = factories.opened(voters=12, questions=1, smallest_count=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT credential, handle FROM ballots_seat ORDER BY ctid")
        rows = cursor.fetchall()
    assert [credential for credential, _handle in rows] == sorted(credential for credential, _handle in rows)
    link = link_keys.load(stage.ballot.uuid)
    roll = [link.handle(voter) for voter in stage.ballot.voters.values_list("pk", flat=True)]
    assert [handle for _credential, handle in rows] != roll  # by chance once in 479 million times


def test_an_opening_that_fails_leaves_the_set_up_and_the_next_one_makes_another_link(monkeypatch):
    stage = factories.set_up(voters=3, questions=1, smallest_count=2)
    factories.hand_in_keys(stage)

    def fails(*_arguments, **_options):
        raise RuntimeError("the power goes")

    monkeypatch.setattr(opening, "note", fails)
    with pytest.raises(RuntimeError):
        actions.open_voting(stage.ballot, by=stage.secretary)
    monkeypatch.undo()
    assert (stage.refresh().state, Seat.objects.count()) == (SecretBallot.State.SETUP, 0)
    left = link_keys.load(stage.ballot.uuid).receipt_key
    actions.open_voting(stage.ballot, by=stage.secretary)
    assert stage.refresh().receipt_key == link_keys.load(stage.ballot.uuid).receipt_key != left
    factories.vote(stage, stage.voters[0], [0])


def test_the_fingerprint_covers_the_rules():
    stage = factories.opened(voters=5, questions=1, smallest_count=3, hides_own_row=False)
    assert election_of(stage.ballot).description == (
        "规则：有效票不足3张不予统计；应到5人；参加投票超过半数，提醒线三分之二以上；列出本人；投票结束：由人工结束。"
    )


@pytest.mark.parametrize("change", [{"closes_at": None}, {"smallest_count": 2}, {"eligible": [1]}])
def test_no_rule_changes_after_the_opening(change):
    stage = factories.opened(voters=3, questions=1, smallest_count=3, closes_at=timezone.now() + HOUR)
    with pytest.raises(DatabaseError), transaction.atomic():
        SecretBallot.objects.filter(pk=stage.ballot.pk).update(**change)
