"""One version of a rule."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.duties.models import DutyRule
from meetings.duties.vocabulary import TALKS, Frequency
from members.forms.fields import DayInput, untagged


class DutyRuleForm(ThreeWayModelForm):
    class Meta:
        model = DutyRule
        fields: ClassVar = [
            "valid_from",
            "is_active",
            "frequency",
            "times",
            "from_month",
            "from_day",
            "to_month",
            "to_day",
            "ends_next_year",
            "per_group",
            "warns",
        ]
        widgets: ClassVar = {
            "valid_from": DayInput(),
            "from_month": forms.Select(choices=[("", "–"), *MONTHS.items()]),
            "to_month": forms.Select(choices=[("", "–"), *MONTHS.items()]),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        is_talks = self.instance.kind == TALKS
        self.fields["frequency"].choices = [
            choice for choice in Frequency.choices if (choice[0] == Frequency.PAIRS) == is_talks
        ]
        self.fields["from_month"].help_text = _("Only for “once for the year, in a window”.")
        self.helper = untagged(
            "valid_from",
            "is_active",
            "frequency",
            "times",
            Row(Column("from_month", css_class="col-md-6"), Column("from_day", css_class="col-md-6")),
            Row(Column("to_month", css_class="col-md-6"), Column("to_day", css_class="col-md-6")),
            "ends_next_year",
            "per_group",
            "warns",
        )
        if is_talks:
            for name in (
                "times",
                "from_month",
                "from_day",
                "to_month",
                "to_day",
                "ends_next_year",
                "per_group",
            ):
                del self.fields[name]
            self.helper = untagged("valid_from", "is_active", "frequency", "warns")
