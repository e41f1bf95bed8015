"""The year as it was asked for and as it went: the duty calendar in words, and all meetings in the order of their days."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branch_portal.documents.paper import Blank, Paper, Table
from branch_portal.workbook.occasion import Occasion
from meetings.duties.calendar import Cell, Row
from meetings.duties.vocabulary import DUTY_LABELS, Status
from meetings.duties.wording import asked_in_words
from meetings.wording import listed


def year_plan(occasion: Occasion) -> Paper:
    rows = [_duty(row, occasion) for row in occasion.duties.rows]
    header = (
        _("duty"),
        pgettext("duties", "asked for"),
        pgettext("months of a duty", "held in"),
        pgettext("months of a duty", "planned for"),
        pgettext("months of a duty", "missing in"),
        pgettext("duties", "kept"),
    )
    meetings = [
        (
            told.day,
            told.meeting.title,
            listed(map(str, told.meeting.kind_labels)),
            told.meeting.get_state_display(),
        )
        for told in occasion.meetings.all
    ]
    return Paper(
        _("Year plan"),
        [
            Blank(
                _("Main tasks of the year"),
                _("The secretary enters the tasks that the committee has set for the year."),
                ruled=6,
            ),
            Table(header, rows, heading=_("Duties month by month"), widths=(36, 34, 26, 18, 26, 16)),
            Table(
                (_("day"), _("title"), _("kinds"), _("state")),
                meetings,
                heading=_("All meetings for the year"),
                widths=(28, 60, 44, 24),
            ),
        ],
        note=_("Months are given by their numbers; “+1” is January of the next year."),
    )


def _duty(row: Row, occasion: Occasion) -> tuple:
    label = capfirst(str(DUTY_LABELS[row.kind]))
    if row.group is not None:
        label = f"{label}\n{occasion.kept.groups[row.group]}"
    asked = ", ".join(dict.fromkeys(asked_in_words(period.rule) for period in row.periods))
    return (
        label,
        asked,
        _months(row, occasion, lambda cell: cell.status == Status.KEPT),
        _months(row, occasion, lambda cell: cell.status == Status.PLANNED),
        _months(row, occasion, lambda cell: cell.status == Status.MISSING),
        _("%(kept)d of %(asked)d") % {"kept": row.kept, "asked": row.asked},
    )


def _months(row: Row, occasion: Occasion, belongs: Callable[[Cell], bool]) -> str:
    """Three or more in a row as a span."""
    spans: list[list[int]] = []
    for place, cell in enumerate(row.cells):
        if not belongs(cell):
            continue
        if spans and spans[-1][-1] == place - 1:
            spans[-1].append(place)
        else:
            spans.append([place])
    told = []
    for span in spans:
        months = [_month(row.cells[place], occasion.year) for place in span]
        told += months if len(months) < 3 else [f"{months[0]}–{months[-1]}"]
    return listed(told)


def _month(cell: Cell, year: int) -> str:
    return f"+{cell.month.month}" if cell.month.year > year else str(cell.month.month)
