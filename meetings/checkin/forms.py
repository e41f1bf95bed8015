"""What is typed on a telephone, and what opens the check-in."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.checkin.codes import DIGITS, tidy
from meetings.checkin.models import LeaveRequest
from meetings.models import Attendance
from members.forms.fields import untagged


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Number on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "check-in-input"}
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean_code(self) -> str:
        digits = tidy(self.cleaned_data["code"])
        if len(digits) != DIGITS:
            raise forms.ValidationError(_("The number has six digits."))
        return digits


class OpeningForm(forms.Form):
    grace_minutes = forms.IntegerField(
        label=_("Late after (minutes)"),
        min_value=0,
        max_value=120,
        help_text=_("Who checks in later than so many minutes after the start is noted as late."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class LeaveForm(forms.ModelForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=Attendance.LeaveReason, widget=forms.RadioSelect, required=True
    )

    class Meta:
        model = LeaveRequest
        fields: ClassVar = ["reason", "note"]
        help_texts: ClassVar = {
            "note": _("Needed with “other reason”. It is read by those who keep the record.")
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class AnswerForm(forms.Form):
    """The word that goes with a refusal."""

    answer = forms.CharField(label=_("Why not"), max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
