"""Findings as a reader sees them: labels instead of names, days and choices in the own language."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
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
    omitted: list[tuple[str, str]]
    months: list[str]  # the fields whose day is taken to be the first of the month
    differences: list[tuple[str, str, str, bool]]  # label, before, after, whether the texts are not shown


@dataclass(frozen=True)
class Counted:
    """A field with the number of rows that something is the matter with there. ``is_chosen``: it is left out."""

    name: str
    title: str
    count: int
    is_chosen: bool = False


OMITTED = "omitted"  # the tab of rows that are imported without something


def counts(results: Iterable[RowResult]) -> Counter:
    """How many rows each tab has."""
    found = Counter()
    for result in results:
        found[result.fate] += 1
        found[OMITTED] += belongs(result, OMITTED)
    return found


def belongs(result: RowResult, tab: str) -> bool:
    """Whether the row stands under the tab."""
    return bool(result.omitted) and not result.errors if tab == OMITTED else result.fate == tab


def chosen_tab(asked: str | None, counts: Mapping[str, int]) -> str:
    """The one that is asked for; otherwise the first that has any row, errors before everything."""
    if asked in {*Fate, OMITTED}:
        return asked
    return next((fate for fate in _TITLES if counts[fate]), Fate.NEW)


def tabs(counts: Mapping[str, int], shown: str) -> list[Tab]:
    found = [
        Tab(fate.value, title, icon, counts[fate], fate == shown)
        for fate, (title, icon, _css) in _TITLES.items()
    ]
    if counts[OMITTED] or shown == OMITTED:
        found.append(
            Tab(OMITTED, _("with something left out"), "scissors", counts[OMITTED], shown == OMITTED)
        )
    return found


def fields_counted(names: Iterable[Iterable[str]]) -> list[Counted]:
    """``names``: those of every row."""
    found = Counter(name for each in names for name in set(each))
    return [
        Counted(name, column.title, found[name]) for name, column in columns.BY_NAME.items() if found[name]
    ]


def fields_of(counted: Mapping[str, int]) -> list[Counted]:
    """In the order of the columns."""
    return [
        Counted(name, each.title, counted[name]) for name, each in columns.BY_NAME.items() if name in counted
    ]


def omitted_lines(omitted: Iterable[tuple[int, str, str, str]]) -> list[tuple[int, str, str, str]]:
    """Row, person, the field's title, reason."""
    return [(number, person, columns.BY_NAME[name].title, why) for number, person, name, why in omitted]


def leave_out(results: Iterable[RowResult], chosen: Collection[str]) -> list[Counted]:
    """What rows could come without, or do already."""
    found = Counter(name for result in results for name in result.optional)
    return [
        Counted(name, column.title, found[name], name in chosen)
        for name, column in columns.BY_NAME.items()
        if found[name] or name in chosen
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
        [(columns.BY_NAME[name].title, reason) for name, reason in result.omitted],
        [columns.BY_NAME[name].title for name in result.months],
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
