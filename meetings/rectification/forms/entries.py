"""An entry: entered by hand, changed, entered again, and the problems of a life meeting."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.models import Problem
from meetings.rectification import workflow
from meetings.rectification.forms import people
from meetings.rectification.forms.rows import ChosenRow
from meetings.rectification.models import LedgerEntry
from meetings.rectification.states import Level, State
from members.forms.fields import DayInput, untagged
from members.models import User

FIRST_YEAR, LAST_YEAR = 1921, 2200
_TEXTS = {name: forms.Textarea(attrs={"rows": 3}) for name in ("problem", "cause", "measure")}
_DAYS = {name: DayInput() for name in ("started_on", "due_on")}


class NewEntryForm(forms.ModelForm):
    """By hand. ``levels``: whose entries the user keeps; without a choice the level is not asked."""

    class Meta:
        model = LedgerEntry
        fields: ClassVar = [
            "year",
            "level",
            "source",
            "problem",
            "cause",
            "measure",
            "leader",
            "in_charge",
            "started_on",
            "due_on",
        ]
        widgets: ClassVar = {**_TEXTS, **_DAYS}

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = people.choices()
        for name in ("leader", "in_charge"):
            people.offer(self.fields[name], names, self._chosen(name))
        levels = [level for level in Level if workflow.keeps(by, level)]
        self.fields["level"].choices = [(level.value, level.label) for level in levels]
        self.fields["level"].help_text = _(
            "An entry of a single member is seen by that person, the secretary and the discipline commissioner alone."
        )
        if self.instance.recurs_from_id or len(levels) == 1:
            del self.fields["level"]
        self.fields["year"].widget.attrs.update(min=FIRST_YEAR, max=LAST_YEAR)
        self.fields["due_on"].required = True
        if self.instance.is_personal:
            del self.fields["leader"], self.fields["in_charge"]
        today = timezone.localdate()
        self.initial["year"] = self.initial.get("year") or today.year
        self.initial["started_on"] = self.initial.get("started_on") or today
        self.helper = untagged()

    def _chosen(self, name: str):
        return getattr(self.instance, name) if getattr(self.instance, f"{name}_id") else None

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_("Enter a year with four digits."))
        return year


class EntryForm(ThreeWayModelForm):
    """What an entry says, while it is worked on. Its day is changed by an extension once the work has begun."""

    class Meta:
        model = LedgerEntry
        fields: ClassVar = ["problem", "cause", "measure", "leader", "in_charge", "started_on", "due_on"]
        widgets: ClassVar = {**_TEXTS, **_DAYS}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = people.choices()
        people.offer(self.fields["leader"], names, self.instance.leader)
        people.offer(self.fields["in_charge"], names, self.instance.in_charge)
        if self.instance.is_personal:
            del self.fields["leader"], self.fields["in_charge"]
        if self.instance.state != State.OPEN:
            del self.fields["due_on"]
        else:
            self.fields["due_on"].required = True
        self.helper = untagged()


class ProblemEntryForm(ChosenRow):
    """A recorded problem on its way into the ledger; what the minutes say is filled in."""

    is_chosen = forms.BooleanField(label=_("Put it into the ledger"), required=False, initial=True)

    class Meta:
        model = LedgerEntry
        fields: ClassVar = ["measure", "leader", "in_charge", "due_on"]
        widgets: ClassVar = {"measure": _TEXTS["measure"], "due_on": DayInput()}

    field_order: ClassVar = ["is_chosen", "measure", "leader", "in_charge", "due_on"]

    def __init__(self, *args, problem: Problem, names: list[tuple[str, str]], **kwargs) -> None:
        self.problem = problem
        entry = LedgerEntry(
            problem_row=problem.pk,
            level=problem.level,
            year=problem.meeting.for_year,
            problem=problem.description,
            cause=problem.cause,
            measure=problem.measure,
            in_charge=problem.in_charge,
            due_on=problem.due_on,
            started_on=timezone.localdate(problem.meeting.starts_at),
        )
        super().__init__(*args, instance=entry, prefix=str(problem.pk), **kwargs)
        people.offer(self.fields["in_charge"], names, problem.in_charge)
        people.offer(self.fields["leader"], names)
        if entry.is_personal:
            del self.fields["leader"]
            self.fields["in_charge"].label = _("Member whose problem it is")
        self.fields["due_on"].required = True
        self.helper = untagged()
