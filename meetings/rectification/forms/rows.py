"""Rows of a page of which each is taken or left."""

from __future__ import annotations

from django import forms


class ChosenRow(forms.ModelForm):
    """A row with ``is_chosen``; what nobody chose is not checked and says nothing wrong."""

    @property
    def is_wanted(self) -> bool:
        return bool(self["is_chosen"].data)

    def full_clean(self) -> None:
        if self.is_bound and not self.is_wanted:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()
