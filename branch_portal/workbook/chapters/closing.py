"""The year in figures with room for the secretary's summary, and the page of the handover."""

from __future__ import annotations

from django.utils.translation import gettext as _

from branch_portal.documents.paper import Blank, Fact, Facts, Paper
from branch_portal.workbook.figures.paper import tables_of
from branch_portal.workbook.figures.reading import figures_of
from branch_portal.workbook.occasion import Occasion


def summary(occasion: Occasion) -> Paper:
    return Paper(
        _("Summary of the year"),
        [
            *tables_of(figures_of(occasion)),
            Blank(
                _("Summary in words"),
                _(
                    "The secretary writes the summary of the year; the committee discusses it before it is "
                    "reported to the members' meeting."
                ),
                ruled=24,
            ),
        ],
        signatures=(_("Secretary"), _("Date")),
    )


def handover(occasion: Occasion) -> Paper:
    return Paper(
        _("Handover"),
        [
            Facts(
                [
                    Fact(_("Party branch"), occasion.branch, is_wide=True),
                    Fact(_("Workbook for the year"), occasion.year),
                    Fact(_("printed on"), occasion.today),
                ]
            ),
            Blank(
                _("Handed over with this workbook"),
                _(
                    "Whoever hands over enters the papers, files, seals and accounts that go with it; whoever "
                    "takes over checks them."
                ),
                ruled=8,
            ),
        ],
        signatures=(_("Handed over by"), _("Taken over by"), _("Witness"), _("Date")),
    )
