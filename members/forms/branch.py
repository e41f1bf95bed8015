"""The branch itself and its Party groups."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms

from branch_portal.forms.three_way import ThreeWayModelForm
from members.forms.fields import DayInput, untagged
from members.models import BranchProfile, PartyGroup


class BranchForm(ThreeWayModelForm):
    class Meta:
        model = BranchProfile
        fields: ClassVar = [
            "name",
            "name_en",
            "association",
            "association_en",
            "higher_committee",
            "higher_committee_en",
            "introduction",
            "introduction_en",
            "term_starts_on",
            "term_ends_on",
            "icp_number",
            "police_number",
        ]
        widgets: ClassVar = {
            "introduction": forms.Textarea(attrs={"rows": 5}),
            "introduction_en": forms.Textarea(attrs={"rows": 5, "lang": "en"}),
            "term_starts_on": DayInput(),
            "term_ends_on": DayInput(),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged(
            *(
                Row(Column(name, css_class="col-md-6"), Column(f"{name}_en", css_class="col-md-6"))
                for name in ("name", "association", "higher_committee", "introduction")
            ),
            Row(Column("term_starts_on", css_class="col-md-6"), Column("term_ends_on", css_class="col-md-6")),
            Row(Column("icp_number", css_class="col-md-6"), Column("police_number", css_class="col-md-6")),
        )


class GroupForm(ThreeWayModelForm):
    class Meta:
        model = PartyGroup
        fields: ClassVar = ["name", "name_en"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
