"""A whole table in one go, as the command does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from members.importing.checking import Checked, Fate, RowResult, check, with_duplicates
from members.importing.choices import AS_IT_IS, Choices
from members.importing.drafts import check_columns, check_locked
from members.importing.files import Table
from members.importing.writing import write
from members.models import User


@dataclass(frozen=True)
class Outcome:
    """The finding for every row, and whether all of it was written."""

    results: list[RowResult]
    is_written: bool

    @property
    def is_good(self) -> bool:
        return all(result.fate is not Fate.ERROR for result in self.results)

    def count(self, fate: Fate) -> int:
        return sum(result.fate is fate for result in self.results)


@transaction.atomic
def bring_in(
    table: Table,
    fields: Sequence[str],
    *,
    by: User | None,
    is_dry: bool = False,
    choices: Choices = AS_IT_IS,
) -> Outcome:
    """Check all rows and write them, unless one has an error or nothing is to be written. ValidationError if the fields
    make no sense."""
    check_columns(fields)
    outcome = _outcome(check(table.rows, fields, choices))
    if is_dry or not outcome.is_good:
        return outcome
    members = [each.member for each in outcome.results if each.member]
    rows = check_locked(table.rows, fields, members, choices)
    outcome = _outcome(rows)
    if outcome.is_good:  # still, now that nobody else writes
        write(rows, by=by)
        outcome = replace(outcome, is_written=True)
    return outcome


def _outcome(rows: Sequence[Checked]) -> Outcome:
    return Outcome(with_duplicates(row.result for row in rows), is_written=False)
