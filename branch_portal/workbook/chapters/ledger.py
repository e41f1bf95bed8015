"""The rectification ledger of the year; entries of single members are not in the book (R-8.4)."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper
from branch_portal.workbook.occasion import Occasion
from meetings.rectification.models import LedgerEntry
from meetings.rectification.paper import ledger
from meetings.rectification.states import Level


def rectification(occasion: Occasion) -> Paper:
    entries = LedgerEntry.objects.filter(year=occasion.year, level=Level.COMMITTEE).in_order_of_number()
    paper = ledger(entries, occasion.today, year=occasion.year)
    return dataclasses.replace(paper, title=_("Rectification ledger"), signatures=())
