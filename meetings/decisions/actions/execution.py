"""What becomes of a decision: somebody carries it out, reports, and somebody else checks."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.decisions.actions.locking import locked
from meetings.decisions.models import Decision, FollowUp
from meetings.decisions.workflow import RULES, Act
from members.models import User


def arrange(decision: Decision, *, by: User) -> Decision:
    """Save who carries it out until when, and where it was made public (made inside ``locked``)."""
    decision.changed_by = by
    decision.save()
    return decision


def start(decision: Decision, *, by: User) -> Decision:
    with locked(decision, by=by, act=Act.START) as row:
        if not (row.owner_id and row.deadline):
            raise ValidationError(
                _("Name the person in charge and the day by which it is to be done."), code="owner"
            )
        return _enter(row, Act.START)


def note(decision: Decision, *, by: User, on: datetime.date, text: str, key: uuid.UUID | None = None) -> None:
    """Note how it goes on; the same note sent twice is one."""
    with locked(decision, by=by, act=Act.NOTE) as row:
        _note(row, by=by, on=on, text=text, key=key)


def complete(decision: Decision, *, by: User, on: datetime.date, text: str) -> Decision:
    with locked(decision, by=by, act=Act.COMPLETE) as row:
        _note(row, by=by, on=on, text=text)
        return _enter(row, Act.COMPLETE)


def send_back(decision: Decision, *, by: User, on: datetime.date, text: str) -> Decision:
    """Not completed after all."""
    with locked(decision, by=by, act=Act.RETURN) as row:
        _check_not_the_owner(row, by)
        _note(row, by=by, on=on, text=text)
        return _enter(row, Act.RETURN)


def check(decision: Decision, *, by: User, on: datetime.date, text: str) -> Decision:
    """Somebody other than the person in charge has seen that it is done."""
    with locked(decision, by=by, act=Act.CHECK) as row:
        _check_not_the_owner(row, by)
        _note(row, by=by, on=on, text=text)
        row.checked_by = by
        return _enter(row, Act.CHECK)


def _check_not_the_owner(decision: Decision, by: User) -> None:
    if by.member_id is not None and by.member_id == decision.owner_id:
        raise ValidationError(_("The person in charge does not check the own work."), code="own")


def _enter(decision: Decision, act: Act) -> Decision:
    decision.state = RULES[act].leads_to
    decision.save()
    return decision


def _note(
    decision: Decision, *, by: User, on: datetime.date, text: str, key: uuid.UUID | None = None
) -> None:
    key = key or uuid.uuid4()
    if FollowUp.objects.filter(pk=key).exists():
        return
    text = text.strip()
    if not text:
        raise ValidationError({"text": ValidationError(_("Write down what was done."), code="required")})
    FollowUp.objects.create(pk=key, decision=decision, on=on, text=text, changed_by=by)
