"""The minutes in the official form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from meetings.decisions.in_minutes import decisions_of
from meetings.minutes import Minutes
from meetings.minutes_paper import minutes_paper
from meetings.study.in_minutes import study_of
from meetings.views.fetching import meeting_for, refusal_now
from meetings.workflow import Act
from members.permissions import Capability, requires
from members.views.printing import answer


@requires(Capability.USE_DESK)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """To print, or as a Word file (``?as=word``), for whoever may read the minutes."""
    meeting = meeting_for(request, pk, Act.READ_MINUTES)
    if refused := refusal_now(request, meeting, Act.READ_MINUTES):
        return refused
    also = [part for part in (study_of(meeting), decisions_of(meeting)) if part]
    described = minutes_paper(Minutes(meeting), also=also)
    context = {"meeting": meeting, "section": "meetings"}
    return answer(request, [described], described.title, "meetings/minutes_paper.html", context)
