"""A receipt says that a ballot was accepted and nothing of what it says; only this portal signs it, for this ballot."""

from __future__ import annotations

import base64
import json

import pytest

from appraisals.ballots import actions, receipts
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.hashing import sha256_base64
from appraisals.ballots.texts import election_of
from tests.ballots import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage():
    return factories.opened(voters=3, questions=1, smallest_count=2)


def cast(stage, voter, data: bytes):
    return actions.cast(stage.ballot, voter.member, data=data, replaces=None)


def test_a_receipt_names_the_ballot_and_its_code_and_neither_person_nor_time(stage):
    data = factories.seal(stage, stage.voters[0], [0])
    receipt = cast(stage, stage.voters[0], data).receipt
    assert json.loads(receipt.message) == {
        "ballot": stage.ballot.uuid,
        "fingerprint": election_of(stage.ballot).fingerprint,
        "accepted": sha256_base64(data),
    }
    assert receipt.as_dict() == {
        "tracker": receipt.tracker,
        "receipt": receipt.message,
        "signature": receipt.signature,
    }


def test_a_retry_gets_the_very_same_receipt(stage):
    data = factories.seal(stage, stage.voters[0], [0])
    first, again = (cast(stage, stage.voters[0], data) for _time in range(2))
    assert (first.was_there, again.was_there) == (False, True)
    assert first.receipt == again.receipt


def test_a_receipt_is_genuine_after_closing_and_counting_as_well(stage):
    receipt = cast(stage, stage.voters[0], factories.seal(stage, stage.voters[0], [0])).receipt
    cast(stage, stage.voters[1], factories.seal(stage, stage.voters[1], [0]))
    factories.close(stage)
    factories.decrypt(stage)
    assert stage.ballot.state == SecretBallot.State.COUNTED
    assert receipts.is_genuine(stage.ballot, receipt.message, receipt.signature)


def test_no_other_text_signature_or_ballot_goes_with_it(stage):
    receipt, other = (
        cast(stage, voter, factories.seal(stage, voter, [0])).receipt for voter in stage.voters[:2]
    )
    genuine = receipts.is_genuine
    assert genuine(stage.ballot, receipt.message, receipt.signature)
    assert not genuine(stage.ballot, receipt.message, other.signature)
    assert not genuine(stage.ballot, receipt.message + " ", receipt.signature)
    assert not genuine(stage.ballot, "", receipt.signature)
    raw = bytearray(base64.b64decode(receipt.signature))
    raw[0] ^= 1
    assert not genuine(stage.ballot, receipt.message, base64.b64encode(raw).decode())
    second = factories.opened(voters=3, questions=1, smallest_count=2)
    assert not genuine(second.ballot, receipt.message, receipt.signature)


@pytest.mark.parametrize("text", ["\ud800", "\0", "{}", "字" * 5000])
def test_any_text_is_judged_and_breaks_nothing(stage, text):
    assert not receipts.is_genuine(stage.ballot, text, "A" * 88)


def test_before_opening_no_receipt_is_genuine():
    stage = factories.set_up(voters=3, questions=1)
    assert not receipts.is_genuine(stage.ballot, "x", "A" * 88)
