"""The committee's proposal for one member: no grade is ever filled in before."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Assessment, Round
from branch_portal.forms.three_way import ThreeWayModelForm


class AssessmentForm(ThreeWayModelForm):
    class Meta:
        model = Assessment
        fields: ClassVar = ["grade", "opinion", "reason"]
        widgets: ClassVar = {"opinion": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, round: Round, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [("", _("no grade yet")), *round.grade_choices]
        self.fields["grade"].required = False
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "grade" else "form-control"
