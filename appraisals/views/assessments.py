"""The ballot of a round, the committee's proposals, their approval."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from appraisals import actions, compliance
from appraisals.actions.assessing import problems
from appraisals.actions.ballot import entitled, proposed_roll, questions
from appraisals.actions.locking import locked
from appraisals.ballots.forms.setting_up import ScrutineersForm
from appraisals.ballots.models import SecretBallot
from appraisals.figures import Line, cap_of, lines_of
from appraisals.forms.assessments import AssessmentForm
from appraisals.forms.rounds import ApprovalForm
from appraisals.models import Assessment, Round
from appraisals.views.fetching import refusal_now, refuse, round_for
from appraisals.workflow import Act
from branch_portal.forms.drafts import saved
from meetings.kinds import MeetingKind
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "appraisals"}
_APPROVES = [
    MeetingKind.COMMITTEE_MEETING,
    MeetingKind.MEMBERS_MEETING,
    MeetingKind.APPRAISAL,
    MeetingKind.LIFE_MEETING,
]


@requires(Capability.RUN_APPRAISALS)
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """What the ballot will be, and who watches it."""
    round, _own = round_for(request, pk, Act.SET_UP_BALLOT)
    if refusal := refusal_now(request, round, Act.SET_UP_BALLOT):
        return refusal
    is_void = round.ballot is not None and round.ballot.state == SecretBallot.State.VOID
    if round.ballot is not None and not is_void:
        return redirect("ballots:detail", pk=round.ballot_id)
    if is_void and request.method == "POST":
        try:
            again = actions.repeat_ballot(round, by=request.user)
        except ValidationError as refusal:  # pressed twice: the first has repeated it
            return refuse(request, round, refusal)
        messages.success(request, _("A new ballot is set up. The scrutineers make new keys for it."))
        return redirect("ballots:detail", pk=again.pk)
    form = ScrutineersForm(request.POST if request.method == "POST" else None, standing=[])
    if accepted(form, lambda: actions.set_up_ballot(round, by=request.user, scrutineers=form.chosen())):
        messages.success(request, _("The ballot is set up."))
        round.refresh_from_db()
        return saved(request, reverse("ballots:detail", args=[round.ballot_id]))
    context = {
        "round": round,
        "form": form,
        "is_void": is_void,
        "questions": questions(round),
        "roll": proposed_roll(round),
        "entitled": entitled(round),
        **_SECTION,
    }
    return render(request, "appraisals/ballot.html", context)


@requires(Capability.RUN_APPRAISALS)
@require_POST
def take_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who came to the meeting, as its attendance stands now."""
    round, _own = round_for(request, pk, Act.SET_UP_BALLOT)
    try:
        size = actions.take_roll(round, by=request.user)
    except ValidationError as refusal:
        return refuse(request, round, refusal)
    messages.success(
        request,
        ngettext("%(count)d person is on the roll.", "%(count)d people are on the roll.", size)
        % {"count": size},
    )
    return redirect("ballots:detail", pk=round.ballot_id)


@requires(Capability.RUN_APPRAISALS)
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Every graded member with the facts; saved all together, and nobody's work is overwritten unseen."""
    round, _own = round_for(request, pk, Act.ASSESS)
    if refusal := refusal_now(request, round, Act.ASSESS):
        return refusal
    try:
        with locked(round, by=request.user, act=Act.ASSESS) as row:
            lines = lines_of(row)
            pairs = [(line, _form(line, row, request)) for line in lines]
            valid = [form.is_valid() for _line, form in pairs]  # every one, so that each shows its own errors
            if request.method == "POST" and all(valid):
                for _line, form in pairs:
                    if form.has_changed():
                        actions.propose(form.instance, by=request.user)
                messages.success(request, _("The proposals are saved."))
                return saved(request, reverse("appraisals:assess", args=[pk]))
            return render(request, "appraisals/assess.html", _context(row, lines, pairs))
    except ValidationError as refusal:
        return refuse(request, round, refusal)


def _form(line: Line, round: Round, request: HttpRequest) -> AssessmentForm:
    instance = line.assessment or Assessment(participant=line.participant)
    return AssessmentForm(
        request.POST if request.method == "POST" else None,
        instance=instance,
        prefix=f"m{line.participant.pk}",
        round=round,
    )


def _context(round: Round, lines: list[Line], pairs) -> dict:
    grades = [
        line.assessment.grade for line in lines if line.assessment and not line.participant.is_elsewhere
    ]
    return {
        "round": round,
        "rows": [
            (
                line,
                form,
                compliance.needs_reason(line.assessment.grade if line.assessment else "", line.counts),
            )
            for line, form in pairs
        ],
        "cap": cap_of(round, grades),
        "has_figures": any(line.row for line in lines),
        "has_errors": any(form.errors for _line, form in pairs),
        **_SECTION,
    }


@requires(Capability.DECIDE_ON_APPRAISALS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.APPROVE_ASSESSMENTS)
    if refusal := refusal_now(request, round, Act.APPROVE_ASSESSMENTS):
        return refusal
    form = ApprovalForm(request.POST or None, kinds=_APPROVES)
    if accepted(form, lambda: _approve(form, round, request)):
        messages.success(request, _("The assessments are approved and stand."))
        return redirect("appraisals:round", pk=pk)
    context = {"form": form, "round": round, "problems": problems(round, lines_of(round)), **_SECTION}
    return render(request, "appraisals/approve.html", context)


def _approve(form: ApprovalForm, round: Round, request: HttpRequest) -> None:
    typed = form.cleaned_data
    actions.approve_assessments(
        round, by=request.user, meeting=typed["meeting"], cap_reason=typed["cap_reason"]
    )
