"""Filters above a list. They live in the address; a value that makes no sense filters nothing."""

from __future__ import annotations

from django import forms


class FilterForm(forms.Form):
    """Dressed as every list has them: words in a box, choices in a menu, a tick in a box to tick."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = _look_of(field.widget)

    @property
    def is_used(self) -> bool:
        """Anything is asked for."""
        self.is_valid()
        return any(self.cleaned_data.values())


def _look_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
