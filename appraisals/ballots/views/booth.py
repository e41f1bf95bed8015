"""The booth: where a member votes, and what its script asks the server.

The server sends the questions and the voter's credential, and takes a sealed ballot. A choice never comes here in clear: not
in a request, and so not in a log or an error report either (S-1).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from appraisals.ballots import actions
from appraisals.ballots.actions.casting import Reason, Refused, place_of
from appraisals.ballots.models import SecretBallot, Voter
from appraisals.ballots.protocol.ballots import ballot_size_limit
from appraisals.ballots.protocol.errors import ProtocolError
from appraisals.ballots.protocol.hashing import sha256_hex
from appraisals.ballots.texts import election_of
from appraisals.ballots.views.bodies import is_at_most
from appraisals.ballots.views.fetching import ballot_for
from appraisals.ballots.workflow import Act
from members.permissions import Capability, requires

# 410: it will not come back; 409: the sender did not know what stands; 403: not for this person; 503: our fault.
_STATUS = {
    Reason.NOT_ON_ROLL: 403,
    Reason.NOT_OPEN_YET: 409,
    Reason.CLOSED: 410,
    Reason.PAPER: 403,
    Reason.NOT_YOURS: 403,
    Reason.REPLACED: 409,
    Reason.LINK_LOST: 503,
}


@requires(Capability.USE_DESK)
@require_safe
def booth(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, with the rows this person marks; without script it leads to paper."""
    ballot = ballot_for(request, pk, Act.VOTE)
    voter = ballot.voters.get(member=request.user.member_id)
    questions = list(ballot.questions.all())
    own = request.user.member_id if ballot.hides_own_row else None
    rows = [each for each in questions if own is None or each.subject_id != own]
    is_open = ballot.state == SecretBallot.State.OPEN and voter.way == Voter.Way.ONLINE
    context = {
        "ballot": ballot,
        "voter": voter,
        "rows": rows,
        "own_is_left_out": len(rows) < len(questions),
        "is_open": is_open,
        "fingerprint": election_of(ballot).fingerprint if is_open else "",
        "data": _data(ballot, questions) if is_open else None,
        "section": "appraisals",
    }
    return render(request, "ballots/booth.html", context)


def _data(ballot: SecretBallot, questions: list) -> dict:
    """What the script needs beside the page; nothing secret."""
    return {
        "setup": reverse("ballots:setup", args=[ballot.pk]),
        "place": reverse("ballots:place", args=[ballot.pk]),
        "cast": reverse("ballots:cast", args=[ballot.pk]),
        "worker": static("js/ballot.worker.js"),
        "fingerprint": election_of(ballot).fingerprint,
        # As they are sealed; the page shows them in the reader's language.
        "questions": [{"question": each.text, "answers": each.answers} for each in questions],
        "texts": {
            "count": _("{done} of {all} rated"),
            "noMark": _("no mark"),
            "sealing": _("Your ballot is being sealed on this device."),
            "sending": _("Your sealed ballot is on its way."),
            "waiting": _(
                "No connection to the server. Your ballot is sealed and kept on this page; it is sent again by itself."
            ),
            "noConnection": _(
                "No connection to the server. Your marks are kept on this page; it is tried again by itself."
            ),
            "broken": _(
                "This device could not seal the ballot. Reload the page and try again, or ask for a paper ballot."
            ),
            "signedOut": _(
                "You are signed out. Sign in again in another tab, come back here and press “Send it now”."
            ),
            "copied": _("Copied"),
            "leave": _("Your marks are not cast yet."),
        },
    }


@requires(Capability.USE_DESK)
@require_safe
def setup(request: HttpRequest, pk: int) -> JsonResponse:
    """The election, the scrutineers' keys and the public credentials, exactly as their fingerprints are made."""
    ballot = ballot_for(request, pk, Act.SEE_BOARD)
    if ballot.election is None:
        return _refusal(Refused(Reason.NOT_OPEN_YET))
    return JsonResponse(
        {"election": ballot.election, "trustees": ballot.trustees, "credentials": ballot.credentials}
    )


@requires(Capability.USE_DESK)
@require_POST
def place(request: HttpRequest, pk: int) -> JsonResponse:
    """The voter's private credential, and the tracking code of the ballot that lies in the box now, if one does."""
    ballot = ballot_for(request, pk, Act.VOTE)
    try:
        found = place_of(ballot, request.user.member, now=timezone.now())
    except Refused as refused:
        return _refusal(refused)
    return JsonResponse({"credential": found.credential, "tracker": found.tracker})


@requires(Capability.USE_DESK)
@require_POST
def cast(request: HttpRequest, pk: int) -> JsonResponse:
    """Take a sealed ballot: the body is its text, ``X-Replaces`` the tracking code of the ballot it takes the place of.

    200 with the receipt; 410 with the tracking code and the reason "counted" if voting is closed and this very ballot is in
    the count: only its acknowledgement was lost; 400 with the protocol's reason; 413 for a body longer than any ballot of
    this vote; otherwise as ``_STATUS`` has it. The same ballot sent again gives the same answer.
    """
    ballot = ballot_for(request, pk, Act.VOTE)
    if ballot.election is None:
        return _refusal(Refused(Reason.NOT_OPEN_YET))
    if not is_at_most(request, ballot_size_limit(election_of(ballot))):
        return JsonResponse(
            {"reason": "too_large", "message": _("This is longer than any ballot.")}, status=413
        )
    replaces = request.headers.get("X-Replaces", "") or None
    try:
        accepted = actions.cast(ballot, request.user.member, data=request.body, replaces=replaces)
    except Refused as refused:
        if refused.reason == Reason.CLOSED:
            ballot = ballot_for(
                request, pk, Act.VOTE
            )  # its time may have come since: then it is closed by this
            if tracker := _counted(ballot, request.body):
                return JsonResponse({"reason": "counted", "tracker": tracker}, status=_STATUS[refused.reason])
        return _refusal(refused, ballot, request)
    except ProtocolError as error:
        message = _("The server does not accept this ballot: %(reason)s") % {"reason": error.fault}
        return JsonResponse({"reason": str(error.fault), "message": message}, status=400)
    except OSError:  # the sender hung up in the middle
        return JsonResponse(
            {"reason": "incomplete", "message": _("The ballot did not arrive whole.")}, status=400
        )
    return JsonResponse({**accepted.receipt.as_dict(), "was_there": accepted.was_there})


def _counted(ballot: SecretBallot, data: bytes) -> str | None:
    """The tracking code, if exactly this text was taken over into the count at closing."""
    standing = [SecretBallot.State.CLOSED, SecretBallot.State.COUNTED]
    sealed = ballot.sealed_ballots.filter(hash=sha256_hex(data), ballot__state__in=standing)
    return sealed.values_list("tracker", flat=True).first()


def _refusal(
    refused: Refused, ballot: SecretBallot | None = None, request: HttpRequest | None = None
) -> JsonResponse:
    answer = {"reason": refused.reason.value, "message": str(refused.reason.label)}
    if refused.reason == Reason.REPLACED:
        try:
            answer["tracker"] = place_of(ballot, request.user.member, now=timezone.now()).tracker
        except Refused as now:  # closed, or given paper, in this very moment
            return _refusal(now)
    return JsonResponse(answer, status=_STATUS[refused.reason])
