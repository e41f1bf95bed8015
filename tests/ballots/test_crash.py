"""Killed in the middle of a vote, the workers first and then the database: everything acknowledged is still there."""

from __future__ import annotations

import random
import threading
import time

from appraisals.ballots.protocol.hashing import sha256_base64
from tests.ballots.served import Portal, Vote, served

PEOPLE = 40


def test_everything_acknowledged_survives_kill_9_of_workers_and_database(tmp_path):
    with served(tmp_path, people=PEOPLE, rows=2) as portal:
        acknowledged: dict[str, int] = {}
        threads = [
            threading.Thread(target=insist, args=(portal, vote, acknowledged)) for vote in portal.votes
        ]
        for thread in threads:
            thread.start()
        until(lambda: len(acknowledged) >= PEOPLE // 5)
        portal.kill_workers()
        until(lambda: len(acknowledged) >= PEOPLE // 2)
        portal.kill_database()
        assert len(acknowledged) < PEOPLE  # some had to be sent again
        for thread in threads:
            thread.join(120)
        assert set(acknowledged) == {sha256_base64(vote.data) for vote in portal.votes}
        assert sorted(portal.trackers()) == sorted(acknowledged)


def until(reached) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def insist(portal: Portal, vote: Vote, acknowledged: dict[str, int]) -> None:
    """As the booth's page does: the same bytes, until there is an answer."""
    time.sleep(random.random() * 5)
    for attempt in range(200):
        try:
            status, answer = portal.cast(vote)
        except OSError:
            status, answer = 0, {}
        if status == 200:
            acknowledged[answer["tracker"]] = attempt
            return
        assert status in {0, 500, 502, 503}, (status, answer)
        time.sleep(0.2)
