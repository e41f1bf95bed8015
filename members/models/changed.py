"""What many tables of people have in common: who changed a row last, and a history that nobody edits."""

from __future__ import annotations

import pghistory
from django.db import models


def tracked(*, exclude: tuple[str, ...] = (), **options):
    """Every insert, update and delete of the row is kept, whoever makes it, in a table nobody can edit."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=["changed_at", *exclude],
        append_only=True,
        **options,
    )


class Changed(models.Model):
    """Who changed a row last, and when; a form tells the second of two writers (``ThreeWayModelForm``)."""

    changed_by = models.ForeignKey(
        "members.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
