"""Randomness that is the same every time, here and in ``tests/js/ballot/``: SHA-256 of a seed and a counter."""

from __future__ import annotations

import hashlib

from appraisals.ballots.protocol.group import Randomness


def stream(seed: object) -> Randomness:
    """Bytes of SHA-256(seed, counter of four bytes) for counters from 0, one digest after another."""
    text = str(seed).encode()
    counter = 0
    waiting = b""

    def draw(number: int) -> bytes:
        nonlocal counter, waiting
        while len(waiting) < number:
            waiting += hashlib.sha256(text + counter.to_bytes(4, "big")).digest()
            counter += 1
        drawn, waiting = waiting[:number], waiting[number:]
        return drawn

    return draw
