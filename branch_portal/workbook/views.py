"""The workbook and the figures of a year, as pages to read and print or as Word files (``?as=word``)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from branch_portal.documents import official
from branch_portal.documents.binding import write_book
from branch_portal.documents.responses import word_response
from branch_portal.statistics.years import YearForm
from branch_portal.workbook.figures.paper import figures_paper
from branch_portal.workbook.figures.paper import title_of as title_of_figures
from branch_portal.workbook.figures.reading import figures_of
from branch_portal.workbook.making import title_of, workbook
from branch_portal.workbook.occasion import Occasion
from branch_portal.workbook.years import is_year
from members.permissions import Capability, requires
from members.views.printing import WORD


@requires(Capability.MAKE_WORKBOOK)
def home(request: HttpRequest) -> HttpResponse:
    """Which year, and what of it."""
    form = YearForm(request.GET)
    return render(request, "workbook/home.html", {"form": form, "year": form.chosen, "section": "meetings"})


@requires(Capability.MAKE_WORKBOOK)
def book(request: HttpRequest, year: int) -> HttpResponse:
    """The whole book: written when it is asked for, since a year takes no longer than a download does."""
    _check(year)
    made = workbook(year, timezone.localdate())
    if request.GET.get("as") == WORD:
        return word_response(write_book(made), title_of(year))
    context = {
        "book": made,
        "papers": made.chapters,
        "year": year,
        "title": title_of(year),
        "section": "meetings",
    }
    return render(request, "workbook/book.html", context)


@requires(Capability.MAKE_WORKBOOK)
def figures(request: HttpRequest, year: int) -> HttpResponse:
    """Tables with charts, to be copied into the report."""
    _check(year)
    occasion = Occasion(year, timezone.localdate())
    found = figures_of(occasion)
    if request.GET.get("as") == WORD:
        title = title_of_figures(year)
        return word_response(official.write_papers([figures_paper(found, occasion)], title), title)
    context = {
        "figures": found,
        "text": "\n\n".join(each.text for each in found),
        "year": year,
        "title": title_of_figures(year),
        "section": "meetings",
    }
    return render(request, "workbook/figures.html", context)


def _check(year: int) -> None:
    if not is_year(year):
        raise Http404
