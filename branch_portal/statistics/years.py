"""Which years there is anything to tell of, and which one is asked for."""

from __future__ import annotations

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from meetings.models import Meeting
from members.models import PartyGroup, Training


class YearForm(FilterForm):
    """The year in the address; without one, or with one that makes no sense, this year. Two queries."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, data) -> None:
        super().__init__(data)
        this_year = timezone.localdate().year
        first = Meeting.objects.aggregate(first=Min("for_year"))["first"]
        course = Training.objects.aggregate(first=Min("ended_on"))["first"]
        earliest = min(first or this_year, course.year if course else this_year, this_year)
        self.fields["year"].choices = [(year, str(year)) for year in range(this_year, earliest - 1, -1)]

    @property
    def chosen(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("year") or timezone.localdate().year


class PeopleOfYearForm(YearForm):
    """The year, and of whom the figures are shown."""

    group = forms.ModelChoiceField(
        PartyGroup.objects.all(), label=_("Party group"), required=False, empty_label=_("all")
    )
    show = forms.ChoiceField(
        label=_("Study hours"),
        required=False,
        choices=[("", _("all")), ("behind", _("fewer than asked for"))],
    )
