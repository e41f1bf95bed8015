"""An import of members between upload and confirmation: rows that are nobody's record yet, sealed, for a day."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from branch_portal.encryption.fields import EncryptedTextField
from members.querysets import ImportDraftQuerySet


class ImportDraft(models.Model):
    """An uploaded table, for its owner alone. No history is kept of it: what was not confirmed leaves nothing behind.

    ``columns``: for every column of the table the field it goes into, "" for none. ``language``: the one that the rows
    were checked in, "" before the columns are chosen. ``month_dates``: what becomes of dates without a day. ``left_out``: the
    fields without which a row is taken where their value is wrong. ``confirmed_at``: when the writing began that goes on.
    ``outcome``: what was written, once that is done; the rows are gone then.
    """

    class State(models.TextChoices):
        """Of what is shown to nobody: no labels to translate."""

        OPEN = "open", "open"
        WRITING = "writing", "writing"
        CHANGED = "changed", "changed"  # records were changed since the preview was made: nothing is written
        FAILED = "failed", "failed"
        DONE = "done", "done"

    class MonthDates(models.TextChoices):
        REFUSE = "refuse", _("refuse such rows")
        FIRST = "first", _("take the first of the month")

    LIFETIME = datetime.timedelta(days=1)

    owner = models.ForeignKey("members.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    table = EncryptedTextField()  # JSON: the file's name and its headings
    columns = ArrayField(models.CharField(max_length=20, blank=True), default=list)
    language = models.CharField(max_length=10, blank=True)
    month_dates = models.CharField(max_length=6, choices=MonthDates, default=MonthDates.REFUSE)
    left_out = ArrayField(models.CharField(max_length=20), default=list)
    row_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    confirmed_at = models.DateTimeField(null=True)
    outcome = EncryptedTextField()  # JSON: numbers, and what was left out

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="import_is_the_only_one_of_its_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_closed(self) -> bool:
        """Being written, or written: nothing of it is chosen or checked any more."""
        return self.state in {self.State.WRITING, self.State.DONE}


class ImportPart(models.Model):
    """Some rows of a draft, checked together."""

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    rows = EncryptedTextField()  # JSON: number and cells of every row
    is_checked = models.BooleanField(default=False)
    result = EncryptedTextField()  # JSON: what the check found

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["draft", "place"], name="part_of_an_import_has_its_place"),
        ]
