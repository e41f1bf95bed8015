"""Signed minutes: their correction, with a reason, and the history that keeps the earlier text."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings import history as kept
from meetings.forms.rows import ReasonForm
from meetings.minutes import Minutes
from meetings.models import Meeting
from meetings.record_page import RecordPage
from meetings.recording import FACTS, Outcome, correct_minutes, facts_form, typed
from meetings.study.forms import StudyPartForm
from meetings.views.fetching import meeting_for, refusal_now
from meetings.workflow import Act
from members.permissions import Capability, requires


@requires(Capability.CORRECT_MINUTES)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk, Act.CORRECT)
    if refused := refusal_now(request, meeting, Act.CORRECT):
        return refused
    form = ReasonForm(request.POST or None)
    outcome = None
    if request.method == "POST":
        outcome = _attempt(request, meeting, form)
        if outcome and outcome.is_clean:
            messages.success(request, _("The correction is saved; the earlier text stays in the history."))
            return saved(request, reverse("meetings:history", args=[pk]))
    shown = _shown_again(request, meeting, outcome)
    context = {
        "meeting": meeting,
        "page": RecordPage(meeting, shown),
        "facts": next((row.form for row in shown.rows if row.name == FACTS), None) if shown else None,
        "outcome": outcome,
        "form": form,
        "section": "meetings",
    }
    context["facts"] = context["facts"] or facts_form(meeting)
    return render(request, "meetings/correct.html", context)


def _attempt(request: HttpRequest, meeting: Meeting, form: ReasonForm) -> Outcome | None:
    """The outcome of the correction; what refuses it as a whole is an error of the reason's form."""
    if not form.is_valid():
        return None
    reason = form.cleaned_data["reason"]
    try:
        return correct_minutes(
            meeting, by=request.user, reason=reason, data=request.POST, files=request.FILES
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _shown_again(request: HttpRequest, meeting: Meeting, outcome: Outcome | None) -> Outcome | None:
    """A correction is all or nothing: refused, every row that was typed into is shown again."""
    if request.method != "POST":
        return None
    shown = typed(meeting, request.POST)
    shown.refused_files = outcome.refused_files if outcome else []
    return shown


@requires(Capability.USE_DESK)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk, Act.READ_MINUTES)
    context = {
        "meeting": meeting,
        "minutes": Minutes(meeting),
        "records": kept.corrections(meeting, {"study": StudyPartForm}),
        "section": "meetings",
    }
    return render(request, "meetings/history.html", context)
