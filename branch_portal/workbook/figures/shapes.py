"""One table of figures, and how it is written as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from branch_portal.statistics.charts import Chart, chart_of


@dataclass(frozen=True)
class FigureTable:
    """Rows begin with their label. ``bars``: a number a row for the chart, none for a table that has no chart; ``full``:
    the number that fills its width. ``key`` names the table inside the page."""

    key: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    bars: Sequence[float] = ()
    full: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def titles(self) -> list[str]:
        return [capfirst(str(text)) for text in self.header]

    @property
    def chart(self) -> Chart | None:
        if not any(self.bars):
            return None
        rows = [
            (str(row[0]), bar, f"{bar:g}{self.unit}") for row, bar in zip(self.rows, self.bars, strict=True)
        ]
        return chart_of(rows, full=self.full)

    @property
    def text(self) -> str:
        """Cells parted by tabs, as spreadsheets and documents take them."""
        lines = [[self.title], self.titles, *self.rows, *([[self.note]] if self.note else [])]
        return "\n".join("\t".join(map(str, line)) for line in lines)
