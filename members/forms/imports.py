"""An import of members: the file, and which column goes where."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import untagged
from members.importing import drafts, files
from members.importing.choices import MonthDates
from members.importing.columns import OPTIONAL, Column
from members.importing.files import Table

SAMPLES = 3


class FileForm(forms.Form):
    """The uploaded table, read: ``cleaned_data["file"]`` is a ``Table``."""

    file = forms.FileField(
        label=_("Table of members"),
        help_text=_("Excel (.xlsx) or .csv, up to 5,000 rows. Headings in Chinese or English, in any order."),
        widget=forms.ClearableFileInput(attrs={"accept": files.ACCEPTED}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean_file(self) -> Table:
        upload = self.cleaned_data["file"]
        return files.read(upload.read(files.MOST_BYTES + 1), upload.name)


class ColumnsForm(forms.Form):
    """A choice for every column of the table; ``lines`` shows each beside its heading and the first values in it."""

    month_dates = forms.ChoiceField(
        label=_("Dates without a day, as 2010.06"),
        help_text=_(
            "For steps into the Party and the beginning of work. A date of birth is completed from the identity number in "
            "either case."
        ),
        choices=MonthDates,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data,
        *,
        table: Table,
        proposed: Sequence[str],
        available: Sequence[Column],
        month_dates: str = MonthDates.REFUSE,
    ) -> None:
        super().__init__(data)
        self.fields["month_dates"].initial = month_dates
        options = [("", _("leave out")), *((column.name, column.title) for column in available)]
        self.table = table
        self.names = [f"column_{place}" for place in range(len(table.headings))]
        for place, heading in enumerate(table.headings):
            self.fields[self.names[place]] = forms.ChoiceField(
                label=heading or _("column %(number)s") % {"number": place + 1},
                choices=options,
                initial=proposed[place] if place < len(proposed) else "",
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def lines(self) -> list[tuple[forms.BoundField, list[str]]]:
        return [(self[name], self._samples(place)) for place, name in enumerate(self.names)]

    def _samples(self, place: int) -> list[str]:
        filled = [cells[place].strip() for _number, cells in self.table.rows if cells[place].strip()]
        return [text[:40] for text in filled[:SAMPLES]]

    def clean(self) -> dict:
        cleaned_data = super().clean()
        drafts.check_columns(self.chosen())
        return cleaned_data

    def chosen(self) -> list[str]:
        """The field of every column, "" for none."""
        return [self.cleaned_data.get(name, "") for name in self.names]


class LeaveOutForm(forms.Form):
    """The fields without which rows are imported whose value there is wrong."""

    fields_left_out = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_left_out"].choices = [(name, name) for name in sorted(OPTIONAL)]
