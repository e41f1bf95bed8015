"""An archive with one thing altered and everything after it made to fit again is refused, with the right reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.canonical import serialise
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.election import Election
from appraisals.ballots.protocol.errors import Fault, NotSupported, ProtocolError
from appraisals.ballots.protocol.events import EventType
from appraisals.ballots.protocol.group import GENERATOR, NEUTRAL, ORDER
from appraisals.ballots.protocol.tally import EncryptedTally, TallyDescriptor
from appraisals.ballots.protocol.trustees import generate_trustee_key, prove_trustee, trustee_key_from_secret
from appraisals.ballots.protocol.verification import verify_archive
from tests.protocol.boards import Board, altered, signed, small_board, small_secrets, with_value
from tests.protocol.elections import make_election, rows
from tests.protocol.streams import stream
from tests.protocol.vectors import expected

SMALL = small_board()
SECRETS = small_secrets()
KEYS = expected("small")["trustee_private_keys"]
OTHER = (GENERATOR**987654321).encode()
Tampering = Callable[[Board], None]


def refusal(archive: bytes, folder: Path, up_to: EventType = EventType.RESULT) -> tuple[Fault, str] | None:
    path = folder / "archive.bel"
    path.write_bytes(archive)
    try:
        verify_archive(path, up_to=up_to, processes=1)
    except ProtocolError as error:
        return error.fault, error.event
    return None


def credential_of(ballot: bytes) -> str:
    return json.loads(ballot)["credential"]


def set_at(part: str, *steps: str | int, value: object) -> Tampering:
    """Another value at one place of a part of the board that is JSON."""

    def tamper(board: Board) -> None:
        setattr(board, part, altered(getattr(board, part), lambda json_: with_value(json_, steps, value)))

    return tamper


def in_ballot(*steps: str | int, value: object) -> Tampering:
    """Another value in the second ballot, which its voter signs again."""

    def tamper(board: Board) -> None:
        ballot = altered(board.ballots[1], lambda json_: with_value(json_, steps, value))
        board.ballots[1] = signed(ballot, SECRETS[credential_of(board.ballots[1])])

    return tamper


def in_partial(*steps: str | int, value: object) -> Tampering:
    def tamper(board: Board) -> None:
        owner, data = board.partials[1]
        board.partials[1] = (owner, altered(data, lambda json_: with_value(json_, steps, value)))

    return tamper


def do(change: Callable[[Board], object]) -> Tampering:
    return lambda board: change(board) and None


def credentials_without_a_voter(board: Board) -> None:
    gone = credential_of(board.ballots[1])
    board.credentials = altered(board.credentials, lambda roll: [each for each in roll if each != gone])


def trustees_with_the_same_key_twice(board: Board) -> None:
    board.trustees = altered(board.trustees, lambda trustees: [trustees[0], trustees[0]])


def key_that_cancels_the_others(board: Board) -> None:
    """A trustee whose key is chosen to take the others' away: it cannot prove to know it."""
    trustees = json.loads(board.trustees)
    key = generate_trustee_key(stream("rogue"))
    forged = prove_trustee(key, None, stream("rogue proof")).to_json()
    forged["public_key"] = OTHER
    board.trustees = serialise([trustees[0], ["Single", forged]])


def tally_of_one_ballot(board: Board) -> None:
    """What a dishonest server would have the trustees decrypt to see one vote."""
    election = Election.from_json(board.election)
    alone = EncryptedTally(Ballot.from_json(board.ballots[0], election).ciphertexts)
    board.tally = alone.to_json()
    board.descriptor = TallyDescriptor.of(alone, 3, 3).to_json()
    for index, secret in enumerate(KEYS):
        partial = decrypt_partially(election, alone, trustee_key_from_secret(secret), stream(index))
        board.partials[index] = (index + 1, partial.to_json())


def decryption_with_another_key(board: Board) -> None:
    election = Election.from_json(board.election)
    tally = EncryptedTally.from_json(board.tally, election)
    partial = decrypt_partially(election, tally, generate_trustee_key(stream("other")), stream("w"))
    board.partials[0] = (1, partial.to_json())


CHALLENGE_OF_NOTHING = {"challenge": "0", "response": "0"}

TAMPERINGS: dict[str, tuple[Tampering, Fault, str]] = {
    # roll and set-up
    "voter struck off the roll": (credentials_without_a_voter, Fault.BALLOT_UNKNOWN_CREDENTIAL, "Ballot"),
    "roll with one credential twice": (
        do(lambda b: setattr(b, "credentials", altered(b.credentials, lambda r: [*r, r[0]]))),
        Fault.CREDENTIAL_DUPLICATE,
        "Setup",
    ),
    "credential with a weight": (
        do(lambda b: setattr(b, "credentials", altered(b.credentials, lambda r: [r[0] + ",2", *r[1:]]))),
        Fault.TALLY_WRONG,
        "EncryptedTally",
    ),
    "credential with weight 01": (
        do(lambda b: setattr(b, "credentials", altered(b.credentials, lambda r: [r[0] + ",01", *r[1:]]))),
        Fault.NOT_CANONICAL,
        "Setup",
    ),
    "roll that is an object": (set_at("credentials", value={}), Fault.JSON_WRONG_TYPE, "Setup"),
    "neutral credential": (set_at("credentials", 0, value=NEUTRAL.encode()), Fault.POINT, "Setup"),
    "roll with white space": (
        do(lambda b: setattr(b, "credentials", b.credentials.replace(b",", b", "))),
        Fault.NOT_CANONICAL,
        "Setup",
    ),
    "trustee's key replaced": (
        set_at("trustees", 0, 1, "public_key", value=OTHER),
        Fault.TRUSTEE_PROOF,
        "Setup",
    ),
    "trustee's proof altered": (
        set_at("trustees", 0, 1, "pok", "response", value="5"),
        Fault.TRUSTEE_PROOF,
        "Setup",
    ),
    "the same trustee twice": (trustees_with_the_same_key_twice, Fault.TRUSTEE_DUPLICATE, "Setup"),
    "trustee left out": (
        set_at("trustees", value=json.loads(SMALL.trustees)[:1]),
        Fault.ELECTION_KEY,
        "Setup",
    ),
    "no trustees": (set_at("trustees", value=[]), Fault.TRUSTEES_NONE, "Setup"),
    "rogue key": (key_that_cancels_the_others, Fault.TRUSTEE_PROOF, "Setup"),
    "threshold trustees": (set_at("trustees", 0, 0, value="Pedersen"), Fault.UNSUPPORTED, "Setup"),
    "election's key replaced": (set_at("election", "public_key", value=OTHER), Fault.ELECTION_KEY, "Setup"),
    "election's question reworded": (
        set_at("election", "questions", 0, "question", value="Another"),
        Fault.BALLOT_OTHER_ELECTION,
        "Ballot",
    ),
    "election without questions": (
        set_at("election", "questions", value=[]),
        Fault.ELECTION_QUESTION,
        "Setup",
    ),
    "more marks than answers": (
        set_at("election", "questions", 0, "max", value=5),
        Fault.ELECTION_QUESTION,
        "Setup",
    ),
    "fewest marks above most": (
        set_at("election", "questions", 0, "min", value=2),
        Fault.ELECTION_QUESTION,
        "Setup",
    ),
    "marks as text": (set_at("election", "questions", 0, "min", value="1"), Fault.JSON_WRONG_TYPE, "Setup"),
    "another group": (set_at("election", "group", value="BELENIOS-2048"), Fault.UNSUPPORTED, "Setup"),
    "a later version": (set_at("election", "version", value=2), Fault.UNSUPPORTED, "Setup"),
    "another kind of question": (
        set_at("election", "questions", 0, value={"type": "NonHomomorphic", "value": {}}),
        Fault.UNSUPPORTED,
        "Setup",
    ),
    "short identifier": (set_at("election", "uuid", value="abc"), Fault.ELECTION_UUID, "Setup"),
    # ballots
    "ballot twice": (do(lambda b: b.ballots.append(b.ballots[0])), Fault.BALLOT_DUPLICATE, "Ballot"),
    "ballot dropped": (do(lambda b: b.ballots.pop(0)), Fault.TALLY_WRONG, "EncryptedTally"),
    "all ballots dropped": (do(lambda b: b.ballots.clear()), Fault.TALLY_WRONG, "EncryptedTally"),
    "ballot not signed again": (
        do(
            lambda b: b.ballots.__setitem__(
                0,
                b.ballots[0].replace(
                    json.loads(b.ballots[0])["answers"][0]["choices"][0]["alpha"].encode(), OTHER.encode()
                ),
            )
        ),
        Fault.BALLOT_HASH,
        "Ballot",
    ),
    "neutral beta": (
        in_ballot("answers", 0, "choices", 0, "beta", value=NEUTRAL.encode()),
        Fault.POINT,
        "Ballot",
    ),
    "huge scalar": (
        in_ballot("answers", 0, "overall_proof", 0, "challenge", value="9" * 3000),
        Fault.SCALAR_RANGE,
        "Ballot",
    ),
    "scalar equal to the order": (
        in_ballot("answers", 0, "overall_proof", 0, "challenge", value=str(ORDER)),
        Fault.SCALAR_RANGE,
        "Ballot",
    ),
    "scalar as a number": (
        in_ballot("answers", 0, "overall_proof", 0, "challenge", value=5),
        Fault.JSON_WRONG_TYPE,
        "Ballot",
    ),
    "proofs of nothing": (
        in_ballot("answers", 0, "individual_proofs", 0, value=[CHALLENGE_OF_NOTHING] * 2),
        Fault.BALLOT_INDIVIDUAL,
        "Ballot",
    ),
    "blank proof where none is": (
        in_ballot("answers", 0, "blank_proof", value=[CHALLENGE_OF_NOTHING] * 2),
        Fault.JSON_WRONG_FIELDS,
        "Ballot",
    ),
    "ballot of nulls": (in_ballot("answers", 0, value=None), Fault.JSON_WRONG_TYPE, "Ballot"),
    # tally
    "tally of one ballot": (tally_of_one_ballot, Fault.TALLY_WRONG, "EncryptedTally"),
    "ciphertext of the tally altered": (
        set_at("tally", 0, 0, "alpha", value=OTHER),
        Fault.ARCHIVE_PAYLOAD,
        "EncryptedTally",
    ),
    "num_tallied altered": (
        set_at("descriptor", "num_tallied", value=2),
        Fault.TALLY_COUNTS,
        "EncryptedTally",
    ),
    "num_tallied true": (
        set_at("descriptor", "num_tallied", value=True),
        Fault.JSON_WRONG_TYPE,
        "EncryptedTally",
    ),
    "total weight as text": (
        set_at("descriptor", "total_weight", value="3"),
        Fault.NOT_CANONICAL,
        "EncryptedTally",
    ),
    # partial decryptions
    "factor altered": (
        in_partial("decryption_factors", 0, 0, value=OTHER),
        Fault.DECRYPTION_PROOF,
        "PartialDecryption",
    ),
    "neutral factor": (
        in_partial("decryption_factors", 0, 0, value=NEUTRAL.encode()),
        Fault.POINT,
        "PartialDecryption",
    ),
    "challenge altered": (
        in_partial("decryption_proofs", 2, 3, "challenge", value="1"),
        Fault.DECRYPTION_PROOF,
        "PartialDecryption",
    ),
    "response altered": (
        in_partial("decryption_proofs", 0, 0, "response", value="1"),
        Fault.DECRYPTION_PROOF,
        "PartialDecryption",
    ),
    "row of factors missing": (
        in_partial("decryption_factors", value=[]),
        Fault.JSON_WRONG_LENGTH,
        "PartialDecryption",
    ),
    "decrypted with another key": (decryption_with_another_key, Fault.DECRYPTION_PROOF, "PartialDecryption"),
    "one trustee twice": (
        do(lambda b: b.partials.__setitem__(1, (1, b.partials[0][1]))),
        Fault.DECRYPTION_OWNER,
        "PartialDecryption",
    ),
    "one trustee twice, the other's data": (
        do(lambda b: b.partials.__setitem__(1, (1, b.partials[1][1]))),
        Fault.DECRYPTION_OWNER,
        "PartialDecryption",
    ),
    "owner 0": (
        do(lambda b: b.partials.__setitem__(0, (0, b.partials[0][1]))),
        Fault.DECRYPTION_OWNER,
        "PartialDecryption",
    ),
    "owner 3 of 2": (
        do(lambda b: b.partials.__setitem__(0, (3, b.partials[0][1]))),
        Fault.DECRYPTION_OWNER,
        "PartialDecryption",
    ),
    "partial decryption missing": (do(lambda b: b.partials.pop()), Fault.EVENT_MISSING, "Result"),
    # result
    "count one higher": (set_at("result", "result", 0, 0, value=1), Fault.RESULT_WRONG, "Result"),
    "two counts exchanged": (set_at("result", "result", 0, value=[2, 0, 0, 1]), Fault.RESULT_WRONG, "Result"),
    "negative count": (set_at("result", "result", 0, 0, value=-1), Fault.JSON_NUMBER, "Result"),
    "count as text": (set_at("result", "result", 0, 0, value="0"), Fault.NOT_CANONICAL, "Result"),
    "count plus the order": (
        set_at("result", "result", 0, 0, value=str(ORDER)),
        Fault.JSON_NUMBER,
        "Result",
    ),
    "huge count": (set_at("result", "result", 0, 0, value=10**30), Fault.JSON_NUMBER, "Result"),
    "row of counts missing": (set_at("result", "result", value=[[0, 2, 0, 1]]), Fault.RESULT_WRONG, "Result"),
    "no result": (do(lambda b: setattr(b, "result", None)), Fault.EVENT_MISSING, "PartialDecryption"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_one_thing_altered(name, tmp_path):
    tamper, fault, event = TAMPERINGS[name]
    board = SMALL.copy()
    tamper(board)
    refused = refusal(board.write(), tmp_path)
    assert refused is not None
    assert refused[0] == fault
    assert event in refused[1]


def test_the_same_board_unaltered_holds(tmp_path):
    assert refusal(SMALL.write(), tmp_path) is None
    assert refusal(SMALL.counted_again(KEYS).write(), tmp_path) is None


def test_what_is_not_supported_says_so(tmp_path):
    board = SMALL.copy()
    set_at("election", "group", value="RFC-3526-2048")(board)
    path = tmp_path / "archive.bel"
    path.write_bytes(board.write())
    with pytest.raises(NotSupported, match="groups other than Ed25519"):
        verify_archive(path)


def test_nobody_voted(tmp_path):
    board = SMALL.copy()
    board.ballots = []
    assert refusal(board.counted_again(KEYS).write(), tmp_path) is None


def test_weights_are_counted(tmp_path):
    board = SMALL.copy()
    first = credential_of(board.ballots[0])
    board.credentials = altered(
        board.credentials, lambda roll: [f"{each},5" if each == first else each for each in roll]
    )
    board = board.counted_again(KEYS)
    assert json.loads(board.descriptor)["total_weight"] == 7
    assert json.loads(board.result)["result"] == [[0, 2, 0, 5], [1, 1, 0, 5], [0, 0, 0, 7]]
    assert refusal(board.write(), tmp_path) is None


def test_of_each_voter_the_last_ballot_counts(tmp_path):
    made = make_election(rows(2), voters=2)
    first, again = made.ballot(0, [[1, 0, 0, 0], [1, 0, 0, 0]], 1), made.ballot(0, [[0] * 4, [0, 0, 0, 1]], 2)
    other = made.ballot(1, [[0, 1, 0, 0], [0, 0, 0, 1]], 3)
    board = made.board([first, other, again])
    assert json.loads(board.result)["result"] == [[0, 1, 0, 0], [0, 0, 0, 2]]
    assert json.loads(board.descriptor)["num_tallied"] == 2
    assert refusal(board.write(), tmp_path) is None
    board.ballots = [again, other, first]
    assert refusal(board.write(), tmp_path)[0] == Fault.TALLY_WRONG
    board.ballots = [first, other, again, first]
    assert refusal(board.write(), tmp_path) == (Fault.BALLOT_DUPLICATE, "event 4 (Ballot)")


def test_a_board_may_be_verified_before_it_is_decrypted(tmp_path):
    board = SMALL.copy()
    board.partials, board.result = [], None
    assert refusal(board.write(), tmp_path, EventType.ENCRYPTED_TALLY) is None
    assert refusal(board.write(), tmp_path)[0] == Fault.EVENT_MISSING
    board.tally = None
    assert refusal(board.write(), tmp_path, EventType.SETUP) is None
    assert refusal(board.write(), tmp_path, EventType.ENCRYPTED_TALLY)[0] == Fault.EVENT_MISSING
