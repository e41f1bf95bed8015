"""Who is left out of those due at a meeting."""

from __future__ import annotations

import pghistory

from meetings.decisions.actions.locking import on_record
from meetings.decisions.models import Exclusion
from members.models import User


def save_exclusion(exclusion: Exclusion, *, by: User) -> Exclusion:
    """Enter or change it on the record of its meeting."""
    with on_record(exclusion.attendance.meeting, by=by):
        exclusion.changed_by = by
        exclusion.full_clean()
        exclusion.save()
    return exclusion


def remove_exclusion(exclusion: Exclusion, *, by: User, reason: str) -> None:
    """The person is due again; the history keeps the entry, with the reason."""
    with on_record(exclusion.attendance.meeting, by=by), pghistory.context(reason=reason):
        exclusion.delete()
