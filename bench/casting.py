"""A hundred members casting within ten seconds, on the server of ``make run``, each sending twice now and then."""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from pathlib import Path

from appraisals.ballots.protocol.hashing import sha256_base64
from tests.ballots.served import Portal, Vote, served

PEOPLE, ROWS, SECONDS = 100, 30, 10


def measure(words: list[str]) -> None:
    if words and not any(word in "casting a hundred ballots" for word in words):
        return
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), people=PEOPLE, rows=ROWS) as portal:
        alone = [_timed(portal, portal.votes[0]) for _time in range(5)][1:]
        times, retries, began = _crowd(portal)
        stored = portal.trackers()
    wanted = {sha256_base64(vote.data) for vote in portal.votes}
    print(f"\nCasting {PEOPLE} ballots of {ROWS} rows within {SECONDS} s, {retries} sent again at random")
    print(
        f"{'in the box':<44} {len(stored):>11}   lost {len(wanted - set(stored))}, double {len(stored) - len(set(stored))}"
    )
    print(f"{'from the first to the last acknowledged':<44} {began:>9.1f} s")
    print(f"{'an answer, median / slowest':<44} {_ms(statistics.median(times)):>8} / {_ms(max(times))}")
    print(f"{'the same ballot again, nobody else there':<44} {_ms(statistics.median(alone)):>11}")


def _crowd(portal: Portal) -> tuple[list[float], int, float]:
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    starts = sorted(draw.uniform(0, SECONDS) for _vote in portal.votes)
    times: list[float] = []
    again = [draw.random() < 0.3 for _vote in portal.votes]
    began = time.perf_counter()

    def voter(vote: Vote, start: float, repeats: bool) -> None:
        time.sleep(max(0.0, start - (time.perf_counter() - began)))
        times.append(_timed(portal, vote))
        if repeats:
            _timed(portal, vote)

    threads = [
        threading.Thread(target=voter, args=each) for each in zip(portal.votes, starts, again, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, sum(again), time.perf_counter() - began


def _timed(portal: Portal, vote: Vote) -> float:
    began = time.perf_counter()
    status, answer = portal.cast(vote)
    if status != 200:
        raise RuntimeError(f"{status}: {answer}")
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
