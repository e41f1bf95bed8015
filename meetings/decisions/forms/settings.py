"""What the branch settles for itself, and who is left out of those due at a meeting."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.decisions.models import Category, Exclusion, LocalRule
from meetings.models import Attendance, Meeting
from members.forms.fields import DayInput, not_to_come, untagged


class LocalRuleForm(forms.ModelForm):
    class Meta:
        model = LocalRule
        fields: ClassVar = [
            "matter",
            "valid_from",
            "source",
            "quorum_numerator",
            "quorum_denominator",
            "quorum_inclusive",
            "majority_numerator",
            "majority_denominator",
            "majority_inclusive",
            "majority_of",
            "counts_written",
            "recused_stay_due",
        ]
        widgets: ClassVar = {"valid_from": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged(
            Row(Column("matter", css_class="col-md-6"), Column("valid_from", css_class="col-md-6")),
            "source",
            Fieldset(
                _("Quorum"),
                Row(
                    Column("quorum_numerator", css_class="col-md-6"),
                    Column("quorum_denominator", css_class="col-md-6"),
                ),
                "quorum_inclusive",
            ),
            Fieldset(
                _("Majority"),
                Row(
                    Column("majority_numerator", css_class="col-md-6"),
                    Column("majority_denominator", css_class="col-md-6"),
                ),
                "majority_inclusive",
                "majority_of",
            ),
            "counts_written",
            "recused_stay_due",
        )


class CategoryForm(ThreeWayModelForm):
    class Meta:
        model = Category
        fields: ClassVar = ["kind", "name", "name_en", "threshold", "order", "is_used"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class ExclusionForm(ThreeWayModelForm):
    """Of whom the attendance list says that the person has a vote."""

    class Meta:
        model = Exclusion
        fields: ClassVar = [
            "attendance",
            "reason",
            "note",
            "agreed_by",
            "agreed_on",
            "agreed_reference",
            "is_voted",
            "vote_note",
        ]
        widgets: ClassVar = {"agreed_on": DayInput()}

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = Attendance.objects.filter(meeting=meeting, has_vote=True).select_related("member")
        taken = Exclusion.objects.filter(attendance__meeting=meeting).exclude(pk=self.instance.pk)
        self.fields["attendance"].queryset = rows.exclude(pk__in=taken.values("attendance"))
        self.fields["attendance"].label_from_instance = lambda row: str(row.member)
        if not self.instance._state.adding:
            self.fields["attendance"].disabled = True
        self.helper = untagged(
            "attendance",
            "reason",
            "note",
            Fieldset(
                _("The higher committee agrees"),
                "agreed_by",
                Row(
                    Column("agreed_on", css_class="col-md-6"),
                    Column("agreed_reference", css_class="col-md-6"),
                ),
            ),
            Fieldset(_("The meeting votes for it"), "is_voted", "vote_note"),
        )

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "agreed_on")
        return cleaned_data
