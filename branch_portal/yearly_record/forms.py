"""Whose records of which year are printed together."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.printing import PeopleToPrintForm

OLDEST = 1921


class SeveralForm(PeopleToPrintForm):
    """Of several people, in one file."""

    year = forms.IntegerField(label=_("Year"), min_value=OLDEST)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["year", "group", "people"])
        self.initial.setdefault("year", timezone.localdate().year)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come."), code="future")
        return year
