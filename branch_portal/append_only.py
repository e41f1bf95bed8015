"""Tables in which nothing is changed, deleted or emptied, whoever tries: the history, and what happened once.

One place for every app, so that no table forgets a half of it; tests/architecture/test_append_only.py tries each.
"""

from __future__ import annotations

from collections.abc import Sequence

import pghistory
import pgtrigger


def is_append_only(name: str = "is_append_only") -> list[pgtrigger.Trigger]:
    """For ``Meta.triggers``. ``name``: of the trigger on rows."""
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete), is_never_emptied()]


def is_never_emptied() -> pgtrigger.Trigger:
    """TRUNCATE fires no trigger on rows: it needs its own."""
    return pgtrigger.Trigger(
        name="is_never_emptied",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
    )


def tracked(*, exclude: Sequence[str] = (), **options):
    """A model's decorator: every insert, update and delete of the row is kept, whoever makes it, in a table nobody can
    edit. ``exclude``: fields whose change is no event and whose value is not kept."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        append_only=True,
        meta={"triggers": [is_never_emptied()]},
        **options,
    )
