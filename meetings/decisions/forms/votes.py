"""The numbers of a vote, and what people do beside voting."""

from __future__ import annotations

import uuid
from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.decisions.actions.voting import Electorate, Votes
from meetings.decisions.models import Decision, Dissent, Recusal, WrittenOpinion
from members.forms.fields import DayInput, untagged
from members.models import Member

_MOST = 5000


def _count(label, **options) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=_MOST, **options)


class VoteForm(forms.Form):
    """The count. Written opinions stand apart from the votes in the room: they are signed, those may be secret."""

    present = _count(_("In the room for the vote"))
    yes = _count(pgettext_lazy("of a vote", "Yes"))
    no = _count(pgettext_lazy("of a vote", "No"), initial=0)
    abstain = _count(_("Abstentions"), initial=0)
    written_yes = _count(_("Yes in writing"), initial=0)
    written_no = _count(_("No in writing"), initial=0)
    written_abstain = _count(_("Abstentions in writing"), initial=0)
    is_secret = forms.BooleanField(label=_("It was a secret ballot"), required=False)
    insist = forms.BooleanField(
        label=_("It is an emergency: record the vote although the sides are nearly equal"), required=False
    )

    def __init__(self, *args, decision: Decision, people: Electorate, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("present", people.present)
        self.initial.setdefault("is_secret", decision.is_about_a_person)
        self.fields["present"].help_text = _("By the attendance %(count)d at most.") % {
            "count": people.present
        }
        names = ["written_yes", "written_no", "written_abstain"]
        if not people.written:
            for name in names:
                del self.fields[name]
        if not (self.is_bound and self.data.get("asked")):
            del self.fields["insist"]
        written = [Row(*(Column(name, css_class="col-4") for name in names))] if people.written else []
        self.helper = untagged(
            "present",
            Row(*(Column(name, css_class="col-4") for name in ("yes", "no", "abstain"))),
            *written,
            "is_secret",
            *(["insist"] if "insist" in self.fields else []),
        )

    @property
    def votes(self) -> Votes:
        typed = self.cleaned_data
        return Votes(
            yes=typed["yes"],
            no=typed["no"],
            abstain=typed["abstain"],
            written_yes=typed.get("written_yes", 0),
            written_no=typed.get("written_no", 0),
            written_abstain=typed.get("written_abstain", 0),
            present=typed["present"],
            is_secret=typed["is_secret"],
        )


class VoiceForm(forms.ModelForm):
    """One person in one matter; the matter stands on the instance. ``id`` is made by the page."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["id"] = uuid.uuid4()
        meeting = self.instance.decision.meeting
        people = Member.objects.party_members()
        self.fields["member"].queryset = (
            Member.objects.filter(pk__in=meeting.attendances.values("member")) if meeting else people
        )
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        self.instance.pk = cleaned_data.get("id") or uuid.uuid4()
        return cleaned_data


class WrittenOpinionForm(VoiceForm):
    class Meta:
        model = WrittenOpinion
        fields: ClassVar = ["member", "handed_in_on"]
        widgets: ClassVar = {"handed_in_on": DayInput()}


class RecusalForm(VoiceForm):
    class Meta:
        model = Recusal
        fields: ClassVar = ["member", "reason"]


class DissentForm(VoiceForm):
    class Meta:
        model = Dissent
        fields: ClassVar = ["member", "text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 4})}
