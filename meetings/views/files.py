"""Photographs and papers of a meeting, for those who may read its minutes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from branch_portal.media.pictures import RENDITIONS
from branch_portal.media.responses import document_response, picture_response
from meetings import workflow
from meetings.models import Meeting
from meetings.views.fetching import visible_meeting
from meetings.workflow import Act
from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def photo(request: HttpRequest, pk: int, photo, rendition: str) -> HttpResponse:
    meeting = _readable(request, pk)
    if rendition not in RENDITIONS:
        raise Http404
    row = get_object_or_404(meeting.photos, pk=photo)
    return picture_response(request, row.key, rendition, public=False)


@requires(Capability.USE_DESK)
def paper(request: HttpRequest, pk: int, paper) -> HttpResponse:
    meeting = _readable(request, pk, Act.READ_MATERIALS)
    row = get_object_or_404(meeting.attachments, pk=paper)
    return document_response(row.key, row.name, row.content_type)


def _readable(request: HttpRequest, pk: int, *by_notice: Act) -> Meeting:
    """Whoever may record may also see what was prepared before the meeting; those invited, what the notice shows."""
    meeting = visible_meeting(request, pk)
    related = workflow.relations(request.user, meeting)
    if any(
        workflow.is_for(request.user, act, meeting, related) for act in (Act.READ_MINUTES, Act.RECORD)
    ) or any(workflow.is_possible(request.user, act, meeting, related) for act in by_notice):
        return meeting
    raise Http404
