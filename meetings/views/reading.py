"""The list of meetings and one meeting's page, for reading and for paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from branch_portal.paging import page_context
from meetings import signing, workflow
from meetings.attendance import figures
from meetings.checkin import actions as day_actions
from meetings.checkin.day import Day, is_first_look
from meetings.decisions.of_meeting import MeetingDecisions
from meetings.forms.filters import MeetingFilterForm
from meetings.minutes import Minutes
from meetings.models import Meeting
from meetings.rectification.of_meeting import of_meeting
from meetings.study.of_meeting import MeetingStudy
from meetings.views.fetching import visible_meeting
from meetings.workflow import Act
from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def meeting_list(request: HttpRequest) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    filters = MeetingFilterForm(request.GET, meetings=visible)
    found = filters.narrow(visible).select_related("chair", "party_group").with_signing()
    context = {"filters": filters, "section": "meetings", "is_filtered": any(request.GET.values())}
    return render(request, "meetings/list.html", context | page_context(found, request.GET.get("page")))


@requires(Capability.USE_DESK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice for those invited, the minutes for those who may read them."""
    meeting = visible_meeting(request, pk)
    acts = workflow.possible_acts(request.user, meeting)
    day = Day(meeting, request.user, organizes=Act.RECORD in acts, now=timezone.now())
    if request.method == "GET" and is_first_look(day):
        day_actions.note_seen(day.mine, now=day.now)
    context = {
        "meeting": meeting,
        "acts": acts,
        "asked": signing.asked(request.user, meeting, acts),
        "may_read": Act.READ_MINUTES in acts,
        "minutes": Minutes(meeting),
        "figures": figures(meeting.attendance_list),
        "meeting_decisions": MeetingDecisions(
            meeting, meeting.attendance_list, may_record=Act.RECORD in acts
        ),
        "study": MeetingStudy(meeting, acts),
        "rectification": of_meeting(request.user, meeting),
        "day": day,
        "now": day.now,
        "section": "meetings",
    }
    return render(request, "meetings/detail.html", context)
