"""What the reader of a table decides about cells that say too little or nothing that can be stored."""

from __future__ import annotations

from dataclasses import dataclass

from members.models import ImportDraft

MonthDates = ImportDraft.MonthDates


@dataclass(frozen=True)
class Choices:
    """``month_dates``: what becomes of dates without a day. ``left_out``: the fields without which a row is imported where their
    value is wrong."""

    month_dates: str = MonthDates.REFUSE
    left_out: frozenset[str] = frozenset()

    @property
    def takes_first_of_month(self) -> bool:
        return self.month_dates == MonthDates.FIRST


AS_IT_IS = Choices()
