"""Awards and courses: entered, changed, taken out with a reason."""

from __future__ import annotations

import pghistory
from django.db import transaction

from members.actions.locking import locked
from members.models import Award, Training, User


@transaction.atomic
def save_merit(merit: Award | Training, *, by: User) -> Award | Training:
    """Enter or change an award or a course of the person on it."""
    locked(merit.member)
    merit.changed_by = by
    merit.full_clean()
    with pghistory.context(user=by.pk):
        merit.save()
    return merit


@transaction.atomic
def remove_merit(merit: Award | Training, *, by: User, reason: str) -> None:
    """Take out an entry made by mistake; the history keeps it, with the reason."""
    merit = locked(merit)
    with pghistory.context(user=by.pk, reason=reason):
        merit.delete()
