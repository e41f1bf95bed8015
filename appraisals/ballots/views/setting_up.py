"""Before and while people vote: what the committee does."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from appraisals.ballots import actions
from appraisals.ballots.actions.locking import locked
from appraisals.ballots.actions.opening import missing
from appraisals.ballots.figures import turnout_of
from appraisals.ballots.forms.finishing import ConfirmForm
from appraisals.ballots.forms.setting_up import PeopleForm, RollForm, RulesForm, ScrutineersForm
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.views.fetching import ballot_for, refusal_now, refuse
from appraisals.ballots.workflow import Act
from branch_portal.forms.drafts import saved
from branch_portal.media.qr import qr_drawing
from members.permissions import Capability, requires


@requires(Capability.RUN_BALLOTS)
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.CHANGE_SETUP)
    try:
        with locked(ballot, by=request.user, act=Act.CHANGE_SETUP) as row:
            form = RulesForm(request.POST or None, instance=row)
            if request.method == "POST" and form.is_valid():
                changed = {name: form.cleaned_data[name] for name in form.fields}
                actions.change_rules(row, by=request.user, **changed)
                messages.success(request, _("The rules are saved."))
                return saved(request, reverse("ballots:detail", args=[pk]))
            return render(
                request, "ballots/rules.html", {"form": form, "ballot": ballot, "section": "appraisals"}
            )
    except ValidationError as refusal:
        return refuse(request, ballot, refusal)


@requires(Capability.RUN_BALLOTS)
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    return _people(request, pk, "voters", RollForm, actions.change_roll)


@requires(Capability.RUN_BALLOTS)
def scrutineers(request: HttpRequest, pk: int) -> HttpResponse:
    return _people(request, pk, "scrutineers", ScrutineersForm, actions.appoint_scrutineers)


def _people(request: HttpRequest, pk: int, what: str, form_class: type[PeopleForm], act) -> HttpResponse:
    """The page of the roll or of the scrutineers: the same choice of people."""
    ballot = ballot_for(request, pk, Act.CHANGE_SETUP)
    try:
        with locked(ballot, by=request.user, act=Act.CHANGE_SETUP) as row:
            standing = [each.member for each in getattr(row, what).select_related("member")]
            form = form_class(
                request.POST if request.method == "POST" else None, standing=standing, ballot=row
            )
            if form.is_bound and form.is_valid():
                act(row, by=request.user, **{what: form.chosen()})
                messages.success(request, _("The people are saved."))
                return saved(request, reverse("ballots:detail", args=[pk]))
            context = {"form": form, "ballot": ballot, "what": what, "section": "appraisals"}
            return render(request, "ballots/people.html", context)
    except ValidationError as refusal:
        return refuse(request, ballot, refusal)


@requires(Capability.RUN_BALLOTS)
def open_voting(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what can no longer change, and asks a second time."""
    ballot = ballot_for(request, pk, Act.OPEN)
    if refusal := refusal_now(request, ballot, Act.OPEN):
        return refusal
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_voting(ballot, by=request.user)
        except ValidationError as refusal:
            return refuse(request, ballot, refusal)
        messages.success(request, _("Voting is open."))
        return redirect("ballots:screen", pk=pk)
    context = {
        "ballot": ballot,
        "form": form,
        "missing": missing(ballot),
        "roll_size": ballot.voters.count(),
        "questions": ballot.questions.count(),
        "scrutineers": ballot.scrutineers.select_related("member"),
        "section": "appraisals",
    }
    return render(request, "ballots/open.html", context)


@requires(Capability.USE_DESK)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For the wall of the room: the way to the booth, issued and returned."""
    ballot = ballot_for(request, pk, Act.SHOW_SCREEN)
    if refusal := refusal_now(request, ballot, Act.SHOW_SCREEN):
        return refusal
    address = request.build_absolute_uri(reverse("ballots:booth", args=[pk]))
    context = {
        "ballot": ballot,
        "address": address,
        "qr": qr_drawing(address),
        "turnout": turnout_of(ballot),
        "figures_address": reverse("ballots:screen_figures", args=[pk]),
        "section": "appraisals",
    }
    return render(request, "ballots/screen.html", context)


@requires(Capability.USE_DESK)
def screen_figures(request: HttpRequest, pk: int) -> JsonResponse:
    """What the screen shows anew every few seconds."""
    ballot = ballot_for(request, pk, Act.SHOW_SCREEN)
    if ballot.state != SecretBallot.State.OPEN:
        return JsonResponse({"open": False})
    turnout = turnout_of(ballot)
    return JsonResponse({"open": True, "issued": turnout.issued, "returned": turnout.returned})
