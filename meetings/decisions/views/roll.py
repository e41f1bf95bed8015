"""Who is left out of those due at a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings.decisions import actions
from meetings.decisions.forms.settings import ExclusionForm
from meetings.decisions.models import Exclusion
from meetings.decisions.roll_call import RollCall
from meetings.decisions.views.fetching import form_page, meeting_refusal, meeting_to_record, page_key
from meetings.models import Meeting
from members.forms.people import ReasonForm
from members.permissions import Capability, requires
from members.views.answers import accepted


def _address(meeting: Meeting) -> str:
    return reverse("decisions:exclusions", args=[meeting.pk])


@requires(Capability.USE_DESK)
def exclusions(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody entered for the meeting, with what is still missing."""
    meeting = meeting_to_record(request, pk)
    rows = Exclusion.objects.filter(attendance__meeting=meeting).select_related("attendance__member")
    context = {
        "meeting": meeting,
        "rows": list(rows),
        "sentences": RollCall(meeting).sentences(),
        "section": "meetings",
    }
    return render(request, "decisions/exclusions.html", context)


@requires(Capability.USE_DESK)
def add_exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_to_record(request, pk)
    if refused := meeting_refusal(request, meeting):
        return refused
    key = page_key(request)
    if request.method == "POST" and Exclusion.objects.filter(pk=key).exists():
        return redirect(_address(meeting))
    return _form(request, meeting, Exclusion(pk=key), key=key)


@requires(Capability.USE_DESK)
def change_exclusion(request: HttpRequest, row) -> HttpResponse:
    found = get_object_or_404(Exclusion.objects.select_related("attendance"), pk=row)
    meeting = meeting_to_record(request, found.attendance.meeting_id)
    if refused := meeting_refusal(request, meeting):
        return refused
    with transaction.atomic():
        # The lock of the record, from reading the row to saving it: the second of two writers is told.
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        rows = Exclusion.objects.select_related("attendance__member", "changed_by__member")
        return _form(request, meeting, get_object_or_404(rows, pk=row))


def _form(request: HttpRequest, meeting: Meeting, exclusion: Exclusion, **context) -> HttpResponse:
    form = ExclusionForm(request.POST or None, instance=exclusion, meeting=meeting)
    if accepted(form, lambda: actions.save_exclusion(form.instance, by=request.user)):
        messages.success(request, _("It is saved."))
        return saved(request, _address(meeting))
    return form_page(
        request,
        form,
        _("Left out of those due: %(title)s") % {"title": meeting},
        _("Save"),
        _address(meeting),
        intro=_(
            "Only full members with a vote, for one of five reasons, and only with both approvals. Whoever comes all the "
            "same is due and votes."
        ),
        **context,
    )


@requires(Capability.USE_DESK)
def remove_exclusion(request: HttpRequest, row) -> HttpResponse:
    found = get_object_or_404(Exclusion.objects.select_related("attendance__member"), pk=row)
    meeting = meeting_to_record(request, found.attendance.meeting_id)
    if refused := meeting_refusal(request, meeting):
        return refused
    form = ReasonForm(request.POST or None)
    try:
        if accepted(form, lambda: actions.remove_exclusion(found, by=request.user, **form.cleaned_data)):
            messages.success(request, _("The entry is removed."))
            return saved(request, _address(meeting))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(_address(meeting))
    intro = _("“%(title)s” is taken out; the history keeps it.") % {"title": found}
    return form_page(
        request, form, _("Due again"), _("Take it out"), _address(meeting), intro=intro, is_removal=True
    )
