"""Fields and manners that several forms of people share."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
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
