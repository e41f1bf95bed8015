"""Locks that the actions take: one writer at a time, readers go on reading."""

from __future__ import annotations

from django.db import connection, models


def locked(row: models.Model) -> models.Model:
    """The row as it stands now, locked to the end of the caller's transaction.

    Nothing is joined: whoever waited for the lock would be given the row of now with the joined rows of before, or, where the
    two do not fit any more, none at all (PostgreSQL reads the locked row alone anew).
    """
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)


def lock_table(model: type[models.Model]) -> None:
    """One writer at a time, for a rule that speaks of several rows."""
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
