"""The study register of a year for the committee: a page with ways to the meetings, and the same on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meetings.study.register import paper, years
from meetings.study.register import register as register_of
from members.permissions import Capability, requires
from members.views.printing import answer


@requires(Capability.READ_ALL_MEETINGS)
def register(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    known = years(now)
    found = register_of(_year(request, known), now)
    context = {"register": found, "years": known, "section": "meetings"}
    return render(request, "study/register.html", context)


@requires(Capability.READ_ALL_MEETINGS)
def register_paper(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    year = _year(request, years(now))
    described = paper(register_of(year, now))
    context = {"year": year, "section": "meetings"}
    return answer(request, [described], described.title, "study/register_paper.html", context)


def _year(request: HttpRequest, known: list[int]) -> int:
    """The year of the address; this year where it names none that has anything."""
    asked = request.GET.get("year", "")
    return next((year for year in known if str(year) == asked), known[0])
