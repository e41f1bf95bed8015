"""One thing to be done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something to be done: how much of it, and the address of the list.

    ``is_mine``: asked of this person; otherwise it is the branch's, and the person is one of those who see to it.
    """

    count: int
    text: str
    address: str
    is_mine: bool = False
