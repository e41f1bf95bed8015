"""Request in, response out. Everything here is one's own; the calendar belongs to whoever knows its address."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branch_portal.media.qr import qr_drawing
from branch_portal.paging import page_context
from branch_portal.reminders import actions, delivering
from branch_portal.reminders.calendar_secrets import digest_of
from branch_portal.reminders.feed import calendar_of
from branch_portal.reminders.models import Channels, Notice
from branch_portal.reminders.wording import words_of
from members.models import Member
from members.permissions import Capability, public, requires

_SECTION = {"section": "notices"}
_FEED_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@requires(Capability.USE_DESK)
def notices(request: HttpRequest) -> HttpResponse:
    """All that one was told, the newest first. As many queries for many as for few."""
    member, now = _own(request), timezone.now()
    found = Notice.objects.of(member.pk).filter(made_at__lte=now)
    only_unread = request.GET.get("show") == "unread"
    context = page_context(found.unread() if only_unread else found, request.GET.get("page"))
    context |= {
        "rows": [(notice, words_of(notice)) for notice in context["page"]],
        "unread": found.unread().count(),
        "only_unread": only_unread,
        "shown_at": now,
        "query": "show=unread" if only_unread else "",
        **_SECTION,
    }
    return render(request, "reminders/list.html", context)


@requires(Capability.USE_DESK)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything up to the moment of the page is read."""
    actions.mark_all_read(_own(request), _moment(request.POST.get("shown_at", "")))
    return redirect("reminders:list")


def _moment(text: str) -> datetime.datetime:
    """What the page sent, or now."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment is not None and timezone.is_aware(moment) else timezone.now()


@requires(Capability.USE_DESK)
@require_POST
def open_notice(request: HttpRequest, pk) -> HttpResponse:
    """Read, and on to what it is about."""
    notice = get_object_or_404(Notice.objects.of(_own(request).pk), pk=pk)
    actions.mark_read(notice)
    return redirect(words_of(notice).address)


@requires(Capability.USE_DESK)
def channels(request: HttpRequest) -> HttpResponse:
    """By which ways one is told."""
    member = _own(request)
    if request.method == "POST":
        actions.choose_mail(member, by_mail="by_mail" in request.POST)
        messages.success(request, _("Your choice is kept."))
        return redirect("reminders:channels")
    return render(request, "reminders/channels.html", _channels(request, member))


@requires(Capability.USE_DESK)
def renew(request: HttpRequest) -> HttpResponse:
    """A new address of the calendar, shown on this answer and never again: whoever comes back by a link makes none."""
    member = _own(request)
    if request.method != "POST":
        return redirect("reminders:channels")
    secret = actions.renew_calendar(member, timezone.now())
    address = request.build_absolute_uri(reverse("calendar:feed", args=[secret]))
    context = {"address": address, "qr": qr_drawing(address), **_SECTION}
    return render(request, "reminders/calendar_address.html", context)


@requires(Capability.USE_DESK)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    actions.end_calendar(_own(request))
    messages.success(request, _("The calendar has no address any more."))
    return redirect("reminders:channels")


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has the address; what is no address, or is one no more, is not found."""
    found = Channels.objects.with_calendar(digest_of(secret)).first()
    if found is None:
        # Plain, for programs; the portal's own page would repeat the address in its links.
        return HttpResponse(status=404, content_type="text/plain", headers=_FEED_HEADERS)
    user = found.member.user
    user.member = found.member
    body = calendar_of(user, timezone.now(), request.build_absolute_uri)
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={**_FEED_HEADERS, "Content-Disposition": 'inline; filename="branch.ics"'},
    )


def _channels(request: HttpRequest, member: Member) -> dict:
    return {
        "chosen": Channels.objects.filter(member=member).first() or Channels(member=member),
        "sends_mail": delivering.is_configured(),
        "address": request.user.email,
        **_SECTION,
    }


def _own(request: HttpRequest) -> Member:
    """The person of the account; an administrator may be none of the branch."""
    return get_object_or_404(Member, pk=request.user.member_id)
