"""Which study parts and rules, by name; moments are arguments, never read inside."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Sum


class StudyPartQuerySet(models.QuerySet):
    def of_meeting(self, meeting) -> StudyPartQuerySet:
        """In their order."""
        return self.filter(meeting=meeting).order_by("position", "id")

    def with_names(self) -> StudyPartQuerySet:
        return self.select_related("teacher", "agenda_item")

    def hours_in_all(self) -> Decimal:
        return self.aggregate(all=Sum("hours", default=Decimal(0)))["all"]


class StudyRulesQuerySet(models.QuerySet):
    def in_force_at(self, moment: datetime.datetime):
        """The rules of that moment; None before the first."""
        return self.filter(begins_at__lte=moment).order_by("-begins_at").first()
