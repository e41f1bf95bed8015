"""Chapters of which the portal keeps little or nothing: talks, whose content is private, and Party dues."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Blank, Fact, Facts, Paper
from branch_portal.workbook.occasion import Occasion
from meetings.duties import elsewhere
from meetings.duties.vocabulary import TALKS


def talks(occasion: Occasion) -> Paper:
    """How many pairs had their talk, where an app counts them (``meetings.duties.elsewhere``); never who, never what."""
    heading = _("Heart-to-heart talks")
    tally = elsewhere.tallies(occasion.year, occasion.today).get(TALKS)
    if tally is None:
        words = _(
            "Talks are not kept in the portal. The secretary enters how many were held; who talked with whom "
            "about what is private and kept apart."
        )
        return Paper(heading, [Blank("", words)])
    facts = [
        Fact(_("pairs that are asked to talk"), tally.asked),
        Fact(_("pairs that had a talk"), tally.done),
    ]
    return Paper(
        heading,
        [Facts(facts)],
        note=_("Who talked with whom, and about what, is private and kept apart."),
    )


def dues(occasion: Occasion) -> Paper:
    months = [date_format(datetime.date(occasion.year, month, 1), "F") for month in range(1, 13)]
    return Paper(
        _("Party dues"),
        [
            Blank(
                "",
                _(
                    "Party dues are not kept in the portal. The organization commissioner enters them month "
                    "by month from the receipts."
                ),
                header=(
                    _("month"),
                    _("members who paid"),
                    _("sum (yuan)"),
                    _("passed on, on"),
                    _("entered by"),
                ),
                labels=[*months, _("whole year")],
                widths=(30, 32, 34, 32, 28),
            )
        ],
    )
