"""The big steps of a meeting: opened, closed, cancelled."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import actions
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
