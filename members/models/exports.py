"""Every list of people that left the portal: who took it, when, and what was in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from branch_portal import append_only
from members.querysets import ExportQuerySet


class Export(models.Model):
    """One file. Nothing of the people in it stands here: administrators read this too."""

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        DOCX = "docx", "Word"
        JSON = "json", "JSON"

    by = models.ForeignKey("members.User", models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    columns = ArrayField(models.CharField(max_length=30), verbose_name=_("columns"))
    people = models.PositiveIntegerField(_("people"))
    # The filters in use by their names in the form, with the values as the address has them.
    filters = models.JSONField(_("filters"), default=dict, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("export")
        indexes = [models.Index(fields=["-at", "-id"], name="exports_by_time")]
        triggers = append_only.is_append_only("is_never_changed_or_deleted")

    def __str__(self) -> str:
        return f"{self.format} {self.people}"
