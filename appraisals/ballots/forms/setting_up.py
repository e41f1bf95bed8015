"""The rules of a ballot, its roll and its scrutineers, as long as it is being set up."""

from __future__ import annotations

import datetime
from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.actions.setting_up import FREE_RULES
from appraisals.ballots.models import LEAST_SCRUTINEERS, SecretBallot
from branch_portal.forms.three_way import ThreeWayModelForm
from members.forms.fields import untagged
from members.models import Member
from members.querysets import MemberQuerySet

LOCAL_TIME = "%Y-%m-%dT%H:%M"


class RulesForm(ThreeWayModelForm):
    class Meta:
        model = SecretBallot
        fields: ClassVar = [
            "smallest_count",
            "turnout_needed",
            "turnout_wanted",
            "entitled",
            "hides_own_row",
            "closes_at",
        ]
        widgets: ClassVar = {
            "closes_at": forms.DateTimeInput(format=LOCAL_TIME, attrs={"type": "datetime-local"})
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].input_formats = [LOCAL_TIME, f"{LOCAL_TIME}:%S"]
        if self.instance.eligible is not None:  # a plan has approved the rest
            for name in set(self.fields) - set(FREE_RULES):
                del self.fields[name]
            self.helper = untagged("closes_at")
            return
        self.helper = untagged(
            Row(Column("smallest_count", css_class="col-md-6"), Column("entitled", css_class="col-md-6")),
            Row(
                Column("turnout_needed", css_class="col-md-6"), Column("turnout_wanted", css_class="col-md-6")
            ),
            "hides_own_row",
            "closes_at",
        )

    def clean_closes_at(self) -> datetime.datetime | None:
        closes_at = self.cleaned_data["closes_at"]
        if closes_at and closes_at <= timezone.now() and closes_at != self.instance.closes_at:
            raise forms.ValidationError(_("This time has passed already."))
        return closes_at


class PeopleForm(forms.Form):
    """Which people; ``was`` holds those that the page was made with, so that what others changed meanwhile stays."""

    people = forms.ModelMultipleChoiceField(
        queryset=Member.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    was = forms.ModelMultipleChoiceField(
        queryset=Member.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args, standing: list[Member], ballot: SecretBallot | None = None, **kwargs) -> None:
        self.standing = {member.pk: member for member in standing}
        ids = list(self.standing)
        super().__init__(*args, initial={"people": ids, "was": ids}, **kwargs)
        # Who stands there already can be kept even after leaving the branch.
        everybody = (self.candidates(ballot) | Member.objects.filter(pk__in=ids)).distinct()
        for name in ("people", "was"):
            self.fields[name].queryset = everybody
        self.helper = untagged("people", "was")
        self.helper.form_show_labels = True

    def candidates(self, ballot: SecretBallot | None) -> MemberQuerySet:
        """Who may be chosen; None: for a ballot that is just being set up."""
        raise NotImplementedError

    def chosen(self) -> list[Member]:
        """What stands now, with what the writer added and without what the writer took away."""
        typed = {member.pk: member for member in self.cleaned_data["people"]}
        was = {member.pk for member in self.cleaned_data["was"]} if "was" in self.data else set(self.standing)
        kept = [member for pk, member in self.standing.items() if pk in typed or pk not in was]
        return kept + [member for pk, member in typed.items() if pk not in was and pk not in self.standing]


class RollForm(PeopleForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].label = _("On the roll")
        self.fields["people"].label_from_instance = _with_stage

    def candidates(self, ballot: SecretBallot | None) -> MemberQuerySet:
        members = Member.objects.party_members()
        if ballot is None or ballot.eligible is None:
            return members
        return members.filter(pk__in=ballot.eligible)


class ScrutineersForm(PeopleForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].label = _("Scrutineers")

    def candidates(self, ballot: SecretBallot | None) -> MemberQuerySet:
        return Member.objects.with_voting_rights(timezone.localdate())

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and len(self.chosen()) < LEAST_SCRUTINEERS:
            self.add_error(
                "people", _("At least two different people are needed: one alone could open every ballot.")
            )
        return cleaned


def _with_stage(member: Member) -> str:
    if member.stage == Member.Stage.FULL:
        return str(member)
    return _("%(name)s (%(stage)s)") % {"name": member, "stage": member.get_stage_display()}
