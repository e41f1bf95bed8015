"""Closing, announcing, declaring void, repeating: each asks a second time."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appraisals.ballots import actions
from appraisals.ballots.figures import paper_may_betray, rows_of, turnout_of
from appraisals.ballots.forms.finishing import ConfirmForm, VoidForm
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.views.fetching import ballot_for, refusal_now, refuse, visible_ballot
from appraisals.ballots.workflow import Act
from members.permissions import Capability, requires


@requires(Capability.CLOSE_BALLOTS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.CLOSE)
    if refusal := refusal_now(request, ballot, Act.CLOSE):
        return refusal
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(ballot, by=request.user)
        except ValidationError as refusal:
            return refuse(request, ballot, refusal)
        messages.success(request, _("Voting is closed, and who cast which ballot is destroyed for good."))
        return redirect("ballots:detail", pk=pk)
    context = {
        "ballot": ballot,
        "form": form,
        "turnout": turnout_of(ballot),
        "paper_may_betray": paper_may_betray(ballot),
        "section": "appraisals",
    }
    return render(request, "ballots/close.html", context)


@requires(Capability.DECIDE_ON_BALLOTS)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.VOID)
    if refusal := refusal_now(request, ballot, Act.VOID):
        return refusal
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_void(ballot, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            return refuse(request, ballot, refusal)
        messages.success(request, _("The ballot is void."))
        return redirect("ballots:detail", pk=pk)
    return render(request, "ballots/void.html", {"ballot": ballot, "form": form, "section": "appraisals"})


@require_POST
@requires(Capability.RUN_BALLOTS)
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = visible_ballot(request, pk)
    if not request.user.may(Capability.RUN_BALLOTS):
        raise PermissionDenied
    try:
        again = actions.repeat(ballot, by=request.user)
    except ValidationError as refusal:
        return refuse(request, ballot, refusal)
    messages.success(request, _("A new ballot is set up. The scrutineers make new keys for it."))
    return redirect("ballots:detail", pk=again.pk)


@requires(Capability.DECIDE_ON_BALLOTS)
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Warns where a sum tells how everybody voted (S-5)."""
    ballot = ballot_for(request, pk, Act.ANNOUNCE)
    if refusal := refusal_now(request, ballot, Act.ANNOUNCE):
        return refusal
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.announce(ballot, by=request.user)
        except ValidationError as refusal:  # declared void in this moment
            return refuse(request, ballot, refusal)
        messages.success(request, _("The result is announced to everybody on the roll."))
        return redirect("ballots:result", pk=pk)
    context = {
        "ballot": ballot,
        "form": form,
        "unanimous": [row for row in rows_of(ballot) or [] if row.is_unanimous],
        "paper_may_betray": paper_may_betray(ballot),
        "is_withheld": ballot.is_withheld or ballot.state != SecretBallot.State.COUNTED,
        "section": "appraisals",
    }
    return render(request, "ballots/announce.html", context)
