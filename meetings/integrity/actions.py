"""What is done with the two lists. Every verb is one transaction that locks its row, checks again, and leaves its trace."""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.integrity.models import Fulfilment, Level, Responsibility, RiskPoint, RiskReview
from members.actions.locking import locked
from members.models import User
from members.permissions import Capability

_State = RiskPoint.State


@transaction.atomic
def enter(row: RiskPoint | Responsibility, *, by: User) -> RiskPoint | Responsibility:
    """Store a new row; one whose ``key`` is known was sent twice, and the row it already made is returned."""
    _needs_keeper(by)
    return type(row).objects.filter(key=row.key).first() or _saved(row, by=by)


@transaction.atomic
def change(row: RiskPoint | Responsibility, *, by: User) -> RiskPoint | Responsibility:
    """Save a changed row; the caller has locked it before it was read (``ThreeWayModelForm``)."""
    _needs_keeper(by)
    if isinstance(row, RiskPoint):
        _stands_in_the_catalogue(row)
    return _saved(row, by=by)


@transaction.atomic
def rate(point: RiskPoint, level: str, *, by: User) -> RiskPoint:
    """Give an identified risk point its first level; later ones come from reviews."""
    _needs_keeper(by)
    point = locked(point)
    if point.state != _State.IDENTIFIED:
        raise ValidationError(_("It is rated already; a review changes the level."), code="state")
    if level not in Level.values:
        raise ValidationError({"level": _("Choose a level.")})
    point.level, point.state = level, _State.RATED
    return _saved(point, by=by)


@transaction.atomic
def put_in_force(point: RiskPoint, *, by: User, on: datetime.date) -> RiskPoint:
    """The measures are in force from that day; the year to the next review begins. They, and the leader, must stand."""
    _needs_keeper(by)
    point = locked(point)
    if point.state != _State.RATED:
        raise ValidationError(_("Only a rated risk point is put in force."), code="state")
    if not (point.measures and point.leader_id):
        raise ValidationError(
            _("Enter the prevention measures and the leader in charge first."), code="incomplete"
        )
    _has_come(on)
    point.state, point.last_reviewed_on = _State.IN_FORCE, on
    return _saved(point, by=by)


@transaction.atomic
def review(made: RiskReview, *, by: User) -> RiskReview:
    """Note a review of the risk point on it; a new level is the risk point's from then on. Sent twice, it is noted once."""
    _needs_keeper(by)
    point = locked(made.risk_point)
    if already := RiskReview.objects.filter(key=made.key).first():
        return already
    if point.state != _State.IN_FORCE:
        raise ValidationError(_("A risk point is reviewed once its measures are in force."), code="state")
    _has_come(made.on)
    if made.on < point.last_reviewed_on:
        raise ValidationError({"on": _("A later review is noted already.")})
    made.by, made.level_before = by, point.level
    made.full_clean()
    made.save()
    point.level, point.last_reviewed_on = made.level, made.on
    _saved(point, by=by)
    return made


@transaction.atomic
def remove(point: RiskPoint, *, by: User, reason: str) -> RiskPoint:
    """Take it out of the catalogue; it and its reviews stay readable."""
    _needs_keeper(by)
    point = locked(point)
    _stands_in_the_catalogue(point)
    point.removal_reason, point.state = _given(reason), _State.REMOVED
    return _saved(point, by=by)


@transaction.atomic
def record_fulfilment(fulfilment: Fulfilment, *, by: User) -> Fulfilment:
    """Note what was done, by the holder of the post or by whoever keeps the lists. Sent twice, it is noted once."""
    duty = locked(fulfilment.responsibility)
    if by.member_id != duty.holder_id:
        _needs_keeper(by)
    if already := Fulfilment.objects.filter(key=fulfilment.key).first():
        return already
    _has_come(fulfilment.done_on, field="done_on")
    if fulfilment.done_on < duty.started_on or (duty.ended_on and fulfilment.done_on > duty.ended_on):
        raise ValidationError({"done_on": _("The post was not held on that day.")})
    fulfilment.recorded_by = by
    return _saved(fulfilment, by=by)


@transaction.atomic
def check(fulfilment: Fulfilment, *, by: User, opinion: str) -> Fulfilment:
    """Confirm what was done, with an opinion; never by the holder. A checked one stands still."""
    _needs_keeper(by)
    fulfilment = locked(fulfilment)
    if fulfilment.checked_by_id:
        raise ValidationError(_("Somebody has checked it meanwhile."), code="state")
    if by.member_id == fulfilment.responsibility.holder_id:
        raise ValidationError(_("Somebody else than the holder of the post checks it."), code="own")
    fulfilment.opinion = _given(opinion, field="opinion")
    fulfilment.checked_by, fulfilment.checked_at = by, timezone.now()
    return _saved(fulfilment, by=by)


@transaction.atomic
def end(duty: Responsibility, *, by: User, on: datetime.date) -> Responsibility:
    """The responsibility ends on that day; what was done for it stays."""
    _needs_keeper(by)
    duty = locked(duty)
    if duty.ended_on:
        raise ValidationError(_("It has ended already."), code="state")
    duty.ended_on = on
    return _saved(duty, by=by)


def _saved(row, *, by: User):
    row.changed_by = by
    row.full_clean()
    with pghistory.context(user=by.pk):
        row.save()
    return row


def _needs_keeper(by: User) -> None:
    if not by.may(Capability.KEEP_INTEGRITY_LISTS):
        raise PermissionDenied


def _stands_in_the_catalogue(point: RiskPoint) -> None:
    if point.state == _State.REMOVED:
        raise ValidationError(_("It was removed from the catalogue."), code="state")


def _has_come(day: datetime.date, field: str = "on") -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("This day is still to come.")})


def _given(text: str, field: str = "reason") -> str:
    if not text.strip():
        raise ValidationError({field: _("Say it in a few words.")})
    return text.strip()
