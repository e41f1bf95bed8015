"""Letters of introduction, times away with their contacts, awards, courses; the rules of the branch."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from branch_portal.forms.three_way import ThreeWayModelForm
from members.forms.corrections import CorrectionForm
from members.forms.fields import DayInput, MobileField, not_to_come, untagged
from members.models import Award, BranchRules, Member, MobileContact, MobilePeriod, Training, Transfer
from members.querysets import TransferQuerySet


class LetterForm(ThreeWayModelForm):
    """A letter, new or drafted; the person stands on the instance."""

    class Meta:
        model = Transfer
        fields: ClassVar = ["direction", "other_branch", "letter_number", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Who has left comes back by a letter, who is here leaves by one.
        if not self.instance.pk:
            self.initial["direction"] = (
                Transfer.Direction.IN if self.instance.member.left_on else Transfer.Direction.OUT
            )
        self.helper = untagged()


class LetterFilter(FilterForm):
    """The filters above the letters, kept in the address. A value that makes no sense filters nothing."""

    UNDER_WAY = "under_way"

    q = forms.CharField(label=_("Name, number of the letter or other branch"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=capfirst(_("state")),
        required=False,
        choices=[("", _("all")), (UNDER_WAY, _("under way")), *Transfer.State.choices],
    )
    direction = forms.ChoiceField(
        label=capfirst(_("direction")), required=False, choices=[("", _("all")), *Transfer.Direction.choices]
    )

    def apply(self, letters: TransferQuerySet) -> TransferQuerySet:
        """The letters that match every valid filter."""
        self.is_valid()
        asked = self.cleaned_data
        state, direction = asked.get("state"), asked.get("direction")
        if state == self.UNDER_WAY:
            letters = letters.under_way()
        elif state:
            letters = letters.of_state(state)
        if direction:
            letters = letters.of_direction(direction)
        return letters.search(asked.get("q") or "")


class LetterStepForm(forms.Form):
    """The day of a step, and what is to be remembered of it."""

    on = forms.DateField(label=capfirst(_("day")), widget=DayInput())
    note = forms.CharField(label=capfirst(_("note")), required=False, max_length=200)

    def __init__(self, *args, has_note: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not has_note:
            del self.fields["note"]
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "on")
        return cleaned_data


class TimeAwayForm(CorrectionForm):
    contact_phone = MobileField(label=capfirst(_("telephone there")), required=False, max_length=30)

    class Meta:
        model = MobilePeriod
        fields: ClassVar = [
            "since",
            "until",
            "place",
            "reason",
            "host_branch",
            "contact_person",
            "contact_phone",
            "note",
        ]
        widgets: ClassVar = {"since": DayInput(), "until": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = Member.objects.party_members() | Member.objects.filter(pk=self.instance.contact_person_id)
        if "why" in self.fields:
            self.fields["why"].required = False  # what needs none, the action knows
            self.fields["why"].help_text = _(
                "Stays in the history beside the earlier text. Only to enter the day of return needs none."
            )
        self.fields["contact_person"].queryset = others.exclude(pk=self.instance.member_id)
        self.helper = self.laid_out(
            Row(Column("since", css_class="col-md-6"), Column("until", css_class="col-md-6")),
            Row(Column("place", css_class="col-md-6"), Column("reason", css_class="col-md-6")),
            "host_branch",
            Row(
                Column("contact_person", css_class="col-md-6"), Column("contact_phone", css_class="col-md-6")
            ),
            "note",
        )

    def clean_contact_phone(self) -> str:
        return self.cleaned_data["contact_phone"] or ""

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "since", "until")
        return cleaned_data


class ContactForm(forms.ModelForm):
    """A contact with somebody who is away; the time away stands on the instance."""

    class Meta:
        model = MobileContact
        fields: ClassVar = ["on", "way", "was_reached", "note"]
        widgets: ClassVar = {"on": DayInput(), "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "on")
        return cleaned_data


class AwardForm(CorrectionForm):
    class Meta:
        model = Award
        fields: ClassVar = ["title", "on", "level", "given_by"]
        widgets: ClassVar = {"on": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "on")
        return cleaned_data


class TrainingForm(CorrectionForm):
    class Meta:
        model = Training
        fields: ClassVar = ["title", "organizer", "started_on", "ended_on", "hours"]
        widgets: ClassVar = {"started_on": DayInput(), "ended_on": DayInput()}
        help_texts: ClassVar = {
            "hours": _("A full day is 8 hours, half a day 4."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = self.laid_out(
            "title",
            "organizer",
            Row(Column("started_on", css_class="col-md-6"), Column("ended_on", css_class="col-md-6")),
            "hours",
        )

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "started_on", "ended_on")
        return cleaned_data


class BranchRulesForm(ThreeWayModelForm):
    class Meta:
        model = BranchRules
        fields: ClassVar = [
            "letter_days",
            "contact_days",
            "study_hours_member",
            "study_hours_committee",
            "slip_days",
            "second_factor_grace_days",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
