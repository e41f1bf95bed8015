"""Violated constraints, said beside the field where a reader mends them."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Mapping

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models


def validate(row: models.Model, exclude: set[str] | None, fields: Mapping[str, str]) -> None:
    """What ``Model.validate_constraints`` does, with ``fields`` naming a field for a constraint's name.

    A row is compared with others (exclusion constraints) only when it makes sense by itself. The database is asked only
    about conditions that are not plainly true: each question costs three queries, and imports ask it for every row.
    """
    errors = defaultdict(list)
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and _told(constraint.condition, row):
            continue
        if errors and isinstance(constraint, ExclusionConstraint):
            continue
        try:
            constraint.validate(type(row), row, exclude=exclude)
        except ValidationError as violation:
            errors[fields.get(constraint.name, NON_FIELD_ERRORS)] += violation.error_list
    if errors:
        raise ValidationError(dict(errors))


def _told(condition: object, row: models.Model) -> bool | None:
    """Whether the condition is plainly true or plainly false of the row; None where only the database can say."""
    if not isinstance(condition, models.Q):
        return _told_of_field(*condition, row) if isinstance(condition, tuple) else None
    parts = [_told(child, row) for child in condition.children]
    decisive = condition.connector == models.Q.OR
    if condition.connector not in {models.Q.AND, models.Q.OR}:
        return None
    told = decisive if decisive in parts else (None if None in parts else not decisive)
    return not told if condition.negated and told is not None else told


def _told_of_field(path: str, wanted: object, row: models.Model) -> bool | None:
    name, _, lookup = path.partition("__")
    if not hasattr(row, name) or lookup not in _COMPARISONS:
        return None
    if isinstance(wanted, models.F):
        wanted = getattr(row, wanted.name, None)
        if wanted is None:
            return None
    standing = getattr(row, name)
    if lookup == "isnull" or wanted is None:
        return (standing is None) == (wanted is None or wanted is True)
    options = wanted if lookup == "in" else [wanted]
    if not all(
        isinstance(option, type(standing)) or isinstance(standing, type(option)) for option in options
    ):
        return None
    return _COMPARISONS[lookup](standing, wanted)


_COMPARISONS = {
    "": operator.eq,
    "exact": operator.eq,
    "isnull": None,
    "in": lambda standing, options: standing in options,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
