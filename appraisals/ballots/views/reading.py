"""A ballot, its board and its history; the list of ballots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appraisals.ballots import access_given, actions, link_keys, receipts, workflow
from appraisals.ballots.actions.opening import fingerprint, missing
from appraisals.ballots.figures import archive_is_public, turnout_of
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.texts import credentials_of, election_of
from appraisals.ballots.views.fetching import ballot_for, refusal_now, visible_ballot
from appraisals.ballots.workflow import Act, Relation
from branch_portal.paging import page_context
from members.permissions import Capability, requires

State = SecretBallot.State
_LONGEST_TYPED = 1000


@requires(Capability.USE_DESK)
def ballot_list(request: HttpRequest) -> HttpResponse:
    actions.close_those_due(timezone.now())
    ballots = SecretBallot.objects.visible_to(request.user)
    context = {**page_context(ballots, request.GET.get("page")), "section": "appraisals"}
    return render(request, "ballots/list.html", context)


@requires(Capability.USE_DESK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = visible_ballot(request, pk)
    related = workflow.relations(request.user, ballot)
    acts = {act for act in Act if workflow.is_possible(request.user, act, ballot, related)}
    voter = ballot.voters.filter(member=request.user.member_id).first() if Relation.VOTER in related else None
    opened = ballot.opened_at is not None
    context = {
        "ballot": ballot,
        "acts": acts,
        "voter": voter,
        "is_scrutineer": Relation.SCRUTINEER in related,
        "scrutineers": [(each, fingerprint(each)) for each in ballot.scrutineers.select_related("member")],
        "questions": list(ballot.questions.select_related("subject")),
        "turnout": turnout_of(ballot)
        if opened and ballot.state != State.VOID and Act.SEE_BOARD in acts
        else None,
        "roll_size": ballot.voters.count(),
        "missing": missing(ballot) if Act.OPEN in acts else [],
        "election": election_of(ballot) if opened else None,
        "credentials": credentials_of(ballot) if opened else None,
        "link_is_lost": ballot.state == State.OPEN
        and not link_keys.is_there(ballot.uuid, receipt_key=ballot.receipt_key),
        "may_repeat": ballot.state == State.VOID
        and request.user.may(Capability.RUN_BALLOTS)
        and not SecretBallot.objects.living().filter(series=ballot.series).exists(),
        "archive_of_void": ballot.state == State.VOID
        and archive_is_public(ballot)
        and workflow.is_for(request.user, Act.SEE_RESULT, ballot, related),
        **(access_given.page_context(ballot) if _is_around(request, related) else {}),
        "section": "appraisals",
    }
    return render(request, "ballots/detail.html", context)


def _is_around(request: HttpRequest, related: frozenset[Relation]) -> bool:
    """On the roll, among the scrutineers, or running the ballot: not everybody who may see that there is one."""
    return bool(related & {Relation.VOTER, Relation.SCRUTINEER}) or request.user.may(Capability.RUN_BALLOTS)


@requires(Capability.USE_DESK)
@require_safe
def voters(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll, to be read: who, which way, and after closing who returned a ballot online; without any time (S-2)."""
    ballot = ballot_for(request, pk, Act.SEE_ROLL)
    context = {
        "ballot": ballot,
        "voters": ballot.voters.select_related("member"),
        "is_closed": ballot.closed_at is not None,
        "section": "appraisals",
    }
    return render(request, "ballots/voters.html", context)


@requires(Capability.USE_DESK)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The tracking codes in their own order, and whether one's own is among them. Looking for it leaves no trace:
    it is posted, so that no address and no log holds it."""
    ballot = ballot_for(request, pk, Act.SEE_BOARD)
    if refusal := refusal_now(request, ballot, Act.SEE_BOARD):
        return refusal
    if ballot.state == State.OPEN:
        trackers = sorted(ballot.seats.taken().values_list("tracker", flat=True))
    else:
        trackers = sorted(ballot.sealed_ballots.values_list("tracker", flat=True))
    typed = request.POST.get("tracker", "").strip()[:_LONGEST_TYPED]
    context = {
        "ballot": ballot,
        "trackers": trackers,
        "typed": typed,
        "answer": _answer(ballot, typed, request.POST.get("signature", ""), trackers) if typed else None,
        "turnout": turnout_of(ballot) if ballot.state != State.VOID else None,
        "section": "appraisals",
    }
    return render(request, "ballots/board.html", context)


def _answer(ballot: SecretBallot, typed: str, signature: str, trackers: list[str]) -> dict[str, str]:
    """What a tracking code, or a receipt with its signature, says: a level for the notice and a sentence."""
    if typed in trackers:
        return {"level": "success", "text": _("This ballot is on the board.")}
    if signature and receipts.is_genuine(ballot, typed, signature.strip()[:200]):
        found = any(f'"{tracker}"' in typed for tracker in trackers)
        if found:
            return {"level": "success", "text": _("The receipt is genuine, and its ballot is on the board.")}
        return {
            "level": "warning",
            "text": _(
                "The receipt is genuine, but its ballot is not on the board: was it replaced by a later one?"
            ),
        }
    return {
        "level": "error",
        "text": _(
            "No ballot with this code is on the board. Check for slips; a ballot that was replaced is not here."
        ),
    }


@requires(Capability.USE_DESK)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.READ_HISTORY)
    steps = ballot.steps.select_related("by__member", "about")
    context = {
        "ballot": ballot,
        "steps": steps,
        **access_given.page_context(ballot),
        "section": "appraisals",
    }
    return render(request, "ballots/history.html", context)
