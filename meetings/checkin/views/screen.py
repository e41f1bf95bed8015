"""The screen of the room: a QR code and a number that change every minute, and how many are here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branch_portal.media.qr import qr_drawing
from meetings.attendance import figures
from meetings.checkin import actions, clock, codes, workflow
from meetings.checkin.forms import OpeningForm
from meetings.checkin.models import CheckIn
from meetings.checkin.views.fetching import organized_meeting
from meetings.models import Meeting
from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """What hangs on the wall, or the button that opens the check-in."""
    meeting = organized_meeting(request, pk)
    return _page(request, meeting, OpeningForm(initial={"grace_minutes": meeting.grace_minutes}))


def _page(request: HttpRequest, meeting: Meeting, form: OpeningForm) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "shown": _shown(request, meeting), "section": "meetings"}
    if not context["shown"]["is_open"]:
        try:
            workflow.check_opening(meeting.state, meeting.starts_at, clock.now())
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
    return render(request, "checkin/screen.html", context)


@requires(Capability.USE_DESK)
@require_safe
def screen_now(request: HttpRequest, pk: int) -> JsonResponse:
    """What the screen shows anew every few seconds."""
    return JsonResponse(_shown(request, organized_meeting(request, pk)))


def _shown(request: HttpRequest, meeting: Meeting) -> dict:
    found = CheckIn.objects.filter(meeting=meeting, closed_at=None).first()
    if found is None or meeting.state not in {Meeting.State.PLANNED, Meeting.State.IN_SESSION}:
        return {"is_open": False}
    code = codes.code_at(found.secret, meeting.pk, clock.now())
    address = request.build_absolute_uri(reverse("checkin:scanned", args=[meeting.pk, code]))
    # Guests have no row there: they are neither due nor counted.
    counted = figures(meeting.attendances.all())
    return {
        "is_open": True,
        "code": f"{code[:3]} {code[3:]}",
        "qr": qr_drawing(address),
        "came": counted.came,
        "online": counted.online,
        "leave": counted.leave,
        "invited": counted.invited,
    }


@requires(Capability.USE_DESK)
@require_POST
def open_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = organized_meeting(request, pk)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, form)
    try:
        actions.open_check_in(
            meeting, by=request.user, now=clock.now(), grace_minutes=form.cleaned_data["grace_minutes"]
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("checkin:screen", pk=pk)


@requires(Capability.USE_DESK)
@require_POST
def close_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = organized_meeting(request, pk)
    try:
        actions.close_check_in(meeting, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Check-in is closed. Who comes later is marked on the record page."))
    return redirect("checkin:screen", pk=pk)
