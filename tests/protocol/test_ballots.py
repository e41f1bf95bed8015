"""A ballot: whatever a question allows can be cast, and no field of it can be altered."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraisals.ballots.protocol.ballots import Ballot, ballot_size_limit
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.credentials import CredentialList
from appraisals.ballots.protocol.election import Question
from appraisals.ballots.protocol.encryption import encrypt_ballot
from appraisals.ballots.protocol.errors import Fault, ProtocolError
from appraisals.ballots.protocol.group import GENERATOR, ORDER
from tests.protocol.boards import at, paths, signed, with_value
from tests.protocol.elections import make_election, rows
from tests.protocol.streams import stream

PLAIN = make_election([*rows(1), *rows(1, min=1, max=1), *rows(1, min=0, max=3)], seed="plain")
WITH_BLANK = make_election(rows(2, min=1, max=2, blank=True), seed="blank")
CHOICES = {
    id(PLAIN): [[0, 1, 0, 0], [0, 0, 0, 1], [1, 1, 0, 1]],
    id(WITH_BLANK): [[0, 1, 0, 0, 1], [1, 0, 0, 0, 0]],
}
OTHER = GENERATOR**123456789


def fault_of(data: bytes, made=PLAIN) -> Fault | None:
    """What is wrong with a ballot, from its first byte to its last proof."""
    try:
        check_ballot(Ballot.from_json(data, made.election), made.election, made.roll)
    except ProtocolError as error:
        return error.fault
    return None


def respelled(value) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


@st.composite
def questions_and_choices(draw):
    answers = draw(st.integers(1, 5))
    most = draw(st.integers(0, answers))
    least = draw(st.integers(0, most))
    blank = draw(st.sampled_from([None, False, True]))
    question = Question(tuple(map(str, range(answers))), least, most, "?", blank)
    marked = set(draw(st.permutations(range(answers)))[: draw(st.integers(least, most))])
    marks = [int(answer in marked) for answer in range(answers)]
    if blank:
        marks = draw(st.sampled_from([[0, *marks], [1, *[0] * answers]]))
    return question, marks


@settings(max_examples=60, deadline=None)
@given(st.lists(questions_and_choices(), min_size=1, max_size=3), st.integers())
def test_every_vote_that_a_question_allows_can_be_cast_and_counted(drawn, seed):
    questions, choices = zip(*drawn, strict=True)
    made = make_election(questions, voters=1, trustees=1, seed=seed)
    data = made.ballot(0, choices, seed)
    assert fault_of(data, made) is None
    assert len(data) <= ballot_size_limit(made.election) // 2
    assert json.loads(made.board([data]).result) == {"result": [list(marks) for marks in choices]}


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ({"min": 1, "max": 1}, [0, 0, 0, 0]),
        ({"min": 0, "max": 1}, [1, 1, 0, 0]),
        ({"min": 1, "max": 2}, [1, 1, 1, 0]),
        ({"min": 0, "max": 1}, [2, 0, 0, 0]),
        ({"min": 0, "max": 1}, [-1, 1, 0, 0]),
        ({"min": 0, "max": 1}, [1, 0, 0]),
        ({"min": 0, "max": 1}, [1, 0, 0, 0, 0]),
        ({"min": 1, "max": 1, "blank": True}, [0, 0, 0, 0, 0]),
        ({"min": 1, "max": 1, "blank": True}, [1, 1, 0, 0, 0]),
        ({"min": 0, "max": 2, "blank": True}, [0, 1, 1, 1, 0]),
    ],
)
def test_votes_that_a_question_does_not_allow_become_no_ballot(question, marks):
    made = make_election(rows(1, **question))
    with pytest.raises(ProtocolError) as refused:
        made.ballot(0, [marks])
    assert refused.value.fault == Fault.CHOICES


def test_a_missing_question_becomes_no_ballot():
    with pytest.raises(ProtocolError) as refused:
        PLAIN.ballot(0, CHOICES[id(PLAIN)][:-1])
    assert refused.value.fault == Fault.CHOICES


def test_two_ballots_of_one_vote_have_nothing_in_common_but_their_voter():
    first, second = (json.loads(PLAIN.ballot(0, CHOICES[id(PLAIN)], seed)) for seed in (1, 2))
    leaves = [path for path in paths(first["answers"]) if type(at(first["answers"], path)) is str]
    assert all(at(first["answers"], path) != at(second["answers"], path) for path in leaves)


def test_progress_counts_the_questions():
    seen = []
    encrypt_ballot(
        PLAIN.election,
        PLAIN.credentials[0],
        CHOICES[id(PLAIN)],
        stream(1),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]


# --- every single field ---------------------------------------------------------------------------


def kind_of(path) -> str:
    """What an altered leaf of a ballot is, by its place."""
    if path[0] == "signature":
        return "signed hash" if path[-1] == "hash" else "signature"
    if path[0] != "answers":
        return path[0]
    return "ciphertext" if path[2] == "choices" else path[2]


FAULT_SIGNED_AGAIN = {
    "election_uuid": Fault.BALLOT_OTHER_ELECTION,
    "election_hash": Fault.BALLOT_OTHER_ELECTION,
    "credential": Fault.BALLOT_UNKNOWN_CREDENTIAL,
    "ciphertext": Fault.BALLOT_INDIVIDUAL,
    "individual_proofs": Fault.BALLOT_INDIVIDUAL,
    "overall_proof": Fault.BALLOT_OVERALL,
    "blank_proof": Fault.BALLOT_BLANK,
}
FAULT_NOT_SIGNED = dict.fromkeys(FAULT_SIGNED_AGAIN, Fault.BALLOT_HASH) | {
    "election_uuid": Fault.BALLOT_OTHER_ELECTION,
    "election_hash": Fault.BALLOT_OTHER_ELECTION,
    "credential": Fault.BALLOT_UNKNOWN_CREDENTIAL,
    "signed hash": Fault.BALLOT_HASH,
    "signature": Fault.BALLOT_SIGNATURE,
}


def changed(leaf: str) -> str:
    """Another value of the same kind: a scalar one larger, another element, another text."""
    if leaf.isdigit() and len(leaf) != 64:
        return str((int(leaf) + 1) % ORDER)
    if len(leaf) == 64:
        return OTHER.encode()
    return ("A" if leaf[0] != "A" else "B") + leaf[1:]


@pytest.mark.parametrize("made", [PLAIN, WITH_BLANK], ids=["plain", "blank"])
def test_no_single_field_can_be_altered(made):
    data = made.ballot(0, CHOICES[id(made)])
    value = json.loads(data)
    leaves = [path for path in paths(value) if type(at(value, path)) is str]
    kinds = {kind_of(path) for path in leaves}
    assert kinds == set(FAULT_NOT_SIGNED) - ({"blank_proof"} if made is PLAIN else set())
    for path in leaves:
        altered = respelled(with_value(value, path, changed(at(value, path))))
        assert fault_of(altered, made) == FAULT_NOT_SIGNED[kind_of(path)], path
        if path[0] != "signature":
            again = signed(altered, made.credentials[0].secret)
            assert fault_of(again, made) == FAULT_SIGNED_AGAIN[kind_of(path)], path


@pytest.mark.parametrize("wrong", [None, True, 0, -1, 1.5, [], {}, "", "é", 10**30], ids=repr)
@pytest.mark.parametrize("made", [PLAIN, WITH_BLANK], ids=["plain", "blank"])
def test_no_place_takes_a_value_of_another_kind(made, wrong):
    data = made.ballot(0, CHOICES[id(made)])
    value = json.loads(data)
    for path in paths(value):
        altered = respelled(with_value(value, path, wrong))
        assert fault_of(altered, made) is not None, path


@pytest.mark.parametrize("made", [PLAIN, WITH_BLANK], ids=["plain", "blank"])
def test_arrays_and_objects_are_neither_longer_nor_shorter(made):
    data = made.ballot(0, CHOICES[id(made)])
    value = json.loads(data)
    secret = made.credentials[0].secret
    for path in paths(value):
        inside = at(value, path)
        if type(inside) is list:
            variants = [inside[:-1], [*inside, inside[-1]], []]
        elif type(inside) is dict:
            names = list(inside)
            variants = [
                {name: inside[name] for name in names[:-1]},
                {**inside, "more": "1"},
                {name: inside[name] for name in reversed(names)},
            ]
        else:
            continue
        for variant in variants:
            altered = with_value(value, path, variant)
            if "signature" in altered and path[:1] != ("signature",) and path:
                altered = json.loads(signed(respelled(altered), secret))
            assert fault_of(respelled(altered), made) is not None, path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("answers", 0, "choices", 0), ("answers", 0, "choices", 1)),
        (("answers", 0, "choices", 0, "alpha"), ("answers", 0, "choices", 0, "beta")),
        (("answers", 0, "choices", 0, "alpha"), ("answers", 0, "choices", 1, "alpha")),
        (("answers", 0, "individual_proofs", 0), ("answers", 0, "individual_proofs", 1)),
        (("answers", 0, "individual_proofs", 0, 0), ("answers", 0, "individual_proofs", 0, 1)),
        (("answers", 0, "overall_proof", 0), ("answers", 0, "overall_proof", 1)),
    ],
    ids=lambda path: ".".join(map(str, path)),
)
def test_parts_cannot_be_exchanged(one, other):
    value = json.loads(PLAIN.ballot(0, CHOICES[id(PLAIN)]))
    exchanged = with_value(with_value(value, one, at(value, other)), other, at(value, one))
    again = signed(respelled(exchanged), PLAIN.credentials[0].secret)
    assert fault_of(again) in (Fault.BALLOT_INDIVIDUAL, Fault.BALLOT_OVERALL)


# --- who may cast what ----------------------------------------------------------------------------


def test_a_ballot_replayed_under_another_credential_is_refused():
    value = json.loads(PLAIN.ballot(0, CHOICES[id(PLAIN)]))
    value["credential"] = PLAIN.credentials[1].public.encode()
    assert fault_of(respelled(value)) == Fault.BALLOT_HASH
    assert fault_of(signed(respelled(value), PLAIN.credentials[1].secret)) == Fault.BALLOT_INDIVIDUAL


def test_a_ballot_signed_with_another_credential_is_refused():
    again = signed(PLAIN.ballot(0, CHOICES[id(PLAIN)]), PLAIN.credentials[1].secret)
    assert fault_of(again) == Fault.BALLOT_SIGNATURE


def test_a_credential_that_is_not_on_the_roll_cannot_vote():
    stranger = make_election(PLAIN.election.questions, voters=5, seed="stranger").credentials[4]
    ballot = encrypt_ballot(PLAIN.election, stranger, CHOICES[id(PLAIN)], stream(1))
    assert fault_of(ballot.data) == Fault.BALLOT_UNKNOWN_CREDENTIAL
    roll = CredentialList.of([stranger.public])
    check_ballot(ballot, PLAIN.election, roll)


def test_a_ballot_of_another_election_is_refused():
    other = make_election(PLAIN.election.questions, seed="other")
    assert fault_of(other.ballot(0, CHOICES[id(PLAIN)])) == Fault.BALLOT_OTHER_ELECTION


# --- spelling -------------------------------------------------------------------------------------


def test_other_spellings_of_the_same_ballot_are_refused():
    data = PLAIN.ballot(0, CHOICES[id(PLAIN)])
    uuid = PLAIN.election.uuid.encode()
    spellings = {
        data + b"\n": Fault.BALLOT_NOT_CANONICAL,
        data.replace(b":", b": ", 1): Fault.BALLOT_NOT_CANONICAL,
        data.replace(uuid, b"\\u00%02x" % uuid[0] + uuid[1:], 1): Fault.BALLOT_NOT_CANONICAL,
        b"\xef\xbb\xbf" + data: Fault.JSON_INVALID,
        data + b"\0": Fault.JSON_INVALID,
        data[:-1]: Fault.JSON_INVALID,
        data.replace(b"{", b'{"election_uuid":"",', 1): Fault.JSON_DUPLICATE_KEY,
        data.decode().encode("utf-16"): Fault.JSON_INVALID,
        b"": Fault.JSON_INVALID,
        b"[" * 10_000: Fault.JSON_DEPTH,
        b"[" * 2_000_000: Fault.BALLOT_TOO_LARGE,
        b"1" * 15_000: Fault.JSON_NUMBER,
        b'{"a":1e400}': Fault.JSON_NUMBER,
        b'{"a":NaN}': Fault.JSON_NUMBER,
        b'"\\ud800"': Fault.JSON_INVALID,
        b"null": Fault.JSON_WRONG_TYPE,
    }
    for spelling, fault in spellings.items():
        assert fault_of(spelling) == fault, spelling[:80]
