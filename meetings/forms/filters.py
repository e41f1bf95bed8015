"""Filters of the list of meetings; they live in the address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from meetings.kinds import MeetingKind
from meetings.models import Stage
from members.models import Member

# Draft minutes that were changed after the recorder's signature: among the drafts, and by themselves.
SIGN_AGAIN = "sign_again"


class MeetingFilterForm(FilterForm):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.TypedChoiceField(label=_("For the year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)
    chair = forms.ModelChoiceField(
        label=_("Chair"), required=False, queryset=Member.objects.none(), empty_label=_("all")
    )
    recorder = forms.ModelChoiceField(
        label=_("Recorder"), required=False, queryset=Member.objects.none(), empty_label=_("all")
    )

    def __init__(self, data, *, meetings) -> None:
        """``meetings``: what the reader may see; its years, chairs and recorders are the choices."""
        super().__init__(data)
        everything = [("", _("all"))]
        years = meetings.order_by("-for_year").values_list("for_year", flat=True).distinct()
        self.fields["kind"].choices = [*everything, *MeetingKind.choices]
        self.fields["state"].choices = [
            *everything,
            *Stage.choices,
            (SIGN_AGAIN, _("changed after the recorder's signature")),
        ]
        self.fields["year"].choices = [*everything, *((year, str(year)) for year in years)]
        for role in ("chair", "recorder"):
            self.fields[role].queryset = Member.objects.filter(pk__in=meetings.order_by().values(role))

    def narrow(self, meetings):
        """The meetings that match every valid filter; a filter nobody offers is left aside."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("kind"):
            meetings = meetings.of_kind(chosen["kind"])
        if chosen.get("year"):
            meetings = meetings.for_year(chosen["year"])
        if chosen.get("state"):
            meetings = _in(chosen["state"], meetings)
        for role in ("chair", "recorder"):
            if chosen.get(role):
                meetings = meetings.filter(**{role: chosen[role]})
        return meetings.search(chosen.get("q") or "")


def _in(stage: str, meetings):
    if stage == SIGN_AGAIN:
        return meetings.to_sign_again()
    if stage == Stage.FOR_SIGNATURE:
        return meetings.for_signature()
    if stage == Stage.DRAFT_MINUTES:
        return meetings.to_complete()
    return meetings.filter(state=stage)
