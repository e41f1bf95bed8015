"""From the problems of a life meeting to entries of the ledger, in one step."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from meetings.models import Meeting
from meetings.rectification import actions
from meetings.rectification.actions.entering import check_meeting
from meetings.rectification.forms import people
from meetings.rectification.forms.entries import ProblemEntryForm
from meetings.rectification.of_meeting import problems_to_enter
from meetings.rectification.views.fetching import visible_meeting
from members.permissions import Capability, requires


@requires(Capability.KEEP_LEDGER)
def from_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """All problems that are not in the ledger yet, with what the minutes say filled in."""
    meeting = visible_meeting(request, pk)
    try:
        check_meeting(meeting)
    except ValidationError as refusal:
        return _back(request, meeting, refusal.messages)
    forms = _forms(request, meeting)
    if request.method == "POST" and (answer := _enter(request, meeting, forms)):
        return answer
    context = {"meeting": meeting, "forms": forms, "section": "rectification"}
    return render(request, "rectification/problems.html", context)


def _forms(request: HttpRequest, meeting: Meeting) -> list[ProblemEntryForm]:
    names = people.choices()
    rows = problems_to_enter(request.user, meeting).select_related("in_charge", "meeting")
    return [ProblemEntryForm(request.POST or None, problem=row, names=names) for row in rows]


def _enter(request: HttpRequest, meeting: Meeting, forms: list[ProblemEntryForm]) -> HttpResponse | None:
    """Done, or None if a chosen row is not in order; rows nobody chose are left alone."""
    chosen = [form for form in forms if form.is_wanted]
    if not all(form.is_valid() for form in chosen):
        return None
    try:
        made = actions.enter_problems(meeting, [form.instance for form in chosen], by=request.user)
    except ValidationError as refusal:
        return _back(request, meeting, refusal.messages)
    messages.success(
        request,
        ngettext(
            "%(count)d problem is in the ledger now.", "%(count)d problems are in the ledger now.", len(made)
        )
        % {"count": len(made)},
    )
    return redirect("meetings:detail", pk=meeting.pk)


def _back(request: HttpRequest, meeting: Meeting, reasons: list[str]) -> HttpResponse:
    for reason in reasons:
        messages.error(request, reason)
    return redirect("meetings:detail", pk=meeting.pk)
