"""The form with which minutes are signed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.signing import CAPACITY_OF, Asked


class SigningForm(forms.Form):
    """Which signature under which text. Whoever signs in somebody's place says why; nobody else is asked."""

    act = forms.ChoiceField(choices=[(act.value, act.label) for act in CAPACITY_OF], widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why you sign in this person's place"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands beside the signature, on the official form too."),
    )

    def __init__(self, *args, asked: Asked, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        if asked.is_in_place:
            self.fields["reason"].required = True
        else:
            self.fields["reason"].widget = forms.HiddenInput()
