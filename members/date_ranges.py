"""The range of days from one column to another, for constraints that forbid overlaps."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()
