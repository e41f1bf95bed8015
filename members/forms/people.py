"""The record of a person, and their posts."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from members import id_numbers
from members.forms.corrections import CorrectionForm
from members.forms.fields import DayInput, MobileField, not_to_come, untagged
from members.models import Member, Position, SensitiveRecord, TimelineEntry, Transfer
from members.models.changed import Changed


class MemberForm(ThreeWayModelForm):
    """A record. What follows from the timeline is typed for a new one only; afterwards it is an event (``EventForm``)."""

    AT_FIRST = ("stage", "party_group", "admitted_on", "confirmed_on", "coming_from", "letter_number")
    DAYS = ("birth_date", "work_started_on", "voteless_until", "admitted_on", "confirmed_on")

    phone = MobileField(
        label=capfirst(_("telephone")),
        required=False,
        max_length=30,
        help_text=_("The number in the record; signing in by telephone is set with the account."),
    )
    coming_from = forms.CharField(
        label=_("Comes with a letter of introduction from"),
        required=False,
        max_length=120,
        help_text=_(
            "Only for somebody of another branch: its name. The letter is drafted with the record, and the person is of "
            "the branch, with a vote, when the letter is accepted and not before."
        ),
    )
    letter_number = forms.CharField(label=_("Number of the letter"), required=False, max_length=60)

    class Meta:
        model = Member
        fields: ClassVar = [
            "name",
            "reading",
            "gender",
            "ethnic_group",
            "birth_date",
            "native_place",
            "stage",
            "party_group",
            "admitted_on",
            "confirmed_on",
            "introducers",
            "voteless_until",
            "education",
            "degree",
            "school",
            "work_started_on",
            "employer",
            "department",
            "duty",
            "title",
            "phone",
            "address",
        ]
        widgets: ClassVar = {
            "birth_date": DayInput(),
            "work_started_on": DayInput(),
            "voteless_until": DayInput(),
            "admitted_on": DayInput(),
            "confirmed_on": DayInput(),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.AT_FIRST:
                del self.fields[name]
        groups = (
            self._group(
                _("Person"), "name", "reading", "gender", "ethnic_group", "birth_date", "native_place"
            ),
            self._group(
                _("Membership"),
                "stage",
                "party_group",
                "admitted_on",
                "confirmed_on",
                "introducers",
                "voteless_until",
            ),
            self._group(_("Transfer from another branch"), "coming_from", "letter_number"),
            self._group(_("Education"), "education", "degree", "school"),
            self._group(_("Work"), "employer", "department", "duty", "title", "work_started_on"),
            self._group(_("Contact"), "phone", "address"),
        )
        self.helper = untagged(*filter(None, groups))

    def _group(self, legend: str, *names: str) -> Fieldset | None:
        """The fields that this form has, below the legend; None without any."""
        columns = [Column(name, css_class="col-md-6") for name in names if name in self.fields]
        return Fieldset(legend, Row(*columns)) if columns else None

    @property
    def letter(self) -> Transfer | None:
        """The letter that brings the new person, to be drafted; None for whoever comes without."""
        if not self.cleaned_data.get("coming_from"):
            return None
        return Transfer(
            other_branch=self.cleaned_data["coming_from"], letter_number=self.cleaned_data["letter_number"]
        )

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] or ""

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "birth_date", "work_started_on", "admitted_on", "confirmed_on")
        if cleaned_data.get("letter_number") and not cleaned_data.get("coming_from"):
            self.add_error("coming_from", _("Which branch wrote the letter?"))
        return cleaned_data


class EventForm(CorrectionForm):
    """An event of the timeline; the person stands on the instance. ``kinds``: which events may be entered."""

    class Meta:
        model = TimelineEntry
        fields: ClassVar = ["kind", "on", "until", "party_group", "organization", "note"]
        widgets: ClassVar = {"on": DayInput(), "until": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != TimelineEntry.Kind.EXPECTED:  # begins with a new record, never later
            choices = self.fields["kind"].choices
            self.fields["kind"].choices = [each for each in choices if each[0] != TimelineEntry.Kind.EXPECTED]
        self.helper = self.laid_out(
            Row(Column("kind", css_class="col-md-6"), Column("on", css_class="col-md-6")),
            Row(Column("until", css_class="col-md-6"), Column("party_group", css_class="col-md-6")),
            "organization",
            "note",
        )

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "on")
        return cleaned_data


class SensitiveForm(ThreeWayModelForm):
    """What is sealed at rest. It knows the texts it was opened with: two writers do not meet unseen."""

    id_number = forms.CharField(
        label=capfirst(_("identity number")),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    difficulties = forms.CharField(
        label=capfirst(_("health and hardship")),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    discipline = forms.CharField(
        label=capfirst(_("discipline")),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    dues_base = forms.DecimalField(
        label=capfirst(_("monthly pay on which dues are reckoned")),
        required=False,
        min_value=0,
        max_value=1_000_000,
        max_digits=9,
        decimal_places=2,
    )

    class Meta:
        model = SensitiveRecord
        fields: ClassVar = ["id_number", "difficulties", "discipline", "dues_base"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Stored as a text, since it is sealed; compared as the number it is.
        stored = self.initial.get("dues_base")
        self.initial["dues_base"] = Decimal(stored) if stored else None
        self.helper = untagged()

    def clean_id_number(self) -> str:
        return id_numbers.clean(self.cleaned_data["id_number"])

    def texts(self) -> dict[str, str]:
        """The fields as they are stored."""
        pay = self.cleaned_data["dues_base"]
        return {**self.cleaned_data, "dues_base": "" if pay is None else f"{pay:.2f}"}


class ReasonForm(forms.Form):
    """Why something that was entered is taken out. ``row``: what is taken out; it stays if somebody changed it since the
    page was opened, and the page tells who."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, row: Changed | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if row is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = row.changed_at.isoformat()
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        seen = cleaned_data.pop("seen", "")
        if self.row and seen and seen != self.row.changed_at.isoformat():
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.row.changed_at.isoformat()
            raise forms.ValidationError(
                _(
                    "%(who)s changed this entry meanwhile, it now says: “%(text)s”. Taking it out again is your choice."
                ),
                code="conflict",
                params={"who": self.row.changed_by or _("somebody"), "text": self.row},
            )
        return cleaned_data


class PostForm(CorrectionForm):
    """A post of a person, who stands on the instance; one that is entered already is corrected with a reason."""

    class Meta:
        model = Position
        fields: ClassVar = ["post", "party_group", "started_on", "ended_on"]
        widgets: ClassVar = {"started_on": DayInput(), "ended_on": DayInput()}
        help_texts: ClassVar = {
            "party_group": _("Only for a group leader: the group that the person leads."),
            "started_on": _("The first day of the post."),
            "ended_on": _("The last day of the post; leave it empty while the post is held."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = self.laid_out(
            Row(Column("post", css_class="col-md-6"), Column("party_group", css_class="col-md-6")),
            Row(Column("started_on", css_class="col-md-6"), Column("ended_on", css_class="col-md-6")),
        )


class EndOfPostForm(forms.Form):
    """The last day of a post; what it may be is the action's to say."""

    ended_on = forms.DateField(
        label=capfirst(_("until")),
        widget=DayInput(),
        help_text=_("The last day of the post. The rights that come with it end after that day."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
