"""Every list of people that left the portal: who took it, when, and what was in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from members import locks


class Export(models.Model):
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
    filters = models.CharField(_("filters"), max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("export")
        triggers = [locks.is_never_changed_or_deleted()]

    def __str__(self) -> str:
        return f"{self.format} {self.people}"
