"""The duty calendar of a year. Everybody at the desk may see which duties are kept; whoever may not open a meeting sees
its day and no title."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from meetings.duties import presentation
from meetings.duties.calendar import open_duties
from meetings.duties.reading import duties_kept, years_of_open_duties
from meetings.duties.vocabulary import Status
from members.permissions import Capability, requires

FIRST_YEAR, LAST_YEAR = 1921, 2200


@requires(Capability.USE_DESK)
def this_year(request: HttpRequest) -> HttpResponse:
    return redirect("duties:calendar", year=timezone.localdate().year)


@requires(Capability.USE_DESK)
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    today = timezone.localdate()
    may_plan = request.user.may(Capability.PLAN_MEETINGS)
    is_now = year == today.year
    kept = duties_kept(years_of_open_duties(today) if is_now else (year,), request.user, today)
    shown = kept.calendars[year]
    found = open_duties(kept.calendars.values(), today) if is_now else []
    shown_duties = presentation.duties(found, kept.groups, today, may_plan=may_plan)
    context = {
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "is_now": is_now,
        "heads": presentation.heads(shown, today),
        "next_year": year + 1,
        "next_year_columns": len(shown.months) - 12,
        "rows": presentation.rows(shown, kept.groups, today, may_plan=may_plan),
        "due": [duty for duty in shown_duties if duty.status.key == Status.DUE],
        "missed": [duty for duty in shown_duties if duty.status.key == Status.MISSING],
        "statuses": [presentation.ShownStatus.of(status) for status in Status],
        "section": "meetings",
    }
    return render(request, "duties/calendar.html", context)
