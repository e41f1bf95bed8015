"""The register of Three Importants and One Large of one year, as a paper: for the Word file and for the page to print."""

from __future__ import annotations

from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table
from meetings.decisions.models import Decision
from meetings.decisions.querysets import DecisionQuerySet
from members.models import BranchProfile


def years() -> list[int]:
    """The years that have entries, and this one; the newest first."""
    found = Decision.objects.important().exclude(meeting=None).order_by()
    have = found.annotate(year=ExtractYear("meeting__starts_at")).values_list("year", flat=True)
    return sorted({*have, timezone.localdate().year}, reverse=True)


def register(year: int) -> Paper:
    """Everything of the year that a meeting discussed, passed or not, in the order of the meetings."""
    return register_of(Decision.objects.important().of_year(year).discussed(), year)


def register_of(found: DecisionQuerySet, year: int) -> Paper:
    """The same of decisions that somebody else chose."""
    found = found.with_names().prefetch_related("follow_ups")
    entries = list(found.order_by("meeting__starts_at", "pk"))
    header = (
        _("no."),
        _("day, meeting"),
        _("category, matter, amount"),
        _("proposed by"),
        _("research, check of risks"),
        _("vote and result"),
        _("person in charge, by when"),
        _("execution, publication"),
    )
    rows = [_row(number, entry) for number, entry in enumerate(entries, start=1)]
    return Paper(
        title=_("Register of Three Importants and One Large for %(year)d") % {"year": year},
        parts=[Table(header, rows, widths=(10, 32, 44, 18, 36, 36, 22, 27))],
        signatures=(_("Secretary"), _("Discipline commissioner"), _("Date")),
        note=str(BranchProfile.load()),
        is_landscape=True,
    )


def _row(number: int, entry: Decision) -> tuple:
    day = timezone.localdate(entry.meeting.starts_at)
    return (
        number,
        _lines(day.isoformat(), entry.meeting.title),
        _lines(entry.category, entry.title, _amount(entry)),
        entry.proposer,
        _lines(entry.research, entry.risk_check),
        _lines(entry.get_state_display(), _vote(entry), entry.deferred_because),
        _lines(entry.owner, entry.deadline.isoformat() if entry.deadline else ""),
        _lines(
            *(f"{note.on.isoformat()} {note.text}" for note in entry.follow_ups.all()), _publication(entry)
        ),
    )


def _lines(*parts: object) -> str:
    return "\n".join(str(part) for part in parts if part)


def _amount(entry: Decision) -> str:
    return _("%(amount)s yuan") % {"amount": f"{entry.amount:,.2f}"} if entry.amount is not None else ""


def _vote(entry: Decision) -> str:
    if not entry.was_voted_on:
        return ""
    counted = _("Due %(due)d, present %(present)d: yes %(yes)d, no %(no)d, abstentions %(abstain)d.") % {
        name: getattr(entry, name) for name in ("due", "present", "yes", "no", "abstain")
    }
    return f"{counted}\n{entry.reason}"


def _publication(entry: Decision) -> str:
    if entry.published_on is None:
        return ""
    return _("Made public on %(day)s. %(where)s") % {
        "day": date_format(entry.published_on, "DATE_FORMAT"),
        "where": entry.publication,
    }
