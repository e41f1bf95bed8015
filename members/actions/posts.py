"""Posts: given, ended, taken away where they were a mistake."""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.locking import lock_table, locked
from members.models import Position, User


@transaction.atomic
def appoint(position: Position, *, by: User) -> Position:
    """Give the person of the position the post, from its first day on."""
    lock_table(Position)
    member = locked(position.member)
    if member.left_on:
        raise ValidationError(member.why_not_here)
    position.full_clean()
    with pghistory.context(user=by.pk):
        position.save()
    return position


@transaction.atomic
def end_post(position: Position, *, last_day: datetime.date, by: User) -> Position:
    """The post ends after that day. A post already ended is not ended again."""
    position = locked(position)
    if position.ended_on:
        raise ValidationError(_("This post has ended already."))
    position.ended_on = last_day
    position.full_clean()
    with pghistory.context(user=by.pk):
        position.save()
    return position


@transaction.atomic
def remove_post(position: Position, *, by: User) -> None:
    """Take away an entry made by mistake; a post that was really held is ended instead."""
    position = locked(position)
    with pghistory.context(user=by.pk):
        position.delete()
