"""Bars drawn on the server beside a table: places and lengths only, the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
_ROW = 46  # a line of text, the bar under it, and a gap
_TEXT, _BAR = 15, 22  # from the top of the row


@dataclass(frozen=True)
class Bar:
    """One row of the drawing, in its own units."""

    label: str
    shown: str  # the number as it is written at the bar's end
    text_y: int
    bar_y: int
    width: float


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return _ROW * len(self.bars)


def chart_of(rows: Sequence[tuple[str, float, str]], *, full: float | None = None) -> Chart:
    """A bar for each row of label, amount, and the amount as it is written. ``full``: the amount that fills the width;
    without it the largest does."""
    full = full or max((amount for _label, amount, _shown in rows), default=0) or 1
    bars = [
        Bar(
            label,
            shown,
            text_y=place * _ROW + _TEXT,
            bar_y=place * _ROW + _BAR,
            width=round(WIDTH * min(amount, full) / full, 2),
        )
        for place, (label, amount, shown) in enumerate(rows)
    ]
    return Chart(bars)
