"""Leave: asked for and withdrawn by those invited, decided on by whoever may record the meeting."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.checkin import actions, clock, workflow
from meetings.checkin.forms import AnswerForm, LeaveForm
from meetings.checkin.models import LeaveRequest
from meetings.checkin.querysets import CAME
from meetings.checkin.views.fetching import organized_meeting, own_attendance
from meetings.models import Attendance, Meeting
from members.permissions import Capability, requires


# --- of somebody invited ---------------------------------------------------------------------------
@requires(Capability.USE_DESK)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    mine = own_attendance(request, pk)
    if not isinstance(mine, Attendance):
        return mine
    try:
        workflow.check_asking(mine.meeting.state, mine.status)
    except ValidationError as refusal:
        return _back(request, pk, refusal)
    key = _key(request)
    form = LeaveForm(request.POST or None, instance=LeaveRequest(asked_at=clock.now()))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.ask_for_leave(
                mine.meeting,
                by=request.user,
                reason=chosen["reason"],
                note=chosen["note"],
                key=key,
                now=clock.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Your request is handed in; the answer will stand on this page."))
            return redirect("meetings:detail", pk=pk)
    context = {"meeting": mine.meeting, "form": form, "key": key, "section": "meetings"}
    return render(request, "checkin/ask.html", context)


def _key(request: HttpRequest) -> uuid.UUID:
    """The name that the page gave to this request: a double tap asks once."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


@requires(Capability.USE_DESK)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    mine = LeaveRequest.objects.filter(member=request.user.member_id).select_related("meeting")
    asked = get_object_or_404(mine, pk=pk)
    try:
        actions.withdraw_leave(asked, by=request.user)
    except ValidationError as refusal:
        return _back(request, asked.meeting_id, refusal)
    messages.success(request, _("Your request is withdrawn; you are expected to come."))
    return redirect("meetings:detail", pk=asked.meeting_id)


def _back(request: HttpRequest, meeting: int, refusal: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(refusal.messages))
    return redirect("meetings:detail", pk=meeting)


# --- of whoever decides ------------------------------------------------------------------------------
@requires(Capability.USE_DESK)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for one's decision, and one's own requests for meetings to come."""
    meetings = Meeting.objects.visible_to(request.user)
    requests = LeaveRequest.objects.filter(meeting__in=meetings).select_related("meeting", "member")
    waiting = requests.waiting().to_be_decided_by(request.user)
    context = {
        "waiting": waiting.order_by("meeting__starts_at", "asked_at", "pk"),
        "own": requests.of_coming_meetings()
        .filter(member=request.user.member_id)
        .order_by("meeting__starts_at", "-asked_at"),
        "section": "meetings",
    }
    return render(request, "checkin/overview.html", context)


@requires(Capability.USE_DESK)
@require_safe
def of_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return _requests(request, organized_meeting(request, pk))


def _requests(
    request: HttpRequest,
    meeting: Meeting,
    refused: LeaveRequest | None = None,
    form: AnswerForm | None = None,
) -> HttpResponse:
    """All requests of one meeting; a decision that did not succeed is shown beside its own."""
    found = list(meeting.leave_requests.select_related("member", "decided_by__member"))
    open_ones = set(meeting.leave_requests.waiting().values_list("pk", flat=True))
    marks = meeting.attendances.values_list("member", "status")
    context = {
        "meeting": meeting,
        "waiting": [each for each in reversed(found) if each.pk in open_ones],
        "others": [each for each in found if each.pk not in open_ones],
        # A request of anybody else says nothing any more.
        "away": {member for member, status in marks if status not in CAME},
        "refused": refused,
        "form": form,
        "section": "meetings",
    }
    return render(request, "checkin/requests.html", context)


@requires(Capability.USE_DESK)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    decidable = LeaveRequest.objects.to_be_decided_by(request.user).select_related("meeting", "member")
    asked = get_object_or_404(decidable, pk=pk)
    form = AnswerForm(request.POST)
    try:
        if request.POST.get("decision") == "accept":
            actions.accept_leave(asked, by=request.user, now=clock.now())
            messages.success(request, _("%(who)s is on leave.") % {"who": asked.member})
        elif form.is_valid():
            answer = form.cleaned_data["answer"]
            actions.refuse_leave(asked, by=request.user, answer=answer, now=clock.now())
            messages.success(request, _("Refused: %(who)s reads your answer.") % {"who": asked.member})
        else:
            return _requests(request, asked.meeting, asked, form)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(_where_from(request, asked))


def _where_from(request: HttpRequest, asked: LeaveRequest) -> str:
    if request.POST.get("back") == "record":
        return reverse("meetings:record", args=[asked.meeting_id])
    return reverse("checkin:requests", args=[asked.meeting_id])
