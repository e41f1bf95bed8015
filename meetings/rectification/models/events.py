"""The history of the ledger: one chain over all entries, written by the database and never changed."""

from __future__ import annotations

import json
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from branch_portal.append_only import is_append_only
from meetings.rectification import locks
from meetings.rectification.chain import Link
from meetings.rectification.models.entries import LedgerEntry
from meetings.rectification.states import Act
from members.models import User


class LedgerEvent(models.Model):
    """One step: the row that it left, in canonical JSON, and the hashes that chain it to the step before.

    A payload of a personal entry is as personal as the entry: it is read through ``LedgerEntry.objects.visible_to``.
    """

    class Subject(models.TextChoices):
        ENTRY = "entry", _("ledger entry")
        EVIDENCE = "evidence", _("evidence")

    sequence = models.BigIntegerField(primary_key=True, editable=False)
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="events")
    subject = models.CharField(max_length=8, choices=Subject)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    act = models.CharField(max_length=9, choices=Act)
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)
        verbose_name = _("event of the ledger")
        triggers = [*is_append_only(), locks.event_joins_the_chain()]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.act}"

    @cached_property
    def row(self) -> dict:
        """The row as the step left it, by its columns."""
        return json.loads(self.payload)

    @property
    def link(self) -> Link:
        return Link(
            sequence=self.sequence,
            entry=self.entry_id,
            subject=self.subject,
            at=self.at,
            by=self.by_id,
            act=self.act,
            payload=self.payload,
            previous_hash=self.previous_hash,
            hash=self.hash,
        )
