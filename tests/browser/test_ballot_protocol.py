"""A voter's and a scrutineer's browser do their part of an election in their own workers, under the portal's policy."""

from __future__ import annotations

import json

import pytest

from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.decryption import PartialDecryption, check_partial_decryption
from appraisals.ballots.protocol.tally import EncryptedTally
from tests.browser.ballot_stand import ballot_stand
from tests.protocol.boards import Board
from tests.protocol.elections import make_election, rows


@pytest.fixture(scope="module")
def stand():
    with ballot_stand() as stand:
        yield stand


@pytest.fixture
def ask(page, stand):
    """Call a function of the page; a message on its console fails the test, since nothing may be logged there."""
    logged = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.goto(stand.url)
    page.wait_for_function("() => globalThis.stand !== undefined")

    def ask(name: str, **given):
        return page.evaluate("([name, given]) => globalThis.stand[name](given)", [name, given])

    yield ask
    assert logged == []


def test_a_browser_makes_a_ballot_that_the_server_accepts(ask, stand):
    made = make_election(rows(4), voters=2)
    archive = stand.put(
        "vote.bel", Board(made.election.data, made.trustees.to_json(), made.roll.data).write()
    )
    choices = [[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]
    cast = ask("vote", archive=archive, credential=made.credentials[1].private, choices=choices)
    ballot = Ballot.from_json(cast["ballot"].encode(), made.election)
    check_ballot(ballot, made.election, made.roll)
    assert ballot.credential == made.credentials[1].public
    assert ballot.tracker == cast["tracker"]
    assert cast["progress"] == [[done, 4] for done in (1, 2, 3, 4)] * 2
    assert json.loads(made.board([ballot.data]).result)["result"] == choices


def test_a_scrutineers_browser_verifies_the_board_and_decrypts(ask, stand):
    made = make_election(rows(2), voters=5)
    board = made.board([made.ballot(voter, [[0, 1, 0, 0], [0] * 4]) for voter in range(5)])
    archive = stand.put("count.bel", board.write())
    counted = ask("count", archive=archive, secret=made.keys[1].encode_secret())
    assert counted["owner"] == 2
    assert counted["progress"] == 5
    partial = PartialDecryption.from_json(counted["partial"].encode(), made.election)
    tally = EncryptedTally.from_json(board.tally, made.election)
    check_partial_decryption(partial, made.election, tally, made.keys[1].public)
