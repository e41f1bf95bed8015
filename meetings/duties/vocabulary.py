"""The words of the duty calendar: what is asked for, how often, and what became of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.kinds import MeetingKind

TALKS = "talks"  # no meeting: counted by another app (elsewhere.py)
TALKS_LABEL = _("heart-to-heart talks")

_HANDBOOK = (
    MeetingKind.MEMBERS_MEETING,
    MeetingKind.COMMITTEE_MEETING,
    MeetingKind.GROUP_MEETING,
    MeetingKind.PARTY_LESSON,
    MeetingKind.THEME_PARTY_DAY,
    MeetingKind.LIFE_MEETING,
    MeetingKind.APPRAISAL,
)
# What a branch may ask of itself besides.
_OWN = (MeetingKind.READING_CLASS, MeetingKind.RED_BASE_VISIT, MeetingKind.PUBLIC_SERVICE)

# In the order of the calendar.
DUTY_KINDS = (
    *((kind.value, kind.label) for kind in _HANDBOOK),
    (TALKS, TALKS_LABEL),
    *((kind.value, kind.label) for kind in _OWN),
)
DUTY_LABELS = dict(DUTY_KINDS)


class Frequency(TextChoices):
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    TIMES = "times", _("several times a year")
    ONCE = "once", _("once for the year, in a window")
    PAIRS = "pairs", _("every pair once a year")


class Status(TextChoices):
    KEPT = "kept", pgettext_lazy("duty", "kept")
    PLANNED = "planned", pgettext_lazy("duty", "planned")
    DUE = "due", pgettext_lazy("duty", "due")
    MISSING = "missing", pgettext_lazy("duty", "missing")
    NOT_ASKED = "not_asked", pgettext_lazy("duty", "not asked")
    FUTURE = "future", pgettext_lazy("duty", "to come")
