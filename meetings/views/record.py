"""The page that a recorder keeps open during the meeting, and what its script asks for."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branch_portal.forms.drafts import saved
from meetings import record_answers
from meetings.checkin.day import Day
from meetings.decisions.of_meeting import MeetingDecisions
from meetings.decisions.roll_call import RollCall
from meetings.models import Meeting
from meetings.record_page import RecordPage
from meetings.record_texts import record_texts
from meetings.recording import save_record
from meetings.rectification.of_meeting import of_meeting
from meetings.signing import asked
from meetings.study.of_meeting import MeetingStudy
from meetings.views.fetching import meeting_for, refusal_now, refuse
from meetings.workflow import Act, possible_acts
from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The form without script; with ``Accept: application/json`` the answer of a script's submission."""
    meeting = meeting_for(request, pk, Act.RECORD)
    if request.method == "POST":
        return _save(request, meeting)
    if refused := refusal_now(request, meeting, Act.RECORD):
        return refused
    return _page(request, meeting)


def _save(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    try:
        outcome = save_record(meeting, by=request.user, data=request.POST, files=request.FILES)
    except ValidationError as refusal:
        return (
            JsonResponse(record_answers.refused(refusal), status=409)
            if by_script
            else refuse(request, meeting, refusal)
        )
    if by_script:
        return JsonResponse(_with_quorum(record_answers.submission(outcome, request), outcome.meeting))
    if not outcome.is_clean:
        return _page(request, outcome.meeting, outcome)
    messages.success(request, _("The record is saved."))
    return saved(request, reverse("meetings:record", args=[meeting.pk]))


def _page(request: HttpRequest, meeting: Meeting, outcome=None) -> HttpResponse:
    page = RecordPage(meeting, outcome)
    rows = [form.instance for form in page.rows["attendance"]]
    decisions = MeetingDecisions(meeting, rows, may_record=True)
    acts = possible_acts(request.user, meeting)
    context = {
        "meeting": meeting,
        "page": page,
        "meeting_decisions": decisions,
        "sentences": decisions.call.sentences(),
        "outcome": outcome,
        "acts": acts,
        "asked": asked(request.user, meeting, acts),
        "study": MeetingStudy(meeting, acts),
        "rectification": of_meeting(request.user, meeting),
        "day": Day(meeting, request.user, organizes=True, now=timezone.now()),
        "texts": record_texts(),
        "section": "meetings",
    }
    return render(request, "meetings/record.html", context)


@requires(Capability.USE_DESK)
@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What others changed since ``?since=<revision>``: rows, who changed them, the figures."""
    meeting = meeting_for(request, pk, Act.RECORD)
    since = request.GET.get("since", "0")
    if not (since.isascii() and since.isdigit() and len(since) < 19):
        return JsonResponse({"errors": ["since"]}, status=400)
    return JsonResponse(_with_quorum(record_answers.newer_than(meeting, int(since), request), meeting))


def _with_quorum(answer: dict, meeting: Meeting) -> dict:
    """The sentences of the chair go with the figures."""
    answer["figures"] |= RollCall(meeting).as_dict()
    return answer
