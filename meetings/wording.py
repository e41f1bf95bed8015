"""How several things stand in one sentence, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation


def listed(names: Iterable[object]) -> str:
    """Parted by commas; in Chinese by "、"."""
    return ("、" if translation.get_language() == "zh-hans" else ", ").join(map(str, names))
