"""The clock that check-in goes by. Another one can be named in the settings: a code's minute passes at a word."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils.module_loading import import_string


def now() -> datetime.datetime:
    """The present moment, aware."""
    return import_string(settings.CHECK_IN_CLOCK)()
