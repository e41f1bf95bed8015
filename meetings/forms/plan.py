"""The plan of a meeting: when, where, who leads, who is invited."""

from __future__ import annotations

import datetime
from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from members.models import Member

LOCAL_TIME = "%Y-%m-%dT%H:%M"
FIRST_YEAR, LAST_YEAR = 1921, 2200


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=LOCAL_TIME)


class PlanForm(ThreeWayModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=MeetingKind,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One event may count as several kinds, e.g. a life meeting with the appraisal."),
    )
    online_link = forms.URLField(
        label=_("Online link"), required=False, max_length=500, assume_scheme="https"
    )
    invited = forms.ModelMultipleChoiceField(
        label=_("Invited members"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nobody to invite everyone whom the kinds call for."),
    )

    class Meta:
        model = Meeting
        fields: ClassVar = [
            "title",
            "kinds",
            "for_year",
            "starts_at",
            "ends_at",
            "place",
            "online_link",
            "party_group",
            "chair",
            "recorder",
        ]
        widgets: ClassVar = {"starts_at": LocalDateTimeInput(), "ends_at": LocalDateTimeInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.current()
        for name in ("chair", "recorder"):
            self.fields[name].queryset = people
        self.fields["invited"].queryset = people.select_related("party_group")
        self.fields["for_year"].widget.attrs.update(min=FIRST_YEAR, max=LAST_YEAR)
        for name in ("starts_at", "ends_at"):
            self.fields[name].input_formats = [
                LOCAL_TIME,
                f"{LOCAL_TIME}:%S",
                *self.fields[name].input_formats,
            ]
        if self.instance.pk:
            self.initial["invited"] = [row.member_id for row in self.instance.attendance_list]
            self.fields["invited"].required = True
            self.fields["invited"].help_text = _("Somebody already marked in the attendance stays invited.")
        else:
            self.initial["for_year"] = self.initial.get("for_year") or timezone.localdate().year
        self.helper = self._helper()

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            "title",
            Field("kinds", wrapper_class="choices-in-columns"),
            Row(Column("for_year", css_class="col-md-4"), Column("party_group", css_class="col-md-8")),
            Row(Column("starts_at", css_class="col-md-6"), Column("ends_at", css_class="col-md-6")),
            Row(Column("place", css_class="col-md-6"), Column("online_link", css_class="col-md-6")),
            Row(Column("chair", css_class="col-md-6"), Column("recorder", css_class="col-md-6")),
            Field("invited", wrapper_class="choices-in-columns"),
        )
        if not self.instance.pk:
            helper.layout.append("guests")
        return helper

    def clean_for_year(self) -> int:
        return _check_year(self.cleaned_data["for_year"])

    def clean_starts_at(self) -> datetime.datetime:
        _check_year(self.cleaned_data["starts_at"].year)
        return self.cleaned_data["starts_at"]

    def clean_ends_at(self) -> datetime.datetime | None:
        if ends_at := self.cleaned_data["ends_at"]:
            _check_year(ends_at.year)
        return ends_at


def _check_year(year: int) -> int:
    """Years of the Party and some to come; the first hours of the year 1 could be stored, but not read again."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise forms.ValidationError(_("Enter a year with four digits."))
    return year


class FactsForm(PlanForm):
    """The facts of signed minutes, for a correction: who was invited is a matter of the attendance list."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["invited"]
        self.helper.layout.pop()


class NewPlanForm(PlanForm):
    guests = forms.CharField(
        label=_("Guests"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Attending without vote. One a line: name, then a comma, then unit and post."),
    )

    def clean_guests(self) -> list[tuple[str, str]]:
        """Pairs of name and role, in the order typed; either comma parts them."""
        guests = []
        for line in self.cleaned_data["guests"].splitlines():
            name, _comma, role = line.replace("，", ",").strip().partition(",")
            if name.strip():
                guests.append((name.strip(), role.strip()))
        if any(len(name) > 60 or len(role) > 120 for name, role in guests):
            raise forms.ValidationError(_("A name has 60 characters at most, unit and post 120."))
        return guests
