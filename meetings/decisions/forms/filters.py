"""Filters of the list of decisions; they live in the address."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from meetings.decisions.models import Decision
from meetings.decisions.querysets import DecisionQuerySet
from meetings.decisions.standard_rules import Matter
from members.models import Member


class DecisionFilter(FilterForm):
    OPEN, OVERDUE, TO_TAKE_UP, VALID = "open", "overdue", "to_take_up", "valid"

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    matter = forms.ChoiceField(label=_("Kind of matter"), required=False)
    important = forms.ChoiceField(
        label=_("Three Importants and One Large"),
        required=False,
        choices=[("", _("all")), ("yes", _("only these"))],
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    owner = forms.ModelChoiceField(
        label=_("Person in charge"), required=False, queryset=Member.objects.none(), empty_label=_("all")
    )

    def __init__(self, data, *, decisions: DecisionQuerySet) -> None:
        """``decisions``: what the reader may see; its years and owners are the choices."""
        super().__init__(data)
        everything = [("", _("all"))]
        years = decisions.order_by().exclude(meeting=None).values_list("meeting__starts_at__year", flat=True)
        self.fields["year"].choices = [
            *everything,
            *((year, str(year)) for year in sorted(set(years.distinct()), reverse=True)),
        ]
        self.fields["state"].choices = [
            *everything,
            (self.OPEN, _("not voted on yet")),
            (self.TO_TAKE_UP, _("deferred, to be taken up again")),
            (self.VALID, _("decided, whatever became of it")),
            (self.OVERDUE, _("overdue")),
            *Decision.State.choices,
        ]
        self.fields["matter"].choices = [*everything, *Matter.choices]
        self.fields["owner"].queryset = Member.objects.filter(pk__in=decisions.order_by().values("owner"))

    def narrow(self, decisions: DecisionQuerySet) -> DecisionQuerySet:
        """What matches every valid filter; a filter nobody offers is left aside."""
        self.is_valid()
        chosen = self.cleaned_data
        named = {
            self.OPEN: decisions.open,
            self.TO_TAKE_UP: decisions.to_be_taken_up,
            self.VALID: decisions.valid,
            self.OVERDUE: lambda: decisions.overdue_on(timezone.localdate()),
        }
        state = chosen.get("state")
        if state:
            decisions = named[state]() if state in named else decisions.filter(state=state)
        if chosen.get("matter"):
            decisions = decisions.filter(matter=chosen["matter"])
        if chosen.get("important"):
            decisions = decisions.important()
        if chosen.get("year"):
            decisions = decisions.of_year(chosen["year"])
        if chosen.get("owner"):
            decisions = decisions.filter(owner=chosen["owner"])
        return decisions.search(chosen.get("q") or "")
