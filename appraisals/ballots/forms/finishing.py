"""Confirmations that need a word."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import untagged


class ConfirmForm(forms.Form):
    """A step that cannot be taken back: ticked, and then pressed."""

    understood = forms.BooleanField(label=_("I have read this and want to go on."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class VoidForm(ConfirmForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Everybody on the roll reads it. Do not name anybody."),
    )
    field_order = ("reason", "understood")
