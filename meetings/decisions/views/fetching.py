"""Fetching is authorising: the matter a request speaks of, if its user may see it and the act is the user's business."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from meetings import workflow as meeting_workflow
from meetings.decisions import workflow
from meetings.decisions.models import Decision
from meetings.decisions.workflow import Act
from meetings.models import Meeting
from members.views import answers


def visible_decision(request: HttpRequest, pk: int) -> Decision:
    """404 for a matter that is not the user's to see."""
    found = Decision.objects.visible_to(request.user).with_names()
    return get_object_or_404(
        found.select_related(
            "taken_up_by", "superseded_by", "taken_up_from", "supersedes", "checked_by__member"
        ),
        pk=pk,
    )


def decision_for(request: HttpRequest, pk: int, act: Act) -> Decision:
    """The matter, if the act is the user's business with it (404, 403), whatever its state."""
    decision = visible_decision(request, pk)
    if not workflow.is_for(request.user, act, decision):
        raise PermissionDenied
    return decision


def refusal_now(request: HttpRequest, decision: Decision, act: Act) -> HttpResponse | None:
    """The way back with the reason, if the act makes no sense in the matter's state; None if it does."""
    refused = workflow.refusal(act, decision)
    return refuse(request, decision, refused) if refused else None


def refuse(request: HttpRequest, decision: Decision, refusal: ValidationError) -> HttpResponse:
    """Back to the matter, with the reasons in words."""
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("decisions:detail", pk=decision.pk)


def meeting_to_record(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose record the user may write (404, 403), whatever its state."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    if not meeting_workflow.is_for(request.user, meeting_workflow.Act.RECORD, meeting):
        raise PermissionDenied
    return meeting


def meeting_refusal(request: HttpRequest, meeting: Meeting) -> HttpResponse | None:
    """The way back with the reason, if nothing more is put on the record of the meeting."""
    try:
        meeting_workflow.check_state(meeting_workflow.Act.RECORD, meeting)
    except ValidationError as refused:
        for reason in refused.messages:
            messages.error(request, reason)
        return redirect("meetings:detail", pk=meeting.pk)
    return None


def page_key(request: HttpRequest) -> uuid.UUID:
    """The name that the page gave to what it makes: a double click or a retry makes one."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


form_page = partial(answers.form_page, section="decisions", template="decisions/form.html")


def address_of(decision: Decision) -> str:
    return reverse("decisions:detail", args=[decision.pk])
