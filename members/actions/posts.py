"""Posts: given, ended; corrected and taken away with a reason where they were a mistake."""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.locking import lock_table, locked
from members.actions.reasons import check_correction, check_removal
from members.models import Position, User


@transaction.atomic
def appoint(position: Position, *, by: User) -> Position:
    """Give the person of the position the post, from its first day on."""
    lock_table(Position)
    member = locked(position.member)
    if member.left_on:
        raise ValidationError(member.why_not_here)
    position.changed_by = by
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
    position.changed_by = by
    position.full_clean()
    with pghistory.context(user=by.pk):
        position.save()
    return position


@transaction.atomic
def locked_post(position: Position) -> Position:
    """The post as it stands, and nobody enters another until the transaction ends."""
    lock_table(Position)
    locked(position.member)
    return locked(position)


@transaction.atomic
def correct_post(position: Position, *, by: User, reason: str) -> Position:
    """Save the corrected post; the history keeps the earlier text and the reason."""
    check_correction(reason)
    lock_table(Position)
    left_on = locked(position.member).left_on
    if left_on and (position.ended_on is None or position.ended_on > left_on):
        raise ValidationError({"ended_on": _("This person has left the branch.")})
    position.changed_by = by
    position.full_clean()
    with pghistory.context(user=by.pk, reason=reason):
        position.save()
    return position


@transaction.atomic
def remove_post(position: Position, *, by: User, reason: str) -> None:
    """Take away an entry made by mistake; the history keeps it, with the reason. A post that was really held is ended
    instead."""
    check_removal(reason)
    position = locked(position)
    with pghistory.context(user=by.pk, reason=reason):
        position.delete()
