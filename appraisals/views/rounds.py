"""The list of rounds, one round with its check list, its plan and its steps."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appraisals import actions, workflow
from appraisals.actions.locking import locked
from appraisals.ballots.forms.finishing import ConfirmForm
from appraisals.checklist import steps_of
from appraisals.forms.rounds import (
    ElsewhereForm,
    FeedbackForm,
    MeetingForm,
    ParticipantsForm,
    ReportForm,
    RoundForm,
)
from appraisals.grades import FOUR
from appraisals.models import Participant, Round
from appraisals.views.fetching import refusal_now, refuse, round_for, visible_round
from appraisals.workflow import Act
from branch_portal.forms.drafts import saved
from branch_portal.media.responses import document_response
from branch_portal.paging import page_context
from meetings.kinds import MeetingKind
from members.models import BranchProfile
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "appraisals"}
_DECIDES_PLAN = [MeetingKind.COMMITTEE_MEETING, MeetingKind.MEMBERS_MEETING]
_APPRAISES = [MeetingKind.APPRAISAL, MeetingKind.LIFE_MEETING]
_STEPS = {
    "mutual-review": Act.BEGIN_MUTUAL_REVIEW,
    "ballot": Act.BEGIN_BALLOT,
}


@requires(Capability.USE_DESK)
def round_list(request: HttpRequest) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("ballot")
    return render(
        request, "appraisals/list.html", {**page_context(rounds, request.GET.get("page")), **_SECTION}
    )


@requires(Capability.USE_DESK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    round = visible_round(request, pk)
    own = workflow.participant_of(request.user, round)
    runs = request.user.may(Capability.RUN_APPRAISALS)
    context = {
        "round": round,
        "own": own,
        "own_review": getattr(own, "self_review", None) if own else None,
        "acts": workflow.possible_acts(request.user, round, own),
        "steps": steps_of(round) if runs else [],
        "states": Round.State,
        "size": round.participants.count(),
        **_SECTION,
    }
    return render(request, "appraisals/round.html", context)


@requires(Capability.RUN_APPRAISALS)
def new(request: HttpRequest) -> HttpResponse:
    year = timezone.localdate().year
    form = RoundForm(
        request.POST or None, initial={"year": year, "grades": FOUR}, instance=Round(grades=FOUR)
    )
    if accepted(form, lambda: actions.plan_round(form.instance, by=request.user)):
        messages.success(request, _("The round is planned."))
        return saved(request, reverse("appraisals:round", args=[form.instance.pk]))
    return render(request, "appraisals/plan.html", {"form": form, **_SECTION})


@requires(Capability.RUN_APPRAISALS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.CHANGE_PLAN)
    try:
        with locked(round, by=request.user, act=Act.CHANGE_PLAN) as row:
            form = RoundForm(request.POST or None, instance=row)
            if accepted(form, lambda: actions.change_plan(form.instance, by=request.user)):
                messages.success(request, _("The plan is saved."))
                return saved(request, reverse("appraisals:round", args=[pk]))
            return render(request, "appraisals/plan.html", {"form": form, "round": round, **_SECTION})
    except ValidationError as refusal:
        return refuse(request, round, refusal)


@requires(Capability.RUN_APPRAISALS)
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.CHANGE_PLAN)
    try:
        with locked(round, by=request.user, act=Act.CHANGE_PLAN) as row:
            standing = [each.member for each in row.participants.select_related("member")]
            form = ParticipantsForm(request.POST if request.method == "POST" else None, standing=standing)
            if form.is_bound and form.is_valid():
                actions.set_participants(row, by=request.user, members=form.chosen())
                messages.success(request, _("Who takes part is saved."))
                return saved(request, reverse("appraisals:round", args=[pk]))
            return render(request, "appraisals/participants.html", {"form": form, "round": round, **_SECTION})
    except ValidationError as refusal:
        return refuse(request, round, refusal)


@requires(Capability.RUN_APPRAISALS)
def elsewhere(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    """A mobile member appraised by another branch."""
    round, _own = round_for(request, pk, Act.SEE_PAPERS)
    if refusal := refusal_now(request, round, Act.SEE_PAPERS):
        return refusal
    row = get_object_or_404(round.participants.select_related("member", "round"), pk=participant)
    form = ElsewhereForm(
        request.POST or None, request.FILES or None, instance=Participant.objects.get(pk=row.pk)
    )
    if accepted(form, lambda: _set_elsewhere(form, row, request)):
        messages.success(request, _("It is saved."))
        return redirect("appraisals:papers", pk=pk)
    return render(
        request, "appraisals/elsewhere.html", {"form": form, "round": round, "row": row, **_SECTION}
    )


@requires(Capability.RUN_APPRAISALS)
def elsewhere_proof(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    """The paper by which another branch says that it appraised the member."""
    round, _own = round_for(request, pk, Act.SEE_PAPERS)
    if refusal := refusal_now(request, round, Act.SEE_PAPERS):
        return refusal
    row = get_object_or_404(round.participants.exclude(proof_key=""), pk=participant)
    return document_response(row.proof_key, row.proof_name, row.proof_type)


def _set_elsewhere(form: ElsewhereForm, row: Participant, request: HttpRequest) -> None:
    typed = form.cleaned_data
    actions.set_elsewhere(
        row,
        by=request.user,
        is_elsewhere=typed["is_elsewhere"],
        branch=typed["elsewhere"],
        proof=typed["proof"],
    )


# --- steps ----------------------------------------------------------------------------------------
@requires(Capability.DECIDE_ON_APPRAISALS)
def approve_plan(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.APPROVE_PLAN)
    if refusal := refusal_now(request, round, Act.APPROVE_PLAN):
        return refusal
    form = MeetingForm(request.POST or None, kinds=_DECIDES_PLAN)
    if accepted(
        form, lambda: actions.approve_plan(round, by=request.user, meeting=form.cleaned_data["meeting"])
    ):
        messages.success(request, _("The plan is approved; members write their self-reviews."))
        return redirect("appraisals:round", pk=pk)
    return render(request, "appraisals/approve_plan.html", {"form": form, "round": round, **_SECTION})


@requires(Capability.RUN_APPRAISALS)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.LINK_MEETING)
    if refusal := refusal_now(request, round, Act.LINK_MEETING):
        return refusal
    form = MeetingForm(
        request.POST or None, kinds=_APPRAISES, required=False, initial={"meeting": round.meeting_id}
    )
    if accepted(
        form, lambda: actions.link_meeting(round, by=request.user, meeting=form.cleaned_data["meeting"])
    ):
        messages.success(request, _("It is saved."))
        return redirect("appraisals:round", pk=pk)
    return render(request, "appraisals/meeting.html", {"form": form, "round": round, **_SECTION})


@requires(Capability.DECIDE_ON_APPRAISALS)
def finish_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody has been told: with the day, and confirmed."""
    round, _own = round_for(request, pk, Act.FEED_BACK)
    if refusal := refusal_now(request, round, Act.FEED_BACK):
        return refusal
    form = FeedbackForm(request.POST or None, initial={"on": timezone.localdate()})
    if accepted(form, lambda: actions.finish_feedback(round, by=request.user, on=form.cleaned_data["on"])):
        messages.success(request, _("The round has gone on to the next step."))
        return redirect("appraisals:round", pk=pk)
    without = round.participants.filter(statement=None).count()
    context = {"form": form, "round": round, "without_statement": without, **_SECTION}
    return render(request, "appraisals/finish_feedback.html", context)


@requires(Capability.DECIDE_ON_APPRAISALS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """When and to whom the result was reported above."""
    round, _own = round_for(request, pk, Act.REPORT_ABOVE)
    if refusal := refusal_now(request, round, Act.REPORT_ABOVE):
        return refusal
    to = round.reported_to or BranchProfile.load().higher_committee
    form = ReportForm(
        request.POST or None, initial={"on": round.reported_on or timezone.localdate(), "to": to}
    )
    if accepted(form, lambda: actions.report_above(round, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is saved."))
        return redirect("appraisals:round", pk=pk)
    return render(request, "appraisals/report.html", {"form": form, "round": round, **_SECTION})


@requires(Capability.DECIDE_ON_APPRAISALS)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.ARCHIVE)
    if refusal := refusal_now(request, round, Act.ARCHIVE):
        return refusal
    form = ConfirmForm(request.POST or None)
    if accepted(form, lambda: actions.archive(round, by=request.user)):
        messages.success(request, _("The round is archived."))
        return redirect("appraisals:round", pk=pk)
    return render(request, "appraisals/archive.html", {"form": form, "round": round, **_SECTION})


@require_POST
@requires(Capability.DECIDE_ON_APPRAISALS)
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Lead the round on: a step that needs nothing but its state."""
    act = _STEPS.get(name)
    round = visible_round(request, pk)
    if act is None:
        raise PermissionDenied
    try:
        actions.lead_on(round, by=request.user, act=act)
    except ValidationError as refusal:
        return refuse(request, round, refusal)
    messages.success(request, _("The round has gone on to the next step."))
    return redirect("appraisals:round", pk=pk)
