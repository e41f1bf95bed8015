"""Killed in the middle of a vote, the workers first and then the database: everything acknowledged is still there.

And what the server and the database write into their logs while all this goes wrong tells nothing of anybody's vote.
"""

from __future__ import annotations

import json
import random
import threading
import time

from appraisals.ballots.protocol.hashing import sha256_base64
from tests.ballots.served import Portal, Vote, served

PEOPLE = 40


def test_everything_acknowledged_survives_kill_9_of_workers_and_database(tmp_path):
    with served(tmp_path, people=PEOPLE, rows=2) as portal:
        acknowledged: dict[str, int] = {}
        assert portal.cast_and_fail(portal.votes[0]) == 500
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
        logs = portal.logs()
    # Both say what went wrong: silence would prove nothing.
    assert "QueryCanceled" in logs["server"]
    assert "SIGKILL" in logs["server"]
    assert "canceling statement" in logs["database"]
    assert "automatic recovery" in logs["database"]
    for name, log in logs.items():
        assert {what for what in told_by(portal.votes) if what in log} == set(), name


def told_by(votes: list[Vote]) -> set[str]:
    """Whatever in a log would tell of a vote: whose, which, what it says, from where; and statements of the box at all."""
    found = {"127.0.0.1", "X-Forwarded-For", "csrftoken", "sessionid=", "UPDATE", "DETAIL", "STATEMENT"}
    for vote in votes:
        sealed = json.loads(vote.data)
        vector = [[int(mark == answer) for answer in range(4)] for mark in vote.marks]
        found |= {vote.name, vote.session, sealed["credential"], sha256_base64(vote.data)}
        found |= {
            json.dumps(shape, separators=by)
            for shape in (vote.marks, vector)
            for by in [(", ", ": "), (",", ":")]
        }
        found |= {each["alpha"] for answer in sealed["answers"] for each in answer["choices"]}
    return found


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
