"""One table of figures, and how it is written as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from branch_portal.statistics.charts import Chart, chart_of


@dataclass(frozen=True)
class FigureTable:
    """Rows begin with their label. ``bars``: labels and numbers of the chart; ``full``: the number that fills its width.
    ``key`` names the table inside the page."""

    key: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    bars: Sequence[tuple[str, float]] = ()
    full: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def titles(self) -> list[str]:
        return [capfirst(str(text)) for text in self.header]

    @property
    def chart(self) -> Chart | None:
        """None where there is nothing to draw."""
        if not any(number for _label, number in self.bars):
            return None
        rows = [(label, number, f"{number:g}{self.unit}") for label, number in self.bars]
        return chart_of(rows, full=self.full)

    @property
    def text(self) -> str:
        """Cells parted by tabs, as spreadsheets and documents take them."""
        lines = [[self.title], self.titles, *self.rows, *([[self.note]] if self.note else [])]
        return "\n".join("\t".join(map(str, line)) for line in lines)
