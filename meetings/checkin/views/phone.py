"""What somebody invited does from the telephone: check in, take part online.

The address behind the QR code carries the code in its path, so that it is still there after signing in, and works
without script. What an access log keeps of it is worth nothing a minute or two later, and nothing at all to whoever is
not invited. Asking for the page changes nothing and does not say whether the code is right; only the button does.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.checkin import actions, clock, workflow
from meetings.checkin.forms import CodeForm
from meetings.checkin.models import CheckIn
from meetings.checkin.views.fetching import own_attendance
from meetings.models import Attendance
from members import throttle
from members.permissions import Capability, requires

WRONG_CODES = "check_in"  # settings.ACCOUNT_RATE_LIMITS


@requires(Capability.USE_DESK)
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of somebody invited; posted to with the code of the screen, it marks the person as present."""
    mine = own_attendance(request, pk)
    if not isinstance(mine, Attendance):
        return mine
    if request.method != "POST":
        return _page(request, mine, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, mine, form)
    return _attempt(request, mine, form)


@requires(Capability.USE_DESK)
@require_safe
def scanned(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The address behind the QR code: the same page, with the code filled in."""
    mine = own_attendance(request, pk)
    if not isinstance(mine, Attendance):
        return mine
    return _page(request, mine, CodeForm(initial={"code": code}), scanned_code=code)


def _attempt(request: HttpRequest, mine: Attendance, form: CodeForm) -> HttpResponse:
    key = str(request.user.pk)
    if throttle.seconds_to_wait(request, WRONG_CODES, key) > 0:
        return throttle.refuse(request, action=WRONG_CODES, key=key)
    try:
        arrival = actions.check_in(mine.meeting, form.cleaned_data["code"], by=request.user, now=clock.now())
    except actions.WrongCode as refusal:
        ratelimit.consume(request, action=WRONG_CODES, key=key)
        form.add_error("code", refusal)
        return _page(request, mine, form)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("checkin:here", pk=mine.meeting_id)
    _tell(request, arrival)
    return redirect("checkin:here", pk=mine.meeting_id)


def _tell(request: HttpRequest, arrival: actions.Arrival) -> None:
    if arrival.is_new:
        messages.success(request, _("You are checked in."))
    else:
        messages.info(request, _("You were checked in already; nothing has changed."))


def _page(request: HttpRequest, mine: Attendance, form: CodeForm, scanned_code: str = "") -> HttpResponse:
    found = CheckIn.objects.defer("secret").filter(meeting=mine.meeting_id).first()
    refusal = ""
    if not mine.came:
        try:
            workflow.check_checking_in(
                mine.meeting.state,
                is_open=found is not None and found.closed_at is None,
                was_open=found is not None,
            )
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
    context = {
        "meeting": mine.meeting,
        "mine": mine,
        "form": form,
        "scanned_code": scanned_code,
        "refusal": refusal,
        "section": "meetings",
    }
    return render(request, "checkin/here.html", context)


@requires(Capability.USE_DESK)
@require_POST
def online(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the person as taking part online, then show the link: a page of ours may not send a form's answer away."""
    mine = own_attendance(request, pk)
    if not isinstance(mine, Attendance):
        return mine
    try:
        arrival = actions.join_online(mine.meeting, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("meetings:detail", pk=pk)
    if arrival.is_new:
        messages.success(request, _("You are marked as taking part online. Now open the link."))
    else:
        messages.info(request, _("You were checked in already; nothing has changed."))
    return redirect(reverse("meetings:detail", args=[pk]) + "#own-day")
