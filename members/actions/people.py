"""Records: put in, and changed; what follows from the timeline is changed there (``actions.timeline``)."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction

from members.actions.locking import locked
from members.models import Member, User


@transaction.atomic
def add_member(member: Member, *, by: User) -> Member:
    """A new record; the database gives it the timeline that its stage, group and dates tell."""
    with pghistory.context(user=by.pk):
        member.changed_by = by
        member.save()
    return member


@transaction.atomic
def change_member(member: Member, *, by: User) -> Member:
    """Save the changed record."""
    locked(member)
    with pghistory.context(user=by.pk):
        member.changed_by = by
        member.save()
    return member


def refuse_if_left(member: Member, message: str) -> None:
    """Nothing new is entered for whoever is no longer of this branch."""
    if member.left_on:
        raise ValidationError(message)
