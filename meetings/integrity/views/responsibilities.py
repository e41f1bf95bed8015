"""Dual responsibility: the list, one post's duties with what was done, the check by somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from meetings.integrity import actions, papers
from meetings.integrity.due import is_near
from meetings.integrity.forms import DayForm, FulfilmentForm, OpinionForm, ResponsibilityForm
from meetings.integrity.models import Fulfilment, Responsibility
from members.actions.locking import locked
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.printing import answer

_READ, _KEEP = Capability.READ_INTEGRITY_LISTS, Capability.KEEP_INTEGRITY_LISTS
_SECTION = {"section": "integrity"}


@requires(_READ)
def responsibilities(request: HttpRequest) -> HttpResponse:
    """Those that run, by the holder's name; ``?show=ended`` the others."""
    shows_ended, today = request.GET.get("show") == "ended", timezone.localdate()
    rows = Responsibility.objects.with_last_fulfilment().select_related("holder")
    rows = rows.exclude(ended_on=None) if shows_ended else rows.running()
    found = page_context(rows, request.GET.get("page"))
    rows = [(duty, bool(duty.due_on and is_near(duty.due_on, today))) for duty in found["page"]]
    context = {**found, "rows": rows, "shows_ended": shows_ended, **_SECTION}
    return render(request, "integrity/responsibilities.html", context)


@requires(_READ)
def responsibilities_paper(request: HttpRequest) -> HttpResponse:
    paper = papers.responsibilities()
    context = {"back": "integrity:responsibilities", **_SECTION}
    return answer(request, [paper], paper.title, "integrity/paper.html", context)


@requires(_READ)
def responsibility(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Responsibility.objects.with_last_fulfilment().select_related("holder")
    duty = get_object_or_404(rows, pk=pk)
    is_own = request.user.member_id == duty.holder_id
    context = {
        "duty": duty,
        "is_near": bool(duty.due_on and is_near(duty.due_on, timezone.localdate())),
        "fulfilments": duty.fulfilments.select_related("recorded_by__member", "checked_by__member"),
        "may_record": is_own or request.user.may(_KEEP),
        "may_check": not is_own and request.user.may(_KEEP),
        **_SECTION,
    }
    return render(request, "integrity/responsibility.html", context)


@requires(_KEEP)
def new_responsibility(request: HttpRequest) -> HttpResponse:
    form = ResponsibilityForm(request.POST or None)
    entered: list[Responsibility] = []
    if accepted(form, lambda: entered.append(actions.enter(form.instance, by=request.user))):
        messages.success(request, _("It is entered."))
        return saved(request, reverse("integrity:responsibility", args=[entered[0].pk]))
    return _page(request, form, _("New responsibility"), _("Enter it"), draft="responsibility-new")


@requires(_KEEP)
@transaction.atomic
def edit_responsibility(request: HttpRequest, pk: int) -> HttpResponse:
    duty = locked(get_object_or_404(Responsibility, pk=pk))
    form = ResponsibilityForm(request.POST or None, instance=duty)
    if accepted(form, lambda: actions.change(form.instance, by=request.user)):
        messages.success(request, _("It is saved."))
        return saved(request, reverse("integrity:responsibility", args=[pk]))
    return _page(
        request, form, _("Change a responsibility"), _("Save"), duty=duty, draft=f"responsibility-{pk}"
    )


@requires(_KEEP)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(Responsibility, pk=pk)
    form = DayForm(request.POST or None, label=_("Last day"))
    if accepted(form, lambda: actions.end(duty, by=request.user, on=form.cleaned_data["on"])):
        return saved(request, reverse("integrity:responsibility", args=[pk]))
    intro = _("Nothing more is asked for after that day; what was done stays. This cannot be undone.")
    return _page(
        request,
        form,
        _("End a responsibility"),
        _("End this responsibility"),
        duty=duty,
        intro=intro,
        is_removal=True,
    )


@requires(_READ)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done: by the holder, or by whoever keeps the lists."""
    duty = get_object_or_404(Responsibility, pk=pk)
    if request.user.member_id != duty.holder_id and not request.user.may(_KEEP):
        raise PermissionDenied
    done = Fulfilment(responsibility=duty, recorded_by=request.user)
    form = FulfilmentForm(request.POST or None, instance=done)
    if accepted(form, lambda: actions.record_fulfilment(form.instance, by=request.user)):
        messages.success(request, _("It is noted."))
        return saved(request, reverse("integrity:responsibility", args=[pk]))
    title = _("What was done")
    return _page(
        request, form, title, _("Note it"), duty=duty, intro=duty.measure, draft=f"fulfilment-of-{pk}"
    )


@requires(_KEEP)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(Fulfilment.objects.select_related("responsibility"), pk=pk)
    form = OpinionForm(request.POST or None)
    if accepted(form, lambda: actions.check(done, by=request.user, opinion=form.cleaned_data["opinion"])):
        messages.success(request, _("The check is noted."))
        return saved(request, reverse("integrity:responsibility", args=[done.responsibility_id]))
    title = _("Check what was done")
    return _page(request, form, title, _("Note the check"), duty=done.responsibility, intro=done.text)


def _page(
    request: HttpRequest, form, title: str, button: str, *, duty: Responsibility | None = None, **texts
):
    back = (
        reverse("integrity:responsibility", args=[duty.pk]) if duty else reverse("integrity:responsibilities")
    )
    title = f"{title}: {duty}" if duty else title
    context = {"form": form, "title": title, "button": button, "back": back, **texts, **_SECTION}
    return render(request, "members/form.html", context)
