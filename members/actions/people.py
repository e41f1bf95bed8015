"""Records: put in, and changed; what follows from the timeline is changed there (``actions.timeline``)."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.actions.locking import locked
from members.actions.transfers import draft_letter
from members.models import Member, Transfer, User


@transaction.atomic
def add_member(member: Member, *, by: User) -> Member:
    """A new record; the database gives it the timeline that its stage, group and dates tell."""
    with pghistory.context(user=by.pk):
        member.changed_by = by
        member.save()
    return member


@transaction.atomic
def expect_member(member: Member, letter: Transfer, *, by: User) -> Member:
    """A new record of somebody whom a letter of introduction brings, and the drafted letter. The person is not of the
    branch, whatever the stage, until the letter is accepted."""
    member.standing, member.left_on = Member.Standing.EXPECTED, timezone.localdate()
    add_member(member, by=by)
    letter.member, letter.direction = member, Transfer.Direction.IN
    draft_letter(letter, by=by)
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
