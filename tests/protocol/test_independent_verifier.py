"""An election of ours before a verifier that is not ours: voted and decrypted by the browser's half, counted by Python's.

Versions 3.0 to 3.3 of the tool do not let ``election verify`` fail for a ballot whose proofs are false, so each ballot is
also given to ``election verify-ballot``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import textwrap
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.credentials import CredentialList, derive_credential
from appraisals.ballots.protocol.decryption import PartialDecryption
from appraisals.ballots.protocol.election import Question, write_election
from appraisals.ballots.protocol.group import ORDER
from appraisals.ballots.protocol.hashing import sha256_hex
from appraisals.ballots.protocol.result import compute_result
from appraisals.ballots.protocol.tally import tally_ballots
from appraisals.ballots.protocol.trustees import Trustee, Trustees
from appraisals.ballots.protocol.verification import verify_archive
from tests.protocol.boards import Board, altered, signed, with_value
from tests.protocol.browser_half import hexadecimal
from tests.protocol.elections import GRADES

QUESTIONS = [
    Question(GRADES, 0, 1, "Invented member 甲"),
    Question(GRADES, 1, 1, 'Invented member “乙” \\ "b"'),
    Question(("Yes", "No"), 0, 1, "Blank allowed", blank=True),
    Question(GRADES, 1, 3, "Several"),
]
VOTES = [
    [[1, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0], [1, 1, 1, 0]],
    [[0, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0], [0, 0, 0, 1]],
    [[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0], [1, 0, 0, 1]],
    [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1], [0, 1, 0, 0]],
]
COUNTS = [[2, 0, 1, 0], [1, 2, 0, 1], [1, 1, 1], [2, 2, 1, 2]]


@dataclass(frozen=True)
class Held:
    """An election from key to result, and what a forger among its voters would know."""

    board: Board
    uuid: str
    secrets: list[int]

    def up_to_setup(self) -> bytes:
        """The archive as it stood before the first ballot."""
        return self.board.write_setup()


@pytest.fixture(scope="module")
def held(browser_half) -> Held:
    uuid = browser_half("uuid", seed=hexadecimal("uuid"))["uuid"]
    keys = [browser_half("trustee", seed=hexadecimal(n), name=f"Trustee {n}") for n in range(3)]
    trustees = Trustees.of([Trustee.from_json(json.loads(key["trustee"])) for key in keys])
    election = write_election(
        uuid=uuid, name="Invented", description="Nobody's election", trustees=trustees, questions=QUESTIONS
    )
    credentials = [
        browser_half("credential", seed=hexadecimal(f"voter {n}"), uuid=uuid) for n in range(len(VOTES) + 1)
    ]
    derived = [derive_credential(uuid, each["private"]) for each in credentials]
    roll = CredentialList.of([each.public for each in derived])
    ballots = []
    for voter, choices in enumerate(VOTES):
        given = {"election": election.data, "private": credentials[voter]["private"], "choices": choices}
        ballots.append(browser_half("encrypt", seed=hexadecimal(f"vote {voter}"), **given)["ballot"].encode())
    ballots.sort(key=sha256_hex)
    parsed = [Ballot.from_json(data, election) for data in ballots]
    tally, descriptor = tally_ballots(election, roll, parsed)
    board = Board(
        election.data, trustees.to_json(), roll.data, ballots, tally.to_json(), descriptor.to_json()
    )
    decrypted = [
        browser_half("decrypt", archive=board.write(), secret=key["secret"], seed=hexadecimal(f"w {n}"))
        for n, key in enumerate(keys)
    ]
    board.partials = [(each["owner"], each["partial"].encode()) for each in decrypted]
    partials = [PartialDecryption.from_json(data, election) for _, data in board.partials]
    board.result = compute_result(tally, partials, descriptor.total_weight).to_json()
    secrets = {each.public.encode(): each.secret for each in derived}
    return Held(board, uuid, [secrets[json.loads(data)["credential"]] for data in ballots])


def test_our_own_verifier_accepts_it_and_the_counts_are_the_votes(held, tmp_path):
    path = tmp_path / "archive.bel"
    path.write_bytes(held.board.write())
    assert [list(row) for row in verify_archive(path).result.counts] == COUNTS


def test_the_tool_accepts_the_whole_archive(held, belenios_tool):
    assert belenios_tool.accepts_archive(held.board.write(), held.uuid)


def test_the_tool_accepts_every_ballot(held, belenios_tool):
    for ballot in held.board.ballots:
        assert belenios_tool.accepts_ballot(ballot, held.up_to_setup(), held.uuid)


def test_the_tool_finds_the_same_result(held, belenios_tool):
    undecided = replace(held.board, result=None)
    assert json.loads(belenios_tool.computes_result(undecided.write(), held.uuid)) == {"result": COUNTS}


@pytest.mark.parametrize("kind", ["individual_proofs", "overall_proof"])
def test_the_tool_refuses_an_altered_ballot(held, belenios_tool, kind):
    """Signed again by its own voter, so that nothing but the proof is wrong."""
    place = ("answers", 0, kind, 0, 0) if kind == "individual_proofs" else ("answers", 0, kind, 0)
    first = held.board.ballots[0]

    def one_more(value):
        number = value["answers"][0][kind][0]
        number = number[0] if kind == "individual_proofs" else number
        return with_value(value, (*place, "response"), str((int(number["response"]) + 1) % ORDER))

    forged = signed(altered(first, one_more), held.secrets[0])
    assert not belenios_tool.accepts_ballot(forged, held.up_to_setup(), held.uuid)


def test_the_tool_refuses_an_altered_result(held, belenios_tool):
    wrong = altered(held.board.result, lambda value: with_value(value, ("result", 0, 0), 3))
    assert not belenios_tool.accepts_archive(replace(held.board, result=wrong).write(), held.uuid)


def test_the_commands_of_the_documentation_find_the_altered_ballot(held, belenios_tool, tmp_path):
    """As they stand in docs/ballot-security.md, on an archive whose second ballot carries a false proof."""
    text = (Path(__file__).parents[2] / "docs" / "ballot-security.md").read_text()
    blocks = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    commands = textwrap.dedent(next(block for block in blocks if "verify-ballot" in block))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "belenios-tool").symlink_to(belenios_tool.executable)
    environment = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "UUID": held.uuid}
    board = held.board.copy()
    refused = []
    for index in (None, 1):
        if index is not None:
            forged = altered(
                board.ballots[index],
                lambda ballot: with_value(ballot, ("answers", 1, "overall_proof", 0, "response"), "5"),
            )
            board.ballots[index] = signed(forged, held.secrets[index])
        folder = tmp_path / str(index)
        folder.mkdir()
        (folder / f"{held.uuid}.bel").write_bytes(board.write())
        done = subprocess.run(
            ["sh", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
        )
        refused.append(done.stdout.split())
    digest = sha256_hex(board.ballots[1])
    assert refused == [[], ["refused:", f"all/{digest}.data.json"]]
