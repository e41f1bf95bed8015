"""The ledger on paper, for the Word file and for the page to print: what it says, and the head of its history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branch_portal.documents.paper import Fact, Facts, Paper, Table
from meetings.rectification.models import LedgerEntry
from meetings.rectification.verification import head_of_history
from members.models import BranchProfile

_WIDTHS = (20, 40, 30, 37, 17, 17, 24, 20, 20)  # millimetres, as A4 lies


def ledger(entries: Iterable[LedgerEntry], today: datetime.date, *, year: int | None) -> Paper:
    """The entries in the order given. What is personal is left out by whoever chose them."""
    title = (
        _("Rectification ledger for the year %(year)d") % {"year": year}
        if year
        else _("Rectification ledger")
    )
    rows = [_row(entry, today) for entry in entries]
    header = (
        _("number"),
        _("problem"),
        _("root cause"),
        _("rectification measure"),
        _("leader in charge"),
        _("person in charge"),
        _("to be done by"),
        _("state"),
        _("check"),
    )
    number, head = head_of_history()
    facts = [Fact(_("branch"), BranchProfile.load()), Fact(_("as of"), today)]
    return Paper(
        title,
        [Facts(facts), Table(header, rows, heading=_("Entries"), widths=_WIDTHS)],
        signatures=(_("Secretary"), _("Discipline commissioner")),
        note=_(
            "Head of the ledger's history: event %(number)d, %(head)s. As long as the history is whole, this hash is in it."
        )
        % {"number": number, "head": _in_groups(head)},
        is_landscape=True,
    )


def _row(entry: LedgerEntry, today: datetime.date) -> tuple:
    state = entry.get_state_display()
    if entry.is_overdue_on(today):
        state = f"{state}\n{_('overdue')}"
    check = ""
    if entry.checker:
        check = f"{entry.check_opinion}\n{entry.checker}\n{entry.closed_on.isoformat()}"
    due = entry.due_on or pgettext("instead of a day", "long-term")
    return (
        entry.label,
        entry.problem,
        entry.cause,
        entry.measure,
        entry.leader,
        entry.in_charge,
        due,
        state,
        check,
    )


def _in_groups(head: str) -> str:
    """Eight digits and a blank: easier to type again."""
    return " ".join(head[start : start + 8] for start in range(0, len(head), 8))
