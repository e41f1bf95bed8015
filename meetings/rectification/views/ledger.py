"""The ledger: as a list, as a board by state, on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branch_portal.documents import official
from branch_portal.documents.responses import word_response
from branch_portal.paging import page_context
from meetings.rectification.forms.filters import EntryFilterForm
from meetings.rectification.models import LedgerEntry
from meetings.rectification.paper import ledger
from meetings.rectification.states import Level, State
from members.permissions import Capability, requires

_CLOSED_ON_BOARD = 10


@dataclass
class Column:
    """The entries of one state; ``hidden``: how many more there are."""

    state: State
    entries: list[LedgerEntry]
    hidden: int = 0


@requires(Capability.READ_LEDGER)
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    filters, found = _narrowed(request)
    context = {"filters": filters, "is_filtered": any(request.GET.values()), "section": "rectification"}
    return render(
        request, "rectification/list.html", context | page_context(found.listed(), request.GET.get("page"))
    )


@requires(Capability.READ_LEDGER)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    filters, found = _narrowed(request)
    of_state = {state: Column(state, []) for state in State}
    for entry in found.listed():
        of_state[State(entry.state)].entries.append(entry)
    closed = of_state[State.CLOSED]
    closed.hidden = max(0, len(closed.entries) - _CLOSED_ON_BOARD)
    closed.entries = closed.entries[:_CLOSED_ON_BOARD]
    context = {
        "filters": filters,
        "is_filtered": any(request.GET.values()),
        "columns": list(of_state.values()),
        "section": "rectification",
    }
    return render(request, "rectification/board.html", context)


@requires(Capability.READ_LEDGER)
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The branch's entries; personal ones only where the filter asks for them alone, to be put into nobody else's hands."""
    filters, found = _narrowed(request)
    if request.GET.get("level") != Level.MEMBER:
        found = found.filter(level=Level.COMMITTEE)
    year = filters.cleaned_data.get("year")
    paper = ledger(found.in_order_of_number(), timezone.localdate(), year=year)
    if request.GET.get("as") == "word":
        return word_response(official.write_papers([paper], paper.title), paper.title)
    query = request.GET.copy()
    query["as"] = "word"
    context = {
        "papers": [paper],
        "title": paper.title,
        "word_query": query.urlencode(),
        "section": "rectification",
    }
    return render(request, "rectification/print.html", context)


def _narrowed(request: HttpRequest):
    visible = LedgerEntry.objects.visible_to(request.user)
    filters = EntryFilterForm(request.GET, entries=visible)
    return filters, filters.narrow(visible)
