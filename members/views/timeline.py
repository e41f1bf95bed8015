"""Events of a person's timeline: entered, corrected with a reason, taken out with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from members import actions
from members.candidates import candidate
from members.forms.people import EventForm, ReasonForm
from members.models import Member, TimelineEntry, User
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import member_or_404


@requires(Capability.MANAGE_MEMBERS)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    entry = TimelineEntry(member=member)
    form = EventForm(request.POST or None, instance=entry, initial={"on": timezone.localdate()})
    if accepted(form, lambda: actions.enter_event(form.instance, by=request.user)):
        messages.success(request, _("The event is entered."))
        _warn(request, member)
        return saved(request, reverse("members:detail", args=[pk]))
    return _page(
        request,
        form,
        member,
        title=_("Enter an event: %(name)s") % {"name": member},
        button=_("Enter the event"),
        intro=_(
            "Stage, group and dates of the record follow from its events by themselves. Whoever leaves holds no post from "
            "that day on, and the desk is closed to the person."
        ),
        draft=f"event-of-{member.pk}",
    )


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    actions.locked(entry.member)  # the person first, as everywhere: two writers wait in turn
    entry = actions.locked(entry)
    form = EventForm(request.POST or None, instance=entry)
    if accepted(
        form,
        lambda: actions.correct_event(form.instance, by=request.user, reason=form.cleaned_data["why"]),
    ):
        messages.success(request, _("The event is corrected; the history keeps the earlier text."))
        _warn(request, entry.member)
        return saved(request, reverse("members:detail", args=[entry.member_id]))
    return _page(
        request,
        form,
        entry.member,
        title=_("Correct an event: %(name)s") % {"name": entry.member},
        button=_("Save the correction"),
        draft=f"event-{entry.pk}",
    )


@requires(Capability.MANAGE_MEMBERS)
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    form = ReasonForm(request.POST or None, row=entry)
    if accepted(
        form, lambda: actions.take_out_event(entry, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The event is taken out; the history keeps it."))
        return saved(request, reverse("members:detail", args=[entry.member_id]))
    return _page(
        request,
        form,
        entry.member,
        title=_("Take an event out: %(name)s, %(event)s") % {"name": entry.member, "event": entry},
        button=_("Take the event out"),
        intro=_intro_of_taking_out(request, entry),
        is_removal=True,
    )


def _intro_of_taking_out(request: HttpRequest, entry: TimelineEntry) -> str:
    """What taking out does, and of a departure also what it does not do."""
    intro = _("Only what never happened is taken out. The record then follows from the other events.")
    if not entry.is_departure:
        return intro
    left_alone = _(
        "Posts and the account that were ended with this event are not restored: correct or enter the posts, and open "
        "the account again, where they are to go on."
    )
    links = [(reverse("members:detail", args=[entry.member_id]) + "#posts", _("To the posts"))]
    account = User.objects.filter(member=entry.member_id).first()
    if account and request.user.may(Capability.MANAGE_ACCOUNTS):
        links.append((reverse("members:account", args=[account.pk]), _("To the account")))
    shown = format_html_join(" · ", '<a href="{}">{}</a>', links)
    return format_html("{} {} {}", intro, left_alone, shown)


def _warn(request: HttpRequest, member: Member) -> None:
    """Say what does not fit the rules on admission; what was entered stands all the same (R-4.5)."""
    for warning in candidate(member, timezone.localdate()).case.warnings:
        messages.warning(request, warning)


def _entry(request: HttpRequest, pk: int) -> TimelineEntry:
    entries = TimelineEntry.objects.select_related("member", "party_group")
    return get_object_or_404(entries.filter(member__in=Member.objects.visible_to(request.user)), pk=pk)


def _page(request: HttpRequest, form, member: Member, **texts) -> HttpResponse:
    back = reverse("members:detail", args=[member.pk])
    return render(request, "members/form.html", {"form": form, "back": back, "section": "members", **texts})
