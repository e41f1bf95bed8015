"""The plan of a round, who takes part, and the meetings it names."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.forms.finishing import ConfirmForm
from appraisals.grades import FOUR, THREE
from appraisals.models import Participant, Round
from branch_portal.forms.three_way import ThreeWayModelForm
from branch_portal.media.documents import ACCEPTED_DOCUMENTS, read_document
from meetings.models import Meeting
from members.forms.fields import DayInput, untagged
from members.models import Member

_SETS = {"four": FOUR, "three": THREE}


class GradesField(forms.ChoiceField):
    """One of the usual sets of grades, best first."""

    def __init__(self, **kwargs) -> None:
        kwargs["choices"] = [
            ("four", _("excellent, qualified, basically qualified, unqualified")),
            ("three", _("excellent, qualified, unqualified")),
        ]
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, list):
            return next((name for name, grades in _SETS.items() if grades == value), "four")
        return value

    def clean(self, value) -> list[str]:
        return list(_SETS[super().clean(value)])

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class RoundForm(ThreeWayModelForm):
    grades = GradesField(label=_("Grades"))

    class Meta:
        model = Round
        fields: ClassVar = [
            "year",
            "self_reviews_due_on",
            "plan",
            "grades",
            "counts_probationary_ballots",
            "hides_own_row",
            "rates_the_committee",
            "cap_numerator",
            "cap_denominator",
            "cap_base",
            "cap_action",
            "smallest_count",
            "turnout_needed",
            "turnout_wanted",
            "announces",
        ]
        widgets: ClassVar = {"self_reviews_due_on": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged(
            Row(Column("year", css_class="col-md-6"), Column("self_reviews_due_on", css_class="col-md-6")),
            "plan",
            "grades",
            "counts_probationary_ballots",
            "hides_own_row",
            "rates_the_committee",
            Row(
                Column("cap_numerator", css_class="col-md-3"),
                Column("cap_denominator", css_class="col-md-3"),
                Column("cap_base", css_class="col-md-6"),
            ),
            "cap_action",
            Row(
                Column("smallest_count", css_class="col-md-4"),
                Column("turnout_needed", css_class="col-md-4"),
                Column("turnout_wanted", css_class="col-md-4"),
            ),
            "announces",
        )


class ParticipantsForm(forms.Form):
    """``was`` holds those that the page was made with, so that what others changed meanwhile stays."""

    people = forms.ModelMultipleChoiceField(
        label=_("Taking part"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    was = forms.ModelMultipleChoiceField(
        queryset=Member.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args, standing: list[Member], **kwargs) -> None:
        self.standing = {member.pk: member for member in standing}
        ids = list(self.standing)
        super().__init__(*args, initial={"people": ids, "was": ids}, **kwargs)
        everybody = Member.objects.party_members() | Member.objects.filter(pk__in=ids)
        for name in ("people", "was"):
            self.fields[name].queryset = everybody.distinct()
        self.helper = untagged("people", "was")

    def chosen(self) -> list[Member]:
        typed = {member.pk: member for member in self.cleaned_data["people"]}
        was = {member.pk for member in self.cleaned_data["was"]} if "was" in self.data else set(self.standing)
        kept = [member for pk, member in self.standing.items() if pk in typed or pk not in was]
        return kept + [member for pk, member in typed.items() if pk not in was and pk not in self.standing]


class MeetingForm(forms.Form):
    """One of the branch's meetings; ``kinds`` narrows them down, the newest first."""

    meeting = forms.ModelChoiceField(
        label=_("Meeting"), queryset=Meeting.objects.none(), empty_label=_("choose a meeting")
    )

    def __init__(self, *args, kinds: list[str], required: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        meetings = Meeting.objects.filter(kinds__overlap=kinds).exclude(state=Meeting.State.CANCELLED)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].required = required
        self.fields["meeting"].label_from_instance = _dated
        self.helper = untagged()


class ApprovalForm(MeetingForm):
    cap_reason = forms.CharField(
        label=_("Why the cap is exceeded"), max_length=300, required=False, help_text=_("Only if it is.")
    )


class FeedbackForm(ConfirmForm):
    on = forms.DateField(label=_("The last one was told on"), widget=DayInput())
    field_order = ("on", "understood")


class ReportForm(forms.Form):
    on = forms.DateField(label=_("Reported on"), widget=DayInput())
    to = forms.CharField(label=_("Reported to"), max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class ElsewhereForm(forms.ModelForm):
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_DOCUMENTS}),
    )

    class Meta:
        model = Participant
        fields: ClassVar = ["is_elsewhere", "elsewhere"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean_proof(self):
        file = self.cleaned_data["proof"]
        return read_document(file) if file else None


def _dated(meeting: Meeting) -> str:
    return f"{meeting.starts_at:%Y-%m-%d} {meeting.title}"
