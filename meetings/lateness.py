"""Who was late: a rule over plain facts. Nothing of it is stored; the minutes say it as often as they are read."""

from __future__ import annotations

import datetime


def is_late(arrived_at: datetime.datetime | None, starts_at: datetime.datetime, grace_minutes: int) -> bool:
    """Whether somebody came after the start and the minutes of grace; of whom no time is known was not late."""
    return arrived_at is not None and arrived_at > starts_at + datetime.timedelta(minutes=grace_minutes)
