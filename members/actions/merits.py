"""Awards and courses: entered, corrected with a reason, taken out with a reason."""

from __future__ import annotations

import pghistory
from django.db import transaction

from members.actions.locking import locked
from members.actions.reasons import check_correction, check_removal
from members.models import Award, Training, User


@transaction.atomic
def enter_merit(merit: Award | Training, *, by: User) -> Award | Training:
    """Enter an award or a course of the person on it."""
    with pghistory.context(user=by.pk):
        return _save(merit, by=by)


@transaction.atomic
def correct_merit(merit: Award | Training, *, by: User, reason: str) -> Award | Training:
    """Save the corrected award or course; the history keeps the earlier text and the reason."""
    check_correction(reason)
    with pghistory.context(user=by.pk, reason=reason):
        return _save(merit, by=by)


def _save(merit: Award | Training, *, by: User) -> Award | Training:
    locked(merit.member)
    merit.changed_by = by
    merit.full_clean()
    merit.save()
    return merit


@transaction.atomic
def remove_merit(merit: Award | Training, *, by: User, reason: str) -> None:
    """Take out an entry made by mistake; the history keeps it, with the reason."""
    check_removal(reason)
    merit = locked(merit)
    with pghistory.context(user=by.pk, reason=reason):
        merit.delete()
