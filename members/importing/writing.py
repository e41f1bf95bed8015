"""Checked rows, written. The caller holds the transaction and the locks, and has found no error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pghistory
from django.db import connection

from branch_portal.encryption import keys
from members.actions.sensitive import id_number_digests
from members.importing import columns
from members.importing.checking import Checked, Fate
from members.models import Member, SensitiveRecord, TimelineEntry, User

_AT_ONCE = 100


def write(
    rows: Sequence[Checked], *, by: User | None, tell: Callable[[int], None] = lambda _count: None
) -> None:
    """New people with their timelines and sensitive texts, and what changed of the others. ``by``: None for a command.
    ``tell``: is told now and then how many rows are written."""
    _plan_for_many()
    digests = id_number_digests(row.sensitive.get("id_number", "") for row in rows)
    with _trace(by), keys.held():
        new = [row for row in rows if row.result.fate is Fate.NEW]
        for first in range(0, len(new), _AT_ONCE):
            _add(new[first : first + _AT_ONCE], digests, by)
            tell(min(first + _AT_ONCE, len(new)))
        changed = [row for row in rows if row.result.fate is Fate.CHANGED]
        for number, row in enumerate(changed, start=1):
            _change(row, digests, by)
            if number % _AT_ONCE == 0:
                tell(len(new) + number)


def _plan_for_many() -> None:
    """The triggers' plans were made when the tables were small, to read them from end to end: that would be done anew for
    every row. To the end of the transaction they go by the indexes."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL enable_seqscan = off")


def _trace(by: User | None) -> AbstractContextManager:
    return pghistory.context(user=by.pk, source="import") if by else pghistory.context(source="import")


def _add(rows: Sequence[Checked], digests: dict[str, str], by: User | None) -> None:
    for row in rows:
        row.member.changed_by = by
    Member.objects.bulk_create([row.member for row in rows])
    _complete_timelines(rows, by)
    SensitiveRecord.objects.bulk_create(
        [
            SensitiveRecord(
                member=row.member,
                id_number_digest=digests.get(row.sensitive.get("id_number", "")),
                changed_by=by,
                **row.sensitive,
            )
            for row in rows
            if any(row.sensitive.values())
        ]
    )


def _complete_timelines(rows: Sequence[Checked], by: User | None) -> None:
    """The database has begun every timeline (``locks.begins_with_a_timeline``): the present stage of whoever is not yet
    admitted stands on today, and the stages before are missing."""
    further = []
    for row in rows:
        for name, day in row.days.items():
            kind, stage = columns.STEPS[name]
            if kind in {"admitted", "confirmed"}:
                continue
            if stage == row.member.stage:
                TimelineEntry.objects.filter(member=row.member, kind=kind).update(on=day)
            else:
                further.append(TimelineEntry(member=row.member, kind=kind, on=day, changed_by=by))
    TimelineEntry.objects.bulk_create(further)


def _change(row: Checked, digests: dict[str, str], by: User | None) -> None:
    names = [name for name, _before, _after in row.result.differences]
    texts = {name: row.sensitive[name] for name in names if name in row.sensitive}
    fields = [name for name in names if name not in texts]
    if fields:
        row.member.changed_by = by
        row.member.save(update_fields=[*fields, "changed_by", "changed_at"])
    if texts:
        record = row.person.sensitive or SensitiveRecord(member=row.member)
        for name, text in texts.items():
            setattr(record, name, text)
        if "id_number" in texts:
            record.id_number_digest = digests[texts["id_number"]]
        record.changed_by = by
        record.save()
