"""Whatever is done to an archive or a ballot at random: a change of meaning is refused, and refused by name.

300 examples of each of the four properties are tried in a run; ``EXAMPLES=20000 make test ARGS=-kmutations`` tries more.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.credentials import CredentialList
from appraisals.ballots.protocol.election import Election
from appraisals.ballots.protocol.errors import ProtocolError
from appraisals.ballots.protocol.group import GENERATOR, NEUTRAL, ORDER
from appraisals.ballots.protocol.verification import Report, verify_archive
from tests.protocol.boards import Board, at, paths, signed, small_board, small_secrets, with_value
from tests.protocol.vectors import archive_path

EXAMPLES = int(os.environ.get("EXAMPLES", "300"))

SMALL = small_board()
ARCHIVE = archive_path("small").read_bytes()
ELECTION = Election.from_json(SMALL.election)
ROLL = CredentialList.from_json(SMALL.credentials)
SECRETS = small_secrets()


examples = settings(max_examples=EXAMPLES, deadline=None)

# Values that look right, that nearly do, and anything else that JSON can say.
INTERESTING = [
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        3,
        2**31,
        10**30,
        1.0,
        1e300,
        "",
        "0",
        "1",
        "00",
        "-1",
        "1 ",
        "é",
        "\ud800",
    ),
    *([], {}, [[]], [{}], {"challenge": "0", "response": "0"}, {"alpha": "", "beta": ""}),
    *(str(ORDER), str(ORDER - 1), str(ORDER + 1), "9" * 500),
    *(GENERATOR.encode(), NEUTRAL.encode(), "f" * 64, "0" * 64, (GENERATOR**77).encode()),
]
JSON = st.one_of(
    st.sampled_from(INTERESTING),
    st.integers(),
    st.text(max_size=70),
    st.integers(0, ORDER).map(str),
    st.integers(1, ORDER - 1).map(lambda exponent: (GENERATOR**exponent).encode()),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inside: (
            st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3)
        ),
        max_leaves=8,
    ),
)


def spelled(value: object) -> bytes:
    """Compact JSON, also of what no UTF-8 can spell."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


@st.composite
def mutated_json(draw, data: bytes) -> bytes:
    """One place of a JSON text altered: another value, one of its own values moved there, something left out or doubled."""
    value = json.loads(data)
    everywhere = paths(value)
    path = draw(st.sampled_from(everywhere))
    here = at(value, path)
    kind = draw(st.sampled_from(["replace", "move", "leave out", "double", "reorder"]))
    if kind == "move":
        return spelled(with_value(value, path, at(value, draw(st.sampled_from(everywhere)))))
    if kind != "replace" and type(here) is list and here:
        place = draw(st.integers(0, len(here) - 1))
        less = here[:place] + here[place + 1 :]
        other = {"leave out": less, "double": [*here[:place], here[place], *here[place:]]}
        return spelled(with_value(value, path, other.get(kind, draw(st.permutations(here)))))
    if kind != "replace" and type(here) is dict and here:
        names = draw(st.permutations(list(here)))
        shown = names[1:] if kind == "leave out" else names
        more = {"double": {draw(st.text(max_size=5)): here[names[0]]}}.get(kind, {})
        return spelled(with_value(value, path, {name: here[name] for name in shown} | more))
    return spelled(with_value(value, path, draw(JSON)))


@st.composite
def mutated_archives(draw) -> bytes:
    """A few bytes altered, put in, taken out, exchanged or repeated."""
    changed = bytearray(ARCHIVE)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(changed) - 1))
        end = min(len(changed), start + draw(st.sampled_from([0, 1, 2, 16, 512, 2000])))
        match draw(st.sampled_from(["flip", "replace", "cut", "repeat", "end here"])):
            case "flip":
                changed[start] ^= 1 << draw(st.integers(0, 7))
            case "replace":
                changed[start:end] = draw(st.binary(max_size=20))
            case "cut":
                del changed[start:end]
            case "repeat":
                changed[start:start] = changed[start:end]
            case "end here":
                del changed[start:]
        assume(changed)
    return bytes(changed)


PARTS = ["election", "trustees", "credentials", "ballot", "tally", "descriptor", "partial", "result"]


@st.composite
def mutated_boards(draw) -> Board:
    """One part of a board altered, its ballots in any order or number, the chain put together again."""
    board = SMALL.copy()
    part = draw(st.sampled_from([*PARTS, "order of ballots", "order of decryptions"]))
    if part == "order of ballots":
        board.ballots = draw(st.lists(st.sampled_from(SMALL.ballots), max_size=5))
    elif part == "order of decryptions":
        owners = st.tuples(st.integers(0, 3), st.sampled_from([data for _, data in SMALL.partials]))
        board.partials = draw(st.lists(owners, max_size=4))
    elif part == "ballot":
        place = draw(st.integers(0, len(board.ballots) - 1))
        board.ballots[place] = draw(mutated_json(board.ballots[place]))
    elif part == "partial":
        place = draw(st.integers(0, len(board.partials) - 1))
        owner, data = board.partials[place]
        board.partials[place] = (owner, draw(mutated_json(data)))
    else:
        setattr(board, part, draw(mutated_json(getattr(board, part))))
    return board


def accepted(archive: bytes) -> Report | None:
    """The report; anything but a named error of the protocol goes through and fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive.bel")
        path.write_bytes(archive)
        try:
            return verify_archive(path, processes=1)
        except ProtocolError:
            return None


def meaning(report: Report) -> tuple[object, ...]:
    """What an archive says, apart from the order in which it says it."""
    return (
        report.election.data,
        [each.public_key for each in report.trustees.members],
        report.credentials.weights,
        report.counted,
        report.result,
    )


ORIGINAL = meaning(verify_archive(archive_path("small"), processes=1))


@examples
@given(mutated_archives())
def test_no_bytes_of_an_archive_can_be_altered(archive):
    assert archive == ARCHIVE or accepted(archive) is None


@examples
@given(mutated_boards())
def test_no_altered_board_says_something_else_and_is_accepted(board):
    report = accepted(board.write())
    assert report is None or meaning(report) == ORIGINAL


@examples
@given(mutated_json(SMALL.ballots[0]), st.booleans())
def test_no_altered_ballot_is_accepted(data, sign_again):
    """Signed again by its voter or not; two rows of the same shape may be exchanged by the voter alone (pitfall 18)."""
    original = json.loads(SMALL.ballots[0])
    try:
        value = json.loads(data)
        if sign_again and type(value) is dict and "signature" in value:
            data = signed(data, SECRETS[original["credential"]])
    except ValueError:  # half of a surrogate pair, which cannot be signed
        assume(False)
    try:
        ballot = Ballot.from_json(data, ELECTION)
        check_ballot(ballot, ELECTION, ROLL)
    except ProtocolError:
        return
    answers = json.loads(ballot.data)["answers"]
    assert sorted(map(str, answers)) == sorted(map(str, original["answers"]))


@examples
@given(st.binary(max_size=200) | JSON.map(spelled))
def test_anything_at_all_is_no_ballot(data):
    with pytest.raises(ProtocolError):
        Ballot.from_json(data, ELECTION)
