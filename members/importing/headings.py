"""Which row holds the headings, and which field each of them means."""

from __future__ import annotations

from collections.abc import Sequence

from members.importing import columns
from members.importing.values import key_of, text

_SEARCHED_ROWS = 30
_FEWEST = 2


def recognise(heading: str) -> str:
    """The field of that name; "" if nothing is called so."""
    return columns.headings().get(key_of(heading), "")


def propose(headings: Sequence[str], available: Sequence[columns.Column]) -> list[str]:
    """For every heading the field it goes into; a field is filled by the first of its columns."""
    names = {column.name for column in available}
    proposed = []
    for heading in headings:
        found = recognise(heading)
        proposed.append(found if found in names and found not in proposed else "")
    return proposed


def row_of_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row, among the first, with most known headings; if there are hardly any, of the first row with
    several cells. None if there is neither."""
    first = rows[:_SEARCHED_ROWS]
    known = [len({recognise(cell) for cell in row} - {""}) for row in first]
    if known and max(known) >= _FEWEST:
        return known.index(max(known))
    filled = [sum(bool(text(cell)) for cell in row) for row in first]
    return next((place for place, count in enumerate(filled) if count >= _FEWEST), None)
