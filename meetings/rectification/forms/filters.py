"""Filters of the ledger and of the tasks; they live in the address."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from meetings.rectification.states import Level, State, TaskState
from members.models import Member

_EVERYTHING = [("", _("all"))]
_ACTIVE = "active"
_UNFINISHED = "unfinished"


class EntryFilterForm(FilterForm):
    year = forms.TypedChoiceField(label=_("For the year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*_EVERYTHING, (_ACTIVE, _("active")), *State.choices]
    )
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[*_EVERYTHING, *Level.choices])
    person = forms.ModelChoiceField(
        label=_("Person in charge"), required=False, queryset=Member.objects.none(), empty_label=_("all")
    )
    overdue = forms.BooleanField(label=_("overdue only"), required=False)

    def __init__(self, data, *, entries) -> None:
        """``entries``: what the reader may see; its years and people are the choices."""
        super().__init__(data)
        years = entries.order_by("-year").values_list("year", flat=True).distinct()
        self.fields["year"].choices = [*_EVERYTHING, *((year, str(year)) for year in years)]
        self.fields["person"].queryset = Member.objects.filter(pk__in=entries.order_by().values("in_charge"))

    def narrow(self, entries):
        """The entries that match every valid filter; a filter nobody offers is left aside."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("year"):
            entries = entries.filter(year=chosen["year"])
        if chosen.get("state") == _ACTIVE:
            entries = entries.active()
        elif chosen.get("state"):
            entries = entries.filter(state=chosen["state"])
        if chosen.get("level"):
            entries = entries.filter(level=chosen["level"])
        if chosen.get("person"):
            entries = entries.filter(in_charge=chosen["person"])
        if chosen.get("overdue"):
            entries = entries.overdue_on(timezone.localdate())
        return entries


class TaskFilterForm(FilterForm):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[*_EVERYTHING, (_UNFINISHED, _("not finished")), *TaskState.choices],
    )
    mine = forms.BooleanField(label=_("mine only"), required=False)
    overdue = forms.BooleanField(label=_("overdue only"), required=False)

    def narrow(self, tasks, member_id: int | None):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("state") == _UNFINISHED:
            tasks = tasks.unfinished()
        elif chosen.get("state"):
            tasks = tasks.filter(state=chosen["state"])
        if chosen.get("mine"):
            tasks = tasks.of_owner(member_id)
        if chosen.get("overdue"):
            tasks = tasks.overdue_on(timezone.localdate())
        return tasks
