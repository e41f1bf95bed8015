"""Violated constraints, said beside the field where a reader mends them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models


def validate(row: models.Model, exclude: set[str] | None, fields: Mapping[str, str]) -> None:
    """What ``Model.validate_constraints`` does, with ``fields`` naming a field for a constraint's name.

    A row is compared with others (exclusion constraints) only when it makes sense by itself.
    """
    errors = defaultdict(list)
    for constraint in row._meta.constraints:
        if errors and isinstance(constraint, ExclusionConstraint):
            continue
        try:
            constraint.validate(type(row), row, exclude=exclude)
        except ValidationError as violation:
            errors[fields.get(constraint.name, NON_FIELD_ERRORS)] += violation.error_list
    if errors:
        raise ValidationError(dict(errors))
