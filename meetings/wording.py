"""Words that pages and papers share, in the reader's language: several things in one sentence, the time of a meeting."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone, translation
from django.utils.formats import date_format, time_format


def listed(names: Iterable[object]) -> str:
    """Parted by commas; in Chinese by "、"."""
    return ("、" if translation.get_language() == "zh-hans" else ", ").join(map(str, names))


def when(meeting) -> str:
    """Day and times of a meeting, as papers have them; the last day only where it is another."""
    start = timezone.localtime(meeting.starts_at)
    told = f"{date_format(start, 'DATE_FORMAT')} {time_format(start, 'TIME_FORMAT')}"
    if meeting.ends_at is None:
        return told
    end = timezone.localtime(meeting.ends_at)
    day = "" if end.date() == start.date() else f"{date_format(end, 'DATE_FORMAT')} "
    return f"{told} – {day}{time_format(end, 'TIME_FORMAT')}"
