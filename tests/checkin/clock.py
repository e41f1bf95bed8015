"""A clock that stands until a test moves it on; named in ``settings.CHECK_IN_CLOCK``."""

from __future__ import annotations

import datetime

PATH = "tests.checkin.clock.now"
_moment = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)


def now() -> datetime.datetime:
    return _moment


def set_to(moment: datetime.datetime) -> None:
    global _moment
    _moment = moment


def pass_minutes(minutes: float) -> None:
    set_to(_moment + datetime.timedelta(minutes=minutes))
