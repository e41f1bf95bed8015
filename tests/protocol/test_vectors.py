"""Elections made by an independent tool: every number in them is found again."""

from __future__ import annotations

import json

import pytest

from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.credentials import CredentialList, derive_credential
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.election import Election
from appraisals.ballots.protocol.errors import ProtocolError
from appraisals.ballots.protocol.hashing import sha256_hex
from appraisals.ballots.protocol.result import compute_result
from appraisals.ballots.protocol.tally import tally_ballots
from appraisals.ballots.protocol.trustees import Trustees, trustee_key_from_secret
from appraisals.ballots.protocol.verification import verify_archive
from tests.protocol.boards import Board
from tests.protocol.streams import stream
from tests.protocol.vectors import NAMES, TAMPERED, VECTORS, archive_path, expected


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


@pytest.mark.parametrize("processes", [1, 2])
def test_an_archive_of_the_independent_tool_holds(name, processes):
    report = verify_archive(archive_path(name), processes=processes)
    wanted = expected(name)
    assert report.election.uuid == wanted["uuid"]
    assert report.election.fingerprint == wanted["fingerprint"]
    assert report.election.public_key.encode() == wanted["election_public_key"]
    assert report.ballots == len(wanted["cast"])
    assert report.counted.num_tallied == wanted["num_tallied"]
    assert report.counted.total_weight == wanted["total_weight"]
    assert report.counted.encrypted_tally == wanted["encrypted_tally_sha256"]
    assert [list(row) for row in report.result.counts] == wanted["result"]
    assert report.last_event == wanted["last_event_sha256"]


def test_trustee_keys_give_the_public_keys_of_the_election(name):
    wanted = expected(name)
    trustees = Trustees.from_json(Board.read(archive_path(name)).trustees)
    keys = [trustee_key_from_secret(secret) for secret in wanted["trustee_private_keys"]]
    assert [key.public for key in keys] == [each.public_key for each in trustees.members]
    assert trustees.election_key().encode() == wanted["election_public_key"]


def test_private_credentials_give_their_exponents_and_the_roll(name):
    wanted = expected(name)
    roll = CredentialList.from_json(Board.read(archive_path(name)).credentials)
    for entry in wanted["credentials"].values():
        credential = derive_credential(wanted["uuid"], entry["private"])
        assert str(credential.secret) == entry["secret_exponent"]
        assert credential.public.encode() == entry["public"]
        assert roll.weights[credential.public] == 1
    assert len(roll.weights) == len(wanted["credentials"])


def test_ballots_have_the_trackers_that_the_tool_showed(name):
    board, wanted = Board.read(archive_path(name)), expected(name)
    election = Election.from_json(board.election)
    ballots = [Ballot.from_json(data, election) for data in board.ballots]
    assert [each.tracker for each in ballots] == [each["tracker"] for each in wanted["cast"]]
    assert [each.credential.encode() for each in ballots] == [
        wanted["credentials"][each["login"]]["public"] for each in wanted["cast"]
    ]
    assert all(each.signed_hash == each.recomputed_hash() for each in ballots)


def test_what_is_parsed_is_written_the_same_again(name):
    board = Board.read(archive_path(name))
    election = Election.from_json(board.election)
    assert Trustees.from_json(board.trustees).to_json() == board.trustees
    for data in board.ballots:
        ballot = Ballot.from_json(data, election)
        assert [answer.to_json() for answer in ballot.answers] == json.loads(data)["answers"]
    assert board.write() == archive_path(name).read_bytes()


def test_the_trustees_keys_decrypt_our_tally_to_the_given_result(name):
    board, wanted = Board.read(archive_path(name)), expected(name)
    election, roll = Election.from_json(board.election), CredentialList.from_json(board.credentials)
    ballots = [Ballot.from_json(data, election) for data in board.ballots]
    tally, descriptor = tally_ballots(election, roll, ballots)
    assert sha256_hex(tally.to_json()) == wanted["encrypted_tally_sha256"]
    assert descriptor.to_json() == board.descriptor
    keys = [trustee_key_from_secret(secret) for secret in wanted["trustee_private_keys"]]
    partials = [decrypt_partially(election, tally, key, stream(n)) for n, key in enumerate(keys)]
    assert compute_result(tally, partials, descriptor.total_weight).to_json() == board.result


def test_each_voter_finds_the_given_choice_in_the_ballot(name):
    """One ballot alone is decrypted with all trustees' keys: what only a test may do."""
    board, wanted = Board.read(archive_path(name)), expected(name)
    election, roll = Election.from_json(board.election), CredentialList.from_json(board.credentials)
    keys = [trustee_key_from_secret(secret) for secret in wanted["trustee_private_keys"]]
    for data, cast in list(zip(board.ballots, wanted["cast"], strict=True))[:5]:
        ballot = Ballot.from_json(data, election)
        check_ballot(ballot, election, roll)
        tally, _ = tally_ballots(election, roll, [ballot])
        partials = [decrypt_partially(election, tally, key, stream(n)) for n, key in enumerate(keys)]
        assert [list(row) for row in compute_result(tally, partials, 1).counts] == cast["choice"]


@pytest.mark.parametrize("case", TAMPERED, ids=lambda case: f"{case['file']} {case['what']}")
def test_tampered_archives_are_refused_for_the_right_reason(case):
    path = VECTORS / "tampered" / case["file"]
    if case["expected"] == "accept":
        assert verify_archive(path).result is not None
        return
    with pytest.raises(ProtocolError) as refused:
        verify_archive(path)
    assert str(refused.value.fault) == case["reason"]
    assert refused.value.event
