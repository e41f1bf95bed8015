"""A select of people's names whose options are written once for the whole page.

A record has dozens of such selects; Django's own would draw every name in every one of them anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Names:
    """Keys with their labels, and the options that offer them."""

    labels: dict[str, str]
    options: SafeString

    @classmethod
    def of(cls, choices: Iterable[tuple]) -> Names:
        labels = {str(key): str(label) for key, label in choices}
        options = format_html_join("", '<option value="{}">{}</option>', labels.items())
        return cls(labels, options)


class NamesSelect(forms.Select):
    """Offers ``names`` (set by the page) and whatever is chosen already, in ``also``."""

    names: Names | None = None
    also: tuple[str, str] | None = None

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        if self.names is None:
            return super().render(name, value, attrs, renderer)
        chosen = "" if value is None else str(value)
        more = format_html('<option value="{}">{}</option>', *self.also) if self.also else ""
        options = format_html('<option value="">—</option>{}{}', self.names.options, more)
        plain = format_html('<option value="{}">', chosen)
        marked = format_html('<option value="{}" selected>', chosen)
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        # Every piece was escaped when it was made.
        listed = mark_safe(options.replace(plain, marked, 1))  # noqa: S308
        return format_html("<select{}>{}</select>", flatatt(built), listed)
