"""Fields and manners that several forms of people share."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import mobile
from members.models import mobile_number


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MobileField(forms.CharField):
    """A mobile number with whatever spaces and hyphens; empty is None, since numbers are unique."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})
    default_validators: ClassVar = [mobile_number]

    def __init__(self, **kwargs) -> None:
        super().__init__(empty_value=None, **kwargs)

    def to_python(self, value: str | None) -> str | None:
        typed = super().to_python(value)
        return mobile.tidy(typed) if typed else typed


class ConstraintsBesideFields:
    """A model form that shows each violated constraint beside the field where it is mended.

    ``constraint_fields`` maps the constraint's name to that field. Rows are compared with other rows
    (exclusion constraints) only when they make sense by themselves.
    """

    constraint_fields: ClassVar[dict[str, str]] = {}
    constraint_messages: ClassVar[dict[str, str]] = {}

    def validate_constraints(self) -> None:
        exclude = self._get_validation_exclusions()
        for constraint in self._meta.model._meta.constraints:
            if isinstance(constraint, ExclusionConstraint) and self.errors:
                continue
            try:
                constraint.validate(self._meta.model, self.instance, exclude=exclude)
            except ValidationError as violation:
                message = self.constraint_messages.get(constraint.name, violation)
                self.add_error(self.constraint_fields.get(constraint.name, NON_FIELD_ERRORS), message)


def not_to_come(form: forms.Form, *names: str) -> None:
    """These days have happened: one in the future is a slip."""
    today = timezone.localdate()
    for name in names:
        day = form.cleaned_data.get(name)
        if day and day > today:
            form.add_error(name, ValidationError(_("This day is still to come."), code="future"))


def untagged(*layout) -> FormHelper:
    """A helper for a form whose tag, token and buttons stand in the template."""
    helper = FormHelper()
    helper.form_tag = False
    if layout:
        helper.layout = Layout(*layout)
    return helper
