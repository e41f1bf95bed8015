"""Fetching is authorising: the meeting, and the part of it, a request speaks of."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from meetings import workflow
from meetings.models import Meeting
from meetings.study.models import StudyPart
from meetings.workflow import Act
from members.views import answers


def meeting_to_write(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose record the user may write, or correct (404, 403), whatever its state."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    related = workflow.relations(request.user, meeting)
    if not any(workflow.is_for(request.user, act, meeting, related) for act in (Act.RECORD, Act.CORRECT)):
        raise PermissionDenied
    return meeting


def part_to_write(request: HttpRequest, row) -> StudyPart:
    part = get_object_or_404(StudyPart.objects.with_names(), pk=row)
    part.meeting = meeting_to_write(request, part.meeting_id)
    return part


def is_correction(request: HttpRequest, meeting: Meeting) -> bool:
    """Signed minutes are corrected, with a reason, by whoever may."""
    return workflow.is_possible(request.user, Act.CORRECT, meeting)


def refusal_now(request: HttpRequest, meeting: Meeting) -> HttpResponse | None:
    """The way back with the reason, if the record is neither open nor this user's to correct."""
    if is_correction(request, meeting):
        return None
    try:
        workflow.check_state(Act.RECORD, meeting)
    except ValidationError as refused:
        return refuse(request, meeting, refused)
    return None


def refuse(request: HttpRequest, meeting: Meeting, refused: ValidationError) -> HttpResponse:
    """Back to the meeting, with the reasons in words."""
    for reason in refused.messages:
        messages.error(request, reason)
    return redirect(address_of(meeting))


def address_of(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.pk])


form_page = partial(answers.form_page, section="meetings")
