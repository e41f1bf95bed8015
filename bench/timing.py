"""Medians of repeated runs, and the line that shows two of them side by side."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS = 7


@dataclass(frozen=True)
class Cost:
    """What one run takes: milliseconds (median), queries, kilobytes of the answer."""

    ms: float
    queries: int
    kb: float


def cost_of(run: Callable[[], bytes]) -> Cost:
    """Run once to warm up, then ``RUNS`` times."""
    run()
    with CaptureQueriesContext(connection) as queries:
        answer = run()
    counted = len(queries)  # now: the next request starts the log anew
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return Cost(statistics.median(times), counted, len(answer) / 1024)


def show(name: str, small: Cost, large: Cost) -> None:
    print(
        f"{name:<44} {small.ms:8.1f} ms {large.ms:8.1f} ms  x{large.ms / small.ms:<5.1f}"
        f" {small.queries:3d} → {large.queries:<3d} queries {small.kb:7.0f} → {large.kb:.0f} kB"
    )
