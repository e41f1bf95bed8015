"""The list of decisions, one decision's page, and the register for paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from branch_portal.documents import official
from branch_portal.documents.responses import word_response
from branch_portal.paging import page_context
from meetings.decisions import workflow
from meetings.decisions.forms.filters import DecisionFilter
from meetings.decisions.models import Category, Decision
from meetings.decisions.register import register as register_of
from meetings.decisions.register import years
from meetings.decisions.views.fetching import visible_decision
from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def decision_list(request: HttpRequest) -> HttpResponse:
    visible = Decision.objects.visible_to(request.user)
    filters = DecisionFilter(request.GET, decisions=visible)
    found = filters.narrow(visible).with_names().order_by("-meeting__starts_at", "-pk")
    context = {
        "filters": filters,
        "section": "decisions",
        "is_filtered": any(request.GET.values()),
        "today": timezone.localdate(),
    }
    return render(request, "decisions/list.html", context | page_context(found, request.GET.get("page")))


@requires(Capability.USE_DESK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    decision = visible_decision(request, pk)
    context = {
        "decision": decision,
        "acts": workflow.possible_acts(request.user, decision),
        "opinions": list(decision.written_opinions.select_related("member")),
        "recusals": list(decision.recusals.select_related("member")),
        "dissents": list(decision.dissents.select_related("member")),
        "follow_ups": list(decision.follow_ups.select_related("changed_by__member")),
        "belongs_to": _category_missing(decision),
        "today": timezone.localdate(),
        "section": "decisions",
    }
    return render(request, "decisions/detail.html", context)


def _category_missing(decision: Decision) -> Category | None:
    """The category to which an open matter with this amount belongs, though it names none."""
    if not decision.is_open or decision.category_id or decision.amount is None:
        return None
    return Category.objects.of_amount(decision.amount).first()


@requires(Capability.READ_ALL_MEETINGS)
def register(request: HttpRequest) -> HttpResponse:
    """Three Importants and One Large of one year: a page to print, or with ``as=word`` the Word file."""
    known = years()
    year = _year(request)
    paper = register_of(year)
    if request.GET.get("as") == "word":
        return word_response(official.write_papers([paper], paper.title), paper.title)
    context = {"papers": [paper], "title": paper.title, "year": year, "years": known, "section": "decisions"}
    return render(request, "decisions/register.html", context)


def _year(request: HttpRequest) -> int:
    """The year of the address; this year where it names none that makes sense."""
    asked = request.GET.get("year", "")
    this_year = timezone.localdate().year
    return int(asked) if asked.isascii() and asked.isdigit() and 1921 <= int(asked) <= 2200 else this_year
