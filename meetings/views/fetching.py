"""Fetching is authorising: the meeting a request speaks of, if its user may see it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from meetings import workflow
from meetings.models import Meeting
from meetings.workflow import Act


def visible_meeting(request: HttpRequest, pk: int) -> Meeting:
    """404 for a meeting that is not the user's to see."""
    meetings = Meeting.objects.visible_to(request.user).select_related("chair", "recorder", "party_group")
    return get_object_or_404(meetings, pk=pk)


def meeting_for(request: HttpRequest, pk: int, *acts: Act) -> Meeting:
    """The meeting, if one of the acts is the user's business with it (404, 403), whatever its state."""
    meeting = visible_meeting(request, pk)
    if not any(workflow.is_for(request.user, act, meeting) for act in acts):
        raise PermissionDenied
    return meeting


def refusal_now(request: HttpRequest, meeting: Meeting, act: Act) -> HttpResponse | None:
    """The way back with the reason, if the act makes no sense in the meeting's state; None if it does."""
    try:
        workflow.check_state(act, meeting)
    except ValidationError as refusal:
        return refuse(request, meeting, refusal)
    return None


def refuse(request: HttpRequest, meeting: Meeting, refusal: ValidationError) -> HttpResponse:
    """Back to the meeting, with the reasons in words."""
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("meetings:detail", pk=meeting.pk)
