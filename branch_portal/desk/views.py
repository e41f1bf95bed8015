"""The first screen after sign-in: what needs doing now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from branch_portal.desk.findings import findings_for
from branch_portal.desk.next_meeting import next_meeting
from meetings.models import Meeting
from members.grace import days_left
from members.permissions import Capability, requires

SHOWN = 5  # of what comes next


@requires(Capability.USE_DESK)
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    meetings = Meeting.objects.visible_to(request.user).select_related("chair")
    mine = next_meeting(request.user, now)
    upcoming = meetings.upcoming(now).exclude(pk=mine.meeting.pk) if mine else meetings.upcoming(now)
    findings = findings_for(request.user, now)
    context = {
        "next": mine,
        "upcoming": list(upcoming[:SHOWN]),
        "recent": list(meetings.filter(state=Meeting.State.SIGNED_OFF)[:SHOWN]),
        "for_me": [finding for finding in findings if finding.is_mine],
        "for_the_branch": [finding for finding in findings if not finding.is_mine],
        "days_left": days_left(request.user),
        "told": request.user.access_given.to_be_told(now),
        "numbers": request.user.member.change_requests.to_be_told(now) if request.user.member_id else [],
        "section": "desk",
    }
    return render(request, "desk/home.html", context)
