"""What every view with a form does when its action refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm


def accepted(form: BaseForm, act: Callable[[], object]) -> bool:
    """The form is in order and the action done; what the action refused stands in the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        with transaction.atomic():
            act()
    except ValidationError as refusal:
        for field, errors in _by_field(refusal):
            form.add_error(field if field in form.fields else None, errors)
        return False
    return True


def _by_field(refusal: ValidationError) -> list[tuple[str | None, list]]:
    if hasattr(refusal, "error_dict"):
        return list(refusal.error_dict.items())
    return [(None, refusal.error_list)]
