"""Which reports: named reads; the day is an argument, never read inside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from members.permissions import Capability


class ReportQuerySet(models.QuerySet):
    def published(self) -> ReportQuerySet:
        """What everybody may read."""
        return self.filter(state=self.model.State.PUBLISHED)

    def visible_to(self, user) -> ReportQuerySet:
        """Every report for those who write news, the published ones for everybody else."""
        return self if user.may(Capability.WRITE_NEWS) else self.published()

    def of_kind(self, kind: str) -> ReportQuerySet:
        return self.filter(kinds__contains=[kind])

    def of_year(self, year: int) -> ReportQuerySet:
        """By the date of the event."""
        return self.filter(event_date__year=year)

    def years(self) -> list[int]:
        """Years with events, the latest first; one query."""
        return list(self.order_by("-event_date__year").values_list("event_date__year", flat=True).distinct())

    def search(self, words: str) -> ReportQuerySet:
        """A title, a summary or the place contains every word."""
        found = self
        fields = ("title_zh", "title_en", "summary_zh", "summary_en", "place")
        for word in words.split():
            anywhere = Q()
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            found = found.filter(anywhere)
        return found

    def newest_first(self) -> ReportQuerySet:
        return self.order_by("-event_date", "-pk")

    def before(self, report) -> ReportQuerySet:
        """Events earlier than the report's, the nearest first."""
        earlier = Q(event_date__lt=report.event_date) | Q(event_date=report.event_date, pk__lt=report.pk)
        return self.filter(earlier).newest_first()

    def after(self, report) -> ReportQuerySet:
        """Events later than the report's, the nearest first."""
        later = Q(event_date__gt=report.event_date) | Q(event_date=report.event_date, pk__gt=report.pk)
        return self.filter(later).order_by("event_date", "pk")


class ReportPictureQuerySet(models.QuerySet):
    def of_published_reports(self) -> ReportPictureQuerySet:
        return self.filter(report__state="published")
