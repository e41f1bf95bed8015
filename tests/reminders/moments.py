"""Moments of the tests. Rows get their times from the clock, so ``NOW`` is today at noon and not a day of its own."""

from __future__ import annotations

import datetime

from django.utils import timezone

NOW = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
TODAY = NOW.date()


def after(**time) -> datetime.datetime:
    return NOW + datetime.timedelta(**time)


def in_days(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)
