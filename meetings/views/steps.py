"""The big steps of a meeting: opened, closed, signed off, cancelled."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import actions
from meetings.attendance import figures
from meetings.forms.rows import ReasonForm
from meetings.views.fetching import meeting_for, refusal_now, refuse
from meetings.workflow import Act
from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk, Act.START)
    try:
        actions.start_meeting(meeting, by=request.user)
    except ValidationError as refusal:
        return refuse(request, meeting, refusal)
    messages.success(request, _("The meeting is open: take the attendance and record."))
    return redirect("meetings:record", pk=pk)


@requires(Capability.USE_DESK)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk, Act.FINISH)
    try:
        actions.finish_meeting(meeting, by=request.user)
    except ValidationError as refusal:
        return refuse(request, meeting, refusal)
    messages.success(request, _("The meeting is closed. Its minutes are a draft until they are signed off."))
    return redirect("meetings:detail", pk=pk)


@requires(Capability.USE_DESK)
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """What signing means, what is still missing, then one button."""
    meeting = meeting_for(request, pk, Act.SIGN_OFF)
    if refused := refusal_now(request, meeting, Act.SIGN_OFF):
        return refused
    problems = actions.missing_for_sign_off(meeting)
    if request.method == "POST":
        try:
            actions.sign_off(meeting, by=request.user, revision=_revision(request))
        except ValidationError as refusal:
            meeting.refresh_from_db()
            problems = refusal.messages
        else:
            messages.success(request, _("The minutes are signed off."))
            return redirect("meetings:detail", pk=pk)
    context = {
        "meeting": meeting,
        "problems": problems,
        "figures": figures(meeting.attendance_list),
        "section": "meetings",
    }
    return render(request, "meetings/sign_off.html", context)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


@requires(Capability.CANCEL_MEETINGS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk, Act.CANCEL)
    if refused := refusal_now(request, meeting, Act.CANCEL):
        return refused
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_meeting(meeting, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            return refuse(request, meeting, refusal)
        messages.success(request, _("The meeting is cancelled; everyone invited sees the reason."))
        return redirect("meetings:detail", pk=pk)
    return render(request, "meetings/cancel.html", {"meeting": meeting, "form": form, "section": "meetings"})
