"""Important matters: the register of Three Importants and One Large, of signed minutes."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branch_portal.documents.paper import Paper
from branch_portal.workbook.occasion import Occasion
from meetings.decisions.models import Decision
from meetings.decisions.register import register_of
from meetings.models import Meeting


def important_matters(occasion: Occasion) -> Paper:
    """By the year the meeting was for, as everything in the book."""
    found = Decision.objects.important().discussed().filter(meeting__for_year=occasion.year)
    signed = found.filter(meeting__state=Meeting.State.SIGNED_OFF)
    paper = register_of(signed, occasion.year)
    unsigned = found.exclude(meeting__state=Meeting.State.SIGNED_OFF).count()
    note = _("The register of Three Importants and One Large, of signed minutes.")
    if unsigned:
        note += "\n" + ngettext(
            "%(number)d more matter stands in minutes that are not signed.",
            "%(number)d more matters stand in minutes that are not signed.",
            unsigned,
        ) % {"number": unsigned}
    return dataclasses.replace(paper, title=_("Important matters"), note=note, signatures=())
