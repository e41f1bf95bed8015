"""Which rows, by name."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import DateField, F, Func, Max, Q

from meetings.integrity import due


class _NextReview(Func):
    """``due.next_review_on`` in SQL: PostgreSQL's months end as ours do."""

    template = f"(%(expressions)s + interval '{due.REVIEW_MONTHS} months')::date"
    output_field = DateField()


class RiskPointQuerySet(models.QuerySet):
    def standing(self) -> RiskPointQuerySet:
        """In the catalogue: not removed."""
        return self.exclude(state="removed")

    def matching(self, words: str) -> RiskPointQuerySet:
        return self.filter(Q(unit__icontains=words) | Q(point__icontains=words))

    def to_review(self, today: datetime.date) -> RiskPointQuerySet:
        """In force, and the yearly review is past or near (``due.is_near``)."""
        horizon = today + datetime.timedelta(days=due.REMIND_DAYS)
        due_rows = self.filter(state="in_force").annotate(due_by=_NextReview(F("last_reviewed_on")))
        return due_rows.filter(due_by__lte=horizon)


class ResponsibilityQuerySet(models.QuerySet):
    def running(self) -> ResponsibilityQuerySet:
        return self.filter(ended_on=None)

    def with_last_fulfilment(self) -> ResponsibilityQuerySet:
        """Each row with ``last_done_on``, the day of the newest fulfilment or None."""
        rows = self.annotate(last_done_on=Max("fulfilments__done_on"))
        return rows.order_by("holder__sort_key", "pk")  # grouping drops the model's own order
