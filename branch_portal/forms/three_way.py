"""A model form that knows three texts: what its writer started from, what stands now, what was typed.

Every field carries along, hidden, the value the page was made with (its *base*). On submission a field
nobody else touched is saved, a field only somebody else touched keeps the other's value, and a field both
touched is an error beside the field that names the other person and quotes their text: nothing is
overwritten silently. Shown again, the page's base is what stands now, so saving once more is a choice.

The caller holds the lock on the row (``select_for_update``) from reading the instance to ``save``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

BASE_PREFIX = "base-"


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed: what the other one wrote, for a reader and as an input holds it."""

    theirs: str
    value: str
    by: str
    at: datetime | None


class ThreeWayModelForm(forms.ModelForm):
    """See the module. The model tells who changed it last by ``changed_by`` and ``changed_at``."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: dict[str, Conflict] = {}
        self.renewed: list[str] = []  # fields whose page shows what somebody else put in since it was made

    # --- bases -----------------------------------------------------------------------------------
    def base_name(self, name: str) -> str:
        return BASE_PREFIX + self.add_prefix(name)

    def has_base(self, name: str) -> bool:
        return self.is_bound and self.base_name(name) in self.data

    def base_of(self, name: str) -> Any:
        """The raw value the page was made with; what stands now if the page sent none."""
        if not self.has_base(name):
            return self.fields[name].prepare_value(self.initial.get(name))
        widget = self.fields[name].hidden_widget()
        value = _lines(widget.value_from_datadict(self.data, self.files, self.base_name(name)))
        if isinstance(value, list):
            return [one for one in value if one != ""]  # an empty choice is carried as one empty input
        return value

    def bases(self) -> SafeString:
        """The hidden inputs, to stand anywhere in the form."""
        names = [name for name in self.fields if not self._is_file(name)]
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', self._base_values(names))

    def _base_values(self, names: list[str]) -> Iterator[tuple[str, Any]]:
        for name in names:
            value = self.base_of(name)
            # An empty choice of several is carried too, or it would pass for a page without a base.
            for one in (value or [""]) if isinstance(value, (list, tuple)) else [value]:
                # A widget writes nothing at all for an empty value.
                yield self.base_name(name), _one_text(self.fields[name].hidden_widget().format_value(one))

    def _is_file(self, name: str) -> bool:
        return isinstance(self.fields[name], forms.FileField)

    # --- who changed what ------------------------------------------------------------------------
    def typed(self, name: str) -> Any:
        return _lines(self[name].data)

    def _mine(self, name: str) -> bool:
        """The writer changed the field."""
        field = self.fields[name]
        if field.disabled:
            return False
        if self._is_file(name) or not self.has_base(name):
            return field.has_changed(self.initial.get(name), self.typed(name))
        return field.has_changed(_parsed(field, self.base_of(name)), self.typed(name))

    def _theirs(self, name: str) -> bool:
        """Somebody else changed it since the page was made."""
        return self.has_base(name) and self.fields[name].has_changed(
            self.initial.get(name), self.base_of(name)
        )

    def _agree(self, name: str) -> bool:
        return not self.fields[name].has_changed(self.initial.get(name), self.typed(name))

    @property
    def changed_data(self) -> list[str]:
        return [name for name in self.fields if self._mine(name)]

    @property
    def was_changed_meanwhile(self) -> bool:
        """Somebody else changed any field since the page was made."""
        return any(self._theirs(name) for name in self.fields)

    # --- checking --------------------------------------------------------------------------------
    def _clean_fields(self) -> None:
        super()._clean_fields()
        self.cleaned_data = {name: _lines(value) for name, value in self.cleaned_data.items()}
        fresh = {}
        for name in list(self.fields):
            if not self._theirs(name):
                continue
            if not self._mine(name):
                self._keep_theirs(name)
            elif not self._agree(name):
                self._report(name)
            fresh[name] = self.fields[name].prepare_value(self.initial.get(name))
        self.renewed = list(fresh)
        self._rebase(fresh)

    def _keep_theirs(self, name: str) -> None:
        self._errors.pop(name, None)
        standing = self.fields[name].prepare_value(self.initial.get(name))
        self._set(self.add_prefix(name), standing)
        try:
            self.cleaned_data[name] = self.fields[name].clean(standing)
        except forms.ValidationError as error:  # a row taken out meanwhile, a person who has left
            self.add_error(name, error)

    def _report(self, name: str) -> None:
        conflict = Conflict(
            theirs=self._shown(name),
            value=self.input_text(name, self.initial.get(name)),
            by=str(getattr(self.instance, "changed_by", None) or _("somebody")),
            at=getattr(self.instance, "changed_at", None),
        )
        self.conflicts[name] = conflict
        self.add_error(
            name,
            forms.ValidationError(
                _(
                    "%(who)s changed this at %(time)s to: “%(theirs)s”. Yours is kept here; saving again replaces theirs."
                ),
                code="conflict",
                params={"who": conflict.by, "time": _clock(conflict.at), "theirs": conflict.theirs},
            ),
        )

    def input_text(self, name: str, value: Any) -> str:
        """A stored value as the text of its input."""
        field = self.fields[name]
        shown = field.widget.format_value(field.prepare_value(value))
        if isinstance(shown, (list, tuple)):
            shown = shown[0] if shown else ""
        return "" if shown is None else str(shown)

    def _shown(self, name: str) -> str:
        """The other's value as a reader sees it: a choice by its label, rich text without its tags."""
        value = self.initial.get(name)
        field = self.fields[name]
        if isinstance(value, (list, tuple, models.QuerySet)):
            return self._shown_choices(field, value)
        display = getattr(self.instance, f"get_{name}_display", None)
        if display:
            return str(display())
        if isinstance(field, forms.ModelChoiceField):
            return str(getattr(self.instance, name) or "–")
        return strip_tags(str(field.prepare_value(value) or "–")).strip()

    def _shown_choices(self, field: forms.Field, values) -> str:
        """Several choices by their labels."""
        keys = {str(one) for one in field.prepare_value(values)}
        labels = [str(label) for key, label in field.choices if str(key) in keys]
        return ", ".join(labels) or "–"

    # --- shown again -----------------------------------------------------------------------------
    def _rebase(self, fresh: dict[str, Any]) -> None:
        for name, value in fresh.items():
            self._set(self.base_name(name), value)

    def _set(self, key: str, value: Any) -> None:
        if not getattr(self.data, "_mutable", True):
            self.data = self.data.copy()
        values = value if isinstance(value, (list, tuple)) else [value]
        texts = ["" if one is None else str(one) for one in values]
        if hasattr(self.data, "setlist"):
            self.data.setlist(key, texts)
        else:
            self.data[key] = texts if isinstance(value, (list, tuple)) else texts[0]


def _one_text(shown: Any) -> str:
    """Widgets of several values format even one as a list."""
    if isinstance(shown, (list, tuple)):
        shown = shown[0] if shown else ""
    return "" if shown is None else shown


def _lines(value: Any) -> Any:
    """Browsers send \\r\\n; the database holds \\n."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _parsed(field: forms.Field, raw: Any) -> Any:
    """The base as a value the field can compare with; a base that does not parse counts as changed."""
    if isinstance(field, forms.ModelChoiceField):
        return raw  # compares keys by itself, without a query
    try:
        return field.to_python(raw)
    except forms.ValidationError:
        return raw


def _clock(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "H:i") if moment else "–"
