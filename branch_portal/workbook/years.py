"""Which years a workbook can be of."""

from __future__ import annotations

FIRST, LAST = 1949, 2200  # as with the rounds of the appraisal


def is_year(year: int) -> bool:
    return FIRST <= year <= LAST
