"""Paper: who gets a sheet, and what the sheets say."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.models import PaperCount, Question, Voter
from members.forms.fields import untagged

_MOST = 9999


class IssueForm(forms.Form):
    voter = forms.ModelChoiceField(
        queryset=Voter.objects.none(),
        label=_("Who is handed a paper ballot"),
        empty_label=_("choose a person"),
    )

    def __init__(self, *args, voters, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voter"].queryset = voters
        self.helper = untagged()


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=_MOST, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class PaperCountForm(forms.Form):
    """The totals of all sheets: three of the whole, and in each row the marks of every answer and the spoiled rows.

    Nothing is filled in before: two people type what they read, each for themselves.
    """

    returned = _number(_("ballots returned"))
    invalid = _number(_("of these invalid"))
    blank = _number(_("of these blank"))

    def __init__(self, *args, questions: list[Question], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            for index, label in enumerate(question.labels):
                self.fields[f"q{question.position}-{index}"] = _number(f"{question} · {label}")
            self.fields[f"q{question.position}-spoiled"] = _number(f"{question} · {_('row with two marks')}")
        self.helper = untagged()

    def rows(self):
        """For the page: each question with its inputs and their short labels, the spoiled rows last."""
        for question in self.questions:
            inputs = [
                (label, self[f"q{question.position}-{index}"]) for index, label in enumerate(question.labels)
            ]
            yield question, [*inputs, (_("row with two marks"), self[f"q{question.position}-spoiled"])]

    def whole(self):
        return [(self[name].label, self[name]) for name in ("returned", "invalid", "blank")]

    def count(self) -> PaperCount:
        """Without ballot and person."""
        typed = self.cleaned_data
        return PaperCount(
            returned=typed["returned"],
            invalid=typed["invalid"],
            blank=typed["blank"],
            marks=[
                [typed[f"q{each.position}-{index}"] for index in range(len(each.answers))]
                for each in self.questions
            ],
            invalid_rows=[typed[f"q{each.position}-spoiled"] for each in self.questions],
        )

    def show_refusal(self, refusal: ValidationError) -> None:
        """What the action refused, beside the row it is about."""
        by_field = getattr(refusal, "error_dict", None) or {"": refusal.error_list}
        for error in [each for errors in by_field.values() for each in errors]:
            row = (error.params or {}).get("row")
            name = None if row is None else f"q{self.questions[row].position}-0"
            self.add_error(name, error)
