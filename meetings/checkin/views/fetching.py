"""Fetching is authorising: the meeting a request speaks of, for those invited and for those who may record it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from meetings import workflow
from meetings.models import Attendance, Meeting
from meetings.workflow import Act


def organized_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for whoever may record it (404, 403), whatever its state."""
    meeting = get_object_or_404(_visible(request), pk=pk)
    if not workflow.is_for(request.user, Act.RECORD, meeting):
        raise PermissionDenied
    return meeting


def own_attendance(request: HttpRequest, pk: int) -> Attendance | HttpResponse:
    """The own row of the meeting's attendance list; for somebody not invited the page that says so.

    404 where the meeting is not to be seen either, as for a number that no meeting has.
    """
    meeting = _visible(request).filter(pk=pk).first()
    member = request.user.member_id
    mine = meeting.attendances.filter(member=member).first() if meeting and member else None
    if mine is not None:
        mine.meeting = meeting
        return mine
    return render(
        request, "checkin/not_invited.html", {"section": "meetings"}, status=403 if meeting else 404
    )


def _visible(request: HttpRequest):
    return Meeting.objects.visible_to(request.user).select_related("chair", "recorder")
