"""What was entered is corrected or taken out for a reason, which the history keeps beside the earlier text."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_correction(reason: str) -> None:
    _check(reason, field="why")


def check_removal(reason: str) -> None:
    _check(reason, field="reason")


def _check(reason: str, *, field: str) -> None:
    """``field``: of the form, beside which it is said."""
    if not reason.strip():
        raise ValidationError({field: _("Give the reason.")}, code="required")
