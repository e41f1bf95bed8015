"""Fetching is authorising: the ballot a request speaks of, if its user may see it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from appraisals.ballots import actions, workflow
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.workflow import Act


def visible_ballot(request: HttpRequest, pk: int) -> SecretBallot:
    """404 for a ballot that is not the user's to see. One whose set time has come is closed first, whoever looks."""
    ballots = SecretBallot.objects.visible_to(request.user)
    ballot = get_object_or_404(ballots, pk=pk)
    now = timezone.now()
    if ballot.state == SecretBallot.State.OPEN and ballot.closes_at and ballot.closes_at <= now:
        actions.close_those_due(now)
        ballot.refresh_from_db()
    return ballot


def ballot_for(request: HttpRequest, pk: int, act: Act) -> SecretBallot:
    """The ballot, if the act is the user's business with it (404, 403), whatever its state."""
    ballot = visible_ballot(request, pk)
    if not workflow.is_for(request.user, act, ballot):
        raise PermissionDenied
    return ballot


def refusal_now(request: HttpRequest, ballot: SecretBallot, act: Act) -> HttpResponse | None:
    """The way back with the reason, if the act makes no sense in the ballot's state; None if it does."""
    try:
        workflow.check_state(act, ballot)
    except ValidationError as refusal:
        return refuse(request, ballot, refusal)
    return None


def refuse(request: HttpRequest, ballot: SecretBallot, refusal: ValidationError) -> HttpResponse:
    """Back to the ballot, with the reasons in words."""
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("ballots:detail", pk=ballot.pk)
