"""The chain of the ledger's history, reckoned without the database: what a hash is made of, and where a chain breaks.

The database makes the hashes (``locks``); this says the same a second time, for whoever checks it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event as it is stored."""

    sequence: int
    entry: int
    subject: str
    at: datetime.datetime
    by: int
    act: str
    payload: str
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold, in words that tell nothing of what an entry says."""

    sequence: int
    reason: str

    def __str__(self) -> str:
        return f"event {self.sequence}: {self.reason}"


def canonical(value: Any) -> str:
    """JSON with one spelling for every value: keys in order, no blanks, every character as itself."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(link: Link) -> str:
    """SHA-256 over the previous hash and the event: a line for each part, the payload last, so that nothing can be
    moved from one part to another."""
    moment = link.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    parts = (
        link.previous_hash,
        link.sequence,
        link.entry,
        link.subject,
        moment,
        link.by,
        link.act,
        link.payload,
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def first_break(links: Iterable[Link]) -> Break | None:
    """Where the chain breaks first; None if it holds. ``links`` in the order of their sequence numbers."""
    expected, previous = 1, BEFORE_THE_FIRST
    for link in links:
        if link.sequence != expected:
            return Break(expected, "is missing")
        if link.previous_hash != previous:
            return Break(link.sequence, "does not follow the event before it")
        if digest(link) != link.hash:
            return Break(link.sequence, "its hash does not belong to what it says")
        expected, previous = expected + 1, link.hash
    return None
