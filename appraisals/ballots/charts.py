"""Bars of a result, drawn on the server: one bar a row, parted like the marks. The template draws them as SVG."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from appraisals.ballots.figures import Row

WIDTH = 600


@dataclass(frozen=True)
class Part:
    """A stretch of a bar, in units of the drawing; ``pattern`` numbers its filling, so that it needs no colour."""

    label: str
    count: int
    x: float
    width: float
    pattern: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


def bars_of(row: Row) -> list[Part]:
    """The row's answers in their order, then what carries no mark; parts without a mark are left out."""
    amounts = [*row.labelled, (_("no mark"), row.abstentions + row.invalid)]
    total = sum(count for _label, count in amounts)
    parts, x = [], 0.0
    for pattern, (label, count) in enumerate(amounts):
        if count and total:
            width = WIDTH * count / total
            is_last = pattern == len(amounts) - 1
            parts.append(Part(label, count, round(x, 2), round(width, 2), 9 if is_last else min(pattern, 8)))
            x += width
    return parts
