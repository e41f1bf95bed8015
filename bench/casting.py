"""Casting on the server of ``make run``: one ballot after the other, then a hundred members within ten seconds.

Some of the hundred hang up before they are answered and send the same ballot again, as a telephone does that loses
its network. A ballot lost, doubled or altered ends the run with an error.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client
from django.urls import reverse

from appraisals.ballots.protocol.hashing import sha256_base64
from tests.ballots import factories
from tests.ballots.served import Portal, Vote, served

PEOPLE, ROWS, SECONDS = 100, 30, 10
ALONE = 11  # ballots cast while nobody else is there; the first of them warms the server up


@dataclass
class Crowd:
    """What a hundred members saw: seconds of each answer, and how many sent again and why."""

    answers: list[float] = field(default_factory=list)
    hung_up: int = 0
    sent_twice: int = 0
    took: float = 0.0
    failures: list[BaseException] = field(default_factory=list)


def measure(words: list[str]) -> None:
    if words and not any(word in "casting a hundred ballots" for word in words):
        return
    print(f"\nA ballot of {ROWS} rows cast for the first time, nobody else there (median of {ALONE - 1})")
    whole, processor = zip(*_in_this_process(), strict=True)
    print(f"{'server, processor time alone':<44} {_ms(statistics.median(processor)):>11}")
    print(f"{'server, with waiting for the database':<44} {_ms(statistics.median(whole)):>11}")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), people=ALONE + PEOPLE, rows=ROWS) as portal,
    ):
        first, others = portal.votes[:ALONE], portal.votes[ALONE:]
        alone = [_timed(portal, vote) for vote in first][1:]
        again = [_timed(portal, first[0]) for _time in range(ALONE)][1:]
        crowd = _crowd(portal, others)
        stored = portal.trackers()
    print(f"{'answer of make run, with connection':<44} {_ms(statistics.median(alone)):>11}")
    print(f"{'the same ballot again':<44} {_ms(statistics.median(again)):>11}")
    print(
        f"\n{PEOPLE} ballots of {ROWS} rows begun within {SECONDS} s; {crowd.hung_up} hung up before the answer and "
        f"sent again, {crowd.sent_twice} sent again after it"
    )
    print(f"{'from the first to the last acknowledged':<44} {crowd.took:>9.1f} s")
    print(
        f"{'an answer, median / slowest':<44} {_ms(statistics.median(crowd.answers)):>8} / {_ms(max(crowd.answers))}"
    )
    check([sha256_base64(vote.data) for vote in portal.votes], stored, crowd.failures)
    print(f"{'lost / double / altered':<44} {'0 / 0 / 0':>11}")


def check(sent: Iterable[str], stored: Iterable[str], failures: Iterable[BaseException] = ()) -> None:
    """Raise RuntimeError unless exactly the ballots that were sent lie in the box, each once, and every one was answered."""
    sent, stored = Counter(sent), Counter(stored)
    wrong = {
        "without an answer": [repr(each) for each in failures],
        "lost": sorted(sent - stored),
        "never sent, or there twice": sorted((stored - sent).elements()),
    }
    found = [f"{len(which)} {what}: {', '.join(which)}" for what, which in wrong.items() if which]
    if found:
        raise RuntimeError("; ".join(found))


def _in_this_process() -> Iterator[tuple[float, float]]:
    """Seconds, and seconds of the processor, from the request to the answer: every middleware, no network."""
    stage = factories.opened(voters=ROWS, smallest_count=2, hides_own_row=False)
    path = reverse("ballots:cast", args=[stage.ballot.pk])
    for number, voter in enumerate(stage.voters[:ALONE]):
        data = factories.seal(stage, voter, [number % 4] * ROWS)
        client = Client()
        client.force_login(voter)
        began = time.perf_counter(), time.process_time()
        answer = client.post(path, data, content_type="application/json", headers={"X-Replaces": ""})
        ended = time.perf_counter(), time.process_time()
        if answer.status_code != 200 or answer.json()["was_there"]:
            raise RuntimeError(f"{answer.status_code}: not a first ballot")
        if number:  # not the one that warms up
            yield ended[0] - began[0], ended[1] - began[1]


def _crowd(portal: Portal, votes: list[Vote]) -> Crowd:
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    crowd = Crowd()
    plans = []
    for vote in votes:
        hangs_up, repeats = draw.random() < 0.3, draw.random() < 0.2
        crowd.hung_up += hangs_up
        crowd.sent_twice += repeats
        plans.append((vote, draw.uniform(0, SECONDS), draw.uniform(0, 0.3) if hangs_up else None, repeats))
    began = time.perf_counter()

    def voter(vote: Vote, start: float, patience: float | None, repeats: bool) -> None:
        try:
            time.sleep(max(0.0, start - (time.perf_counter() - began)))
            if patience is not None:
                portal.hang_up(vote, after=patience)
            crowd.answers.append(_timed(portal, vote))
            if repeats:
                _timed(portal, vote)
        except Exception as error:  # told by check(): a thread takes its own along
            crowd.failures.append(error)

    threads = [threading.Thread(target=voter, args=plan) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    crowd.took = time.perf_counter() - began
    return crowd


def _timed(portal: Portal, vote: Vote) -> float:
    began = time.perf_counter()
    status, answer = portal.cast(vote)
    if status != 200:
        raise RuntimeError(f"{status}: {answer}")
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
