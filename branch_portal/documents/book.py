"""Several papers bound as one: a cover, a list of contents, a chapter each. One description, as with a single paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branch_portal.documents.paper import Paper


@dataclass(frozen=True)
class Book:
    """``subtitle`` stands above the title, ``cover`` in lines under it; ``contents`` is the heading of the list."""

    title: str
    subtitle: str
    cover: Sequence[str]
    contents: str
    chapters: Sequence[Paper]
