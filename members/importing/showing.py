"""Findings as a reader sees them: labels instead of names, days and choices in the own language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from members.importing import columns
from members.importing.checking import Difference, Fate, RowResult
from members.importing.columns import Kind, Of

_TITLES: dict[Fate, tuple[Promise, str, str]] = {
    Fate.ERROR: (gettext_lazy("with errors"), "x-octagon", "state-bad"),
    Fate.NEW: (pgettext_lazy("rows", "new"), "person-plus", "state-good"),
    Fate.CHANGED: (pgettext_lazy("rows", "changed"), "pencil", "state-info"),
    Fate.UNCHANGED: (pgettext_lazy("rows", "unchanged"), "check", "state-quiet"),
}


@dataclass(frozen=True)
class Tab:
    """One fate with how many rows have it."""

    fate: str
    title: Promise
    icon: str
    count: int
    is_shown: bool


@dataclass(frozen=True)
class Line:
    """A row of the preview."""

    number: int
    name: str
    member: int | None
    title: Promise
    icon: str
    css: str
    errors: list[tuple[str, str]]
    differences: list[tuple[str, str, str, bool]]  # label, before, after, whether the texts are not shown


def chosen_fate(asked: str | None, counts: Mapping[Fate, int]) -> Fate:
    """The one that is asked for; otherwise the first that any row has, errors before everything."""
    if asked in set(Fate):
        return Fate(asked)
    return next((fate for fate in _TITLES if counts[fate]), Fate.NEW)


def tabs(counts: Mapping[Fate, int], shown: Fate) -> list[Tab]:
    return [
        Tab(fate.value, title, icon, counts[fate], fate == shown)
        for fate, (title, icon, _css) in _TITLES.items()
    ]


def line(result: RowResult) -> Line:
    title, icon, css = _TITLES[result.fate]
    return Line(
        result.number,
        result.name or "–",
        result.member,
        title,
        icon,
        css,
        [(columns.BY_NAME[name].title if name else _("the row"), reason) for name, reason in result.errors],
        [_difference(difference) for difference in result.differences],
    )


def _difference(difference: Difference) -> tuple[str, str, str, bool]:
    name, before, after = difference
    column = columns.BY_NAME[name]
    return column.title, _shown(column, before), _shown(column, after), column.of is Of.SENSITIVE


def _shown(column: columns.Column, text: str) -> str:
    if not text:
        return "–"
    if column.kind is Kind.DAY:
        return date_format(datetime.date.fromisoformat(text), "DATE_FORMAT")
    if column.kind is Kind.CHOICE:
        return columns.labels_of(column.name).get(text, text)
    return text
