"""Fetching is authorising: the round a request speaks of, if its user may see it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from appraisals import workflow
from appraisals.models import Participant, Round
from appraisals.workflow import Act


def visible_round(request: HttpRequest, pk: int) -> Round:
    """404 for a round that is not the user's to see."""
    rounds = Round.objects.visible_to(request.user).select_related(
        "ballot", "meeting", "plan_meeting", "assessment_meeting"
    )
    return get_object_or_404(rounds, pk=pk)


def round_for(request: HttpRequest, pk: int, act: Act) -> tuple[Round, Participant | None]:
    """The round and the user's own part in it, if the act is the user's business (404, 403), whatever the state."""
    round = visible_round(request, pk)
    own = workflow.participant_of(request.user, round)
    if not workflow.is_for(request.user, act, round, own):
        raise PermissionDenied
    return round, own


def refusal_now(request: HttpRequest, round: Round, act: Act) -> HttpResponse | None:
    """The way back with the reason, if the act makes no sense in the round's state; None if it does."""
    try:
        workflow.check_state(act, round)
    except ValidationError as refusal:
        return refuse(request, round, refusal)
    return None


def refuse(request: HttpRequest, round: Round, refusal: ValidationError) -> HttpResponse:
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("appraisals:round", pk=round.pk)
