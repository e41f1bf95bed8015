"""Pages for everybody. They look at neither session nor user: one copy serves all readers of a language."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from branch_portal.news.forms import ActivityFilter
from branch_portal.news.languages import Language
from branch_portal.news.models import Report
from branch_portal.news.reading import Reading
from branch_portal.paging import page_context
from members.permissions import public

MORE_ON_HOME = 6
PER_PAGE = 12

cached = cache_control(public=True, max_age=60)


def readings(reports: Iterable[Report]) -> list[Reading]:
    """The reports as a reader of the page's language meets them."""
    language = Language.of_reader()
    return [Reading(report, language) for report in reports]


@public
@require_safe
@cached
def home(request: HttpRequest) -> HttpResponse:
    """The newest report large, then a few more."""
    reports = Report.objects.published().newest_first().prefetch_related("pictures")
    newest, *more = readings(reports[: 1 + MORE_ON_HOME]) or [None]
    return render(request, "news/home.html", {"newest": newest, "more": more})


@public
@require_safe
@cached
def activity_list(request: HttpRequest) -> HttpResponse:
    """Every report, by the date of its event; filters of kind and year."""
    published = Report.objects.published()
    form = ActivityFilter(request.GET, years=published.years())
    found = published.newest_first().prefetch_related("pictures")
    if kind := form.chosen("kind"):
        found = found.of_kind(kind)
    if year := form.chosen("year"):
        found = found.of_year(year)
    context = page_context(found, request.GET.get("page"), per_page=PER_PAGE)
    return render(request, "news/list.html", {"form": form, **context, "readings": readings(context["page"])})


@public
@require_safe
@cached
def article(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One report. Drafts, withdrawn reports and addresses that never were look the same: 404."""
    published = Report.objects.published()
    report = get_object_or_404(published.prefetch_related("pictures"), year=year, slug=slug)
    previous, following = published.before(report).first(), published.after(report).first()
    reading = Reading(report, Language.of_reader())
    context = {
        "reading": reading,
        "previous": Reading(previous, reading.wanted) if previous else None,
        "following": Reading(following, reading.wanted) if following else None,
        "site": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "news/article.html", context)
