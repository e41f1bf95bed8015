"""The branch's own rules and its list of Three Importants and One Large."""

from __future__ import annotations

import pghistory
from django.db import transaction

from meetings.decisions.models import Category, LocalRule
from members.models import User


@transaction.atomic
def add_rule(rule: LocalRule, *, by: User) -> LocalRule:
    """From its day on; decisions taken before it keep the rule they were taken by."""
    rule.changed_by = by
    rule.full_clean()
    with pghistory.context(user=by.pk):
        rule.save()
    return rule


@transaction.atomic
def remove_rule(rule: LocalRule, *, by: User, reason: str) -> None:
    """The next older rule holds again; the history keeps this one, with the reason."""
    with pghistory.context(user=by.pk, reason=reason):
        rule.delete()


@transaction.atomic
def save_category(category: Category, *, by: User) -> Category:
    category.changed_by = by
    category.full_clean()
    with pghistory.context(user=by.pk):
        category.save()
    return category
