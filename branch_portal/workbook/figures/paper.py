"""The figures as tables of a paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table, Text
from branch_portal.workbook.figures.shapes import FigureTable
from branch_portal.workbook.occasion import Occasion

_LABEL, _WIDTH = 70, 156  # millimetres: of the labels, of the whole


def title_of(year: int) -> str:
    return _("Figures of the year %(year)d") % {"year": year}


def figures_paper(figures: Iterable[FigureTable], occasion: Occasion) -> Paper:
    """A paper of its own."""
    return Paper(
        title_of(occasion.year),
        tables_of(figures),
        note=_("%(branch)s, as of %(day)s.")
        % {"branch": occasion.branch, "day": date_format(occasion.today, "DATE_FORMAT")},
    )


def tables_of(figures: Iterable[FigureTable]) -> list[Table | Text]:
    """A table each, its note under it."""
    found: list[Table | Text] = []
    for each in figures:
        if each.rows:
            columns = len(each.header) - 1
            widths = (_LABEL, *[(_WIDTH - _LABEL) // columns] * columns)
            found.append(Table(each.titles, each.rows, heading=each.title, widths=widths))
            if each.note:
                found.append(Text("", [each.note]))
        else:
            found.append(Text(each.title, [each.note]))
    return found
