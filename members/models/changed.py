"""What many tables of people have in common: who changed a row last, and a history that nobody edits."""

from __future__ import annotations

import pgtrigger
from django.db import models
from pghistory.models import Context

from branch_portal import append_only


def tracked(*, exclude: tuple[str, ...] = (), **options):
    """A row with its history (``append_only.tracked``); when it was changed last stands there as each event's time."""
    return append_only.tracked(exclude=["changed_at", *exclude], **options)


class HistoryNote(Context):
    """Who did it and why, noted beside the events of all tables: after its transaction it stands as they do."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Protect(
                name="stands_after_its_transaction",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.created_at IS DISTINCT FROM now()"),
            ),
            pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete),
            append_only.is_never_emptied(),
        ]


class Changed(models.Model):
    """Who changed a row last, and when; a form tells the second of two writers (``ThreeWayModelForm``)."""

    changed_by = models.ForeignKey(
        "members.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
