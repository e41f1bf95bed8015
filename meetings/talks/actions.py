"""What is done with a talk. Who was there enters it, or the secretary; who entered it changes it."""

from __future__ import annotations

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.talks.models import Talk
from members.models import User
from members.permissions import Capability


@transaction.atomic
def enter(talk: Talk, *, by: User) -> Talk:
    """Store a new talk; one whose ``key`` is known was sent twice, and the talk it already made is returned."""
    if not (talk.is_of(by) or by.may(Capability.READ_TALKS)):
        raise PermissionDenied
    if already := Talk.objects.filter(key=talk.key, recorded_by=by).first():
        return already
    talk.recorded_by = by
    return _saved(talk, by=by)


@transaction.atomic
def change(talk: Talk, *, by: User) -> Talk:
    """Save a changed talk; the caller has locked it before it was read. The two who talked stay."""
    if talk.recorded_by_id != by.pk:
        raise PermissionDenied
    return _saved(talk, by=by)


def _saved(talk: Talk, *, by: User) -> Talk:
    if talk.on > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come.")})
    talk.changed_by = by
    talk.full_clean()
    with pghistory.context(user=by.pk):
        talk.save()
    return talk
