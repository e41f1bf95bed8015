"""What may be typed about the study at a meeting, and about how it counts."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.study.models import StudyPart, StudyRules
from members.forms.fields import DayInput, untagged
from members.models import Member


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason of the correction"),
        max_length=300,
        help_text=_("The minutes are signed: the earlier text stays in the history, with this reason."),
    )


class StudyPartForm(ThreeWayModelForm):
    """A part, new or changed; its meeting stands on the instance. ``is_correction``: asks for the reason too."""

    title = _("study part")
    link = forms.URLField(
        label=_("Link to the material"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = StudyPart
        fields: ClassVar = [
            "topic",
            "form",
            "hours",
            "teacher",
            "guest_teacher",
            "agenda_item",
            "link",
            "note",
        ]
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, is_correction: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = Member.objects.filter(
            Q(left_on=None) | Q(pk=self.instance.teacher_id)
        )
        self.fields["agenda_item"].queryset = self.instance.meeting.agenda_items.all()
        self.fields["hours"].widget.attrs |= {"step": "0.1", "inputmode": "decimal"}
        layout: list = [
            "topic",
            Row(Column("form", css_class="col-sm-6"), Column("hours", css_class="col-sm-6")),
            Row(Column("teacher", css_class="col-sm-6"), Column("guest_teacher", css_class="col-sm-6")),
            "agenda_item",
            "link",
            "note",
        ]
        if is_correction:
            self.fields["reason"] = reason_field()
            layout.append("reason")
        self.helper = untagged(*layout)

    @property
    def reason(self) -> str | None:
        """Of a correction, as it was typed; None while the record is open."""
        return (self["reason"].data or "") if "reason" in self.fields else None

    def clean(self) -> dict:
        """A correction that corrects nothing is none."""
        cleaned = super().clean()
        if "reason" in self.fields and not set(self.changed_data) - {"reason"}:
            raise ValidationError(_("Nothing was changed."), code="unchanged")
        return cleaned


class CorrectionForm(forms.Form):
    """Why something is taken out of signed minutes."""

    reason = reason_field()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class RemovalForm(forms.Form):
    """While the record is open nothing is asked."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class StudyRulesForm(forms.ModelForm):
    valid_from = forms.DateField(label=_("valid from"), widget=DayInput())

    class Meta:
        model = StudyRules
        fields: ClassVar = ["online_percent", "teacher_percent", "source"]

    field_order = ("valid_from",)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()
        self.helper = untagged()
