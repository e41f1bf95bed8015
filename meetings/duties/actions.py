"""The rules of the branch: changed and begun anew, one writer at a time."""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings.duties.defaults import DEFAULTS
from meetings.duties.models import DutyRule
from members.actions.locking import lock_table
from members.models import User


def versions(kind: str) -> list[DutyRule]:
    """Every version of a kind's rule, the newest first; unsaved rows of the handbook where the branch has none."""
    stored = list(DutyRule.objects.filter(kind=kind).order_by("-valid_from"))
    return stored or [DutyRule.of(rule) for rule in DEFAULTS if rule.kind == kind]


def locked_version(kind: str, valid_from: datetime.date) -> DutyRule | None:
    """The version that begins on the day, stored or of the handbook, with the table locked for its change."""
    lock_table(DutyRule)
    return next((row for row in versions(kind) if row.valid_from == valid_from), None)


@transaction.atomic
def change_rule(rule: DutyRule, *, by: User) -> DutyRule:
    """Save a version as it is now said. ValidationError if another one begins on its day."""
    lock_table(DutyRule)
    _refuse_a_second_from(rule)
    with pghistory.context(user=by.pk):
        rule.changed_by = by
        rule.save()
    return rule


@transaction.atomic
def begin_rule(rule: DutyRule, *, by: User) -> DutyRule:
    """Add a version. What the handbook asked for until then is stored with it, or the past would be asked for nothing."""
    lock_table(DutyRule)
    with pghistory.context(user=by.pk):
        for row in versions(rule.kind):
            if row.pk is None:
                row.changed_by = by
                row.save()
    return change_rule(rule, by=by)


def _refuse_a_second_from(rule: DutyRule) -> None:
    others = DutyRule.objects.filter(kind=rule.kind, valid_from=rule.valid_from).exclude(pk=rule.pk)
    if others.exists():
        raise ValidationError({"valid_from": _("Another version of this rule begins on that day.")})
