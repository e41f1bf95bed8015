"""Python and JavaScript say the same: what one writes the other reads, and both refuse the same for the same reason.

Both draw random bytes in the same order, so a common seed must give the same bytes, to the last proof.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from appraisals.ballots.protocol.backup import write_backup
from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.canonical import parse_canonical, serialise
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.credentials import CredentialList, derive_credential, generate_credential
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.election import Election, generate_uuid
from appraisals.ballots.protocol.encryption import encrypt_ballot
from appraisals.ballots.protocol.errors import Fault, ProtocolError
from appraisals.ballots.protocol.group import (
    GENERATOR,
    ORDER,
    decode_element,
    decode_element_or_neutral,
    decode_scalar,
    product,
    random_scalar,
)
from appraisals.ballots.protocol.hashing import challenge, sha256_base64, sha256_hex
from appraisals.ballots.protocol.tally import tally_ballots
from appraisals.ballots.protocol.trustees import (
    Trustees,
    generate_trustee_key,
    prove_trustee,
    trustee_key,
)
from tests.protocol.boards import Board, at, paths
from tests.protocol.browser_half import hexadecimal
from tests.protocol.elections import make_election, rows
from tests.protocol.streams import stream
from tests.protocol.test_ballots import CHOICES, PLAIN, WITH_BLANK
from tests.protocol.test_group import NO_ELEMENTS
from tests.protocol.test_mutations import JSON, SMALL, mutated_json, spelled
from tests.protocol.test_tampering import TAMPERINGS
from tests.protocol.vectors import NAMES, archive_path, expected

SCALARS = st.integers(0, ORDER - 1)
again_and_again = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def fault_name(act) -> str | None:
    try:
        act()
    except ProtocolError as error:
        return error.fault.name
    return None


# --- encodings ------------------------------------------------------------------------------------


@again_and_again
@given(exponent=SCALARS, other=SCALARS)
def test_elements_and_their_powers(browser_half, exponent, other):
    element = GENERATOR**exponent
    assert browser_half("power", exponent=str(exponent))["text"] == element.encode()
    both = [element.encode(), (GENERATOR**other).encode()]
    assert (
        browser_half("product", elements=both)["text"]
        == product(map(decode_element_or_neutral, both)).encode()
    )
    if exponent:
        power = browser_half("power", base=element.encode(), exponent=str(other))["text"]
        assert power == (element**other).encode()


@pytest.mark.parametrize("text", [*NO_ELEMENTS.values(), GENERATOR.encode()], ids=[*NO_ELEMENTS, "generator"])
def test_what_is_an_element(browser_half, text):
    for neutral, decode in ((False, decode_element), (True, decode_element_or_neutral)):
        answer = browser_half.ask("element", text=text, neutral=neutral)
        assert answer.get("fault") == fault_name(lambda decode=decode: decode(text))


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "1",
        str(ORDER - 1),
        str(ORDER),
        str(2**256),
        "01",
        "+1",
        "",
        " 1",
        "0x1",
        "1n",
        "1_0",
        "٣",
        "9" * 5000,
        5,
        None,
    ],
    ids=repr,
)
def test_what_is_a_scalar(browser_half, text):
    assert browser_half.ask("scalar", text=text).get("fault") == fault_name(lambda: decode_scalar(text))


@again_and_again
@given(text=st.text(), exponents=st.lists(SCALARS, max_size=4))
def test_hashes_and_challenges(browser_half, text, exponents):
    data = text.encode("utf-8", "surrogatepass")
    hashes = browser_half("hash", data=data)
    assert (hashes["hex"], hashes["base64"]) == (sha256_hex(data), sha256_base64(data))
    elements = [GENERATOR**exponent for exponent in exponents]
    prefix = "prove|" + sha256_hex(data) + "|"
    wanted = str(challenge(prefix, elements))
    assert (
        browser_half("challenge", prefix=prefix, elements=[each.encode() for each in elements])["text"]
        == wanted
    )


@again_and_again
@given(value=JSON)
def test_which_json_is_canonical(browser_half, value):
    # JavaScript moves keys that are numbers to the front of an object; the protocol has none.
    assume(not any(type(step) is str and step.isdigit() for path in paths(value) for step in path))
    # Python refuses fractions and long numbers here, JavaScript where they are read as numbers of something.
    inside = [at(value, path) for path in paths(value)]
    assume(not any(type(each) is float or (type(each) is int and abs(each) >= 10**10) for each in inside))
    data = spelled(value)
    answer = browser_half.ask("canonical", data=data)
    fault = fault_name(lambda: parse_canonical(data))
    assert (answer.get("fault") is None) == (fault is None)
    if fault is None:
        assert answer["text"].encode() == serialise(parse_canonical(data)) == data


def test_random_numbers_are_drawn_alike(browser_half):
    draw = stream("numbers")
    drawn = browser_half("random", seed=hexadecimal("numbers"), number=5)["scalars"]
    assert drawn == [str(random_scalar(draw)) for _ in range(5)]


# --- keys, credentials, elections -----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_trustees_and_credentials_are_made_alike(browser_half, seed):
    draw = stream(seed)
    key = generate_trustee_key(draw)
    trustee = prove_trustee(key, "Zhāng “三”", draw)
    made = browser_half("trustee", seed=hexadecimal(seed), name="Zhāng “三”")
    assert made["secret"] == key.encode_secret()
    assert made["public"] == key.public.encode()
    assert made["trustee"].encode() == serialise(trustee.to_json())
    assert browser_half("uuid", seed=hexadecimal(seed))["uuid"] == generate_uuid(stream(seed))
    private = generate_credential(stream(seed))
    credential = derive_credential("wexZ2sTK9u28sw", private)
    assert browser_half("credential", seed=hexadecimal(seed), uuid="wexZ2sTK9u28sw") == {
        "ok": True,
        "private": private,
        "secret": str(credential.secret),
        "public": credential.public.encode(),
    }


@pytest.mark.parametrize(
    "private", ["", "PYCuo-mPnedH-5frsX-7tPVV", "PYCuomPnedH5frsX7tPVVo", "0YCuo-mPnedH-5frsX-7tPVVo"]
)
def test_malformed_credentials_are_refused_alike(browser_half, private):
    answer = browser_half.ask("derive", uuid="wexZ2sTK9u28sw", private=private)
    assert (
        answer["fault"]
        == fault_name(lambda: derive_credential("wexZ2sTK9u28sw", private))
        == "CREDENTIAL_FORM"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_set_up_of_an_election_is_read_alike(browser_half, name):
    board = Board.read(archive_path(name))
    election = Election.from_json(board.election)
    assert browser_half("election", election=board.election) == {
        "ok": True,
        "uuid": election.uuid,
        "fingerprint": election.fingerprint,
        "shape": list(election.shape),
        "publicKey": election.public_key.encode(),
    }
    trustees = Trustees.from_json(board.trustees)
    read = browser_half("trustees", trustees=board.trustees)
    assert read["electionKey"] == trustees.election_key().encode()
    assert read["fingerprints"] == [each.fingerprint for each in trustees.members]
    roll = CredentialList.from_json(board.credentials)
    read = browser_half("credentials", credentials=board.credentials)
    assert (read["size"], read["fingerprint"]) == (len(roll.weights), roll.fingerprint)


# --- ballots --------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [PLAIN, WITH_BLANK], ids=["plain", "blank"])
def test_one_seed_makes_one_ballot(browser_half, made):
    credential, choices = made.credentials[1], CHOICES[id(made)]
    ballot = encrypt_ballot(made.election, credential, choices, stream("vote"))
    given = {"election": made.election.data, "private": credential.private, "choices": choices}
    theirs = browser_half("encrypt", seed=hexadecimal("vote"), **given)
    assert theirs["ballot"].encode() == ballot.data
    assert theirs["tracker"] == ballot.tracker


@pytest.mark.parametrize("made", [PLAIN, WITH_BLANK], ids=["plain", "blank"])
def test_each_half_accepts_the_ballots_of_the_other(browser_half, made):
    choices = CHOICES[id(made)]
    setup = {"election": made.election.data, "credentials": made.roll.data}
    ours = made.ballot(0, choices)
    assert browser_half("check", ballot=ours, **setup)["credential"] == made.credentials[0].public.encode()
    given = {"election": made.election.data, "private": made.credentials[2].private, "choices": choices}
    theirs = browser_half("encrypt", seed="00ff", **given)["ballot"].encode()
    check_ballot(Ballot.from_json(theirs, made.election), made.election, made.roll)


@again_and_again
@given(data=mutated_json(SMALL.ballots[0]))
def test_altered_ballots_are_refused_alike(browser_half, data):
    election, roll = Election.from_json(SMALL.election), CredentialList.from_json(SMALL.credentials)

    def check() -> None:
        check_ballot(Ballot.from_json(data, election), election, roll)

    answer = browser_half.ask("check", election=SMALL.election, credentials=SMALL.credentials, ballot=data)
    fault = fault_name(check)
    assert (answer.get("fault") is None) == (fault is None)


# --- counting -------------------------------------------------------------------------------------


def test_tally_and_partial_decryption_are_made_alike(browser_half):
    made = make_election(rows(3), voters=3)
    ballots = [made.ballot(voter, [[0, 1, 0, 0], [0] * 4, [0, 0, 0, 1]]) for voter in range(3)]
    parsed = [Ballot.from_json(data, made.election) for data in ballots]
    tally, descriptor = tally_ballots(made.election, made.roll, parsed)
    theirs = browser_half(
        "tally",
        election=made.election.data,
        credentials=made.roll.data,
        ballots=[data.decode() for data in ballots],
    )
    assert theirs["tally"].encode() == tally.to_json()
    assert theirs["descriptor"].encode() == descriptor.to_json()
    board = Board(
        made.election.data,
        made.trustees.to_json(),
        made.roll.data,
        ballots,
        tally.to_json(),
        descriptor.to_json(),
    )
    for owner, key in enumerate(made.keys, 1):
        partial = decrypt_partially(made.election, tally, key, stream("w"))
        given = {"archive": board.write(), "secret": key.encode_secret(), "seed": hexadecimal("w")}
        theirs = browser_half("decrypt", **given)
        assert theirs["owner"] == owner
        assert theirs["partial"].encode() == partial.to_json()


@pytest.mark.parametrize("name", NAMES)
def test_both_halves_verify_an_archive_of_the_independent_tool(browser_half, name):
    report = browser_half("verify", archive=archive_path(name).read_bytes())
    assert report["result"] == expected(name)["result"]
    assert report["lastEvent"] == expected(name)["last_event_sha256"]


@pytest.mark.parametrize("name", TAMPERINGS)
def test_both_halves_refuse_an_altered_archive_for_the_same_reason(browser_half, name):
    tamper, fault, _ = TAMPERINGS[name]
    board = SMALL.copy()
    tamper(board)
    answer = browser_half.ask("verify", archive=board.write())
    assert answer.get("fault") == fault.name


def test_the_browser_decrypts_nothing_that_it_has_not_verified(browser_half):
    board = SMALL.copy()
    TAMPERINGS["tally of one ballot"][0](board)
    secret = expected("small")["trustee_private_keys"][0]
    answer = browser_half.ask("decrypt", archive=board.write(), secret=secret, seed="00")
    assert answer["fault"] == Fault.TALLY_WRONG.name
    stranger = generate_trustee_key(stream("stranger")).encode_secret()
    answer = browser_half.ask("decrypt", archive=SMALL.write(), secret=stranger, seed="00")
    assert answer["fault"] == Fault.DECRYPTION_FOREIGN_KEY.name


@pytest.mark.parametrize("secret", [1, 2**252, ORDER - 1, 0x1234567890ABCDEF << 180], ids=hex)
def test_a_recovery_sheet_has_the_same_characters(browser_half, secret):
    assert browser_half("backup", secret=str(secret))["text"] == write_backup(trustee_key(secret))
