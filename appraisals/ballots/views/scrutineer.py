"""The scrutineer's desk: the key before opening, the share of the count after closing.

The private key is made, kept and used in the scrutineer's own browser. What comes here is its public half with a proof,
and the share of the count with its proofs.
"""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from appraisals.ballots import access_given, actions
from appraisals.ballots.actions.counting import LONGEST_SHARE, awaits_paper, paper_is_settled
from appraisals.ballots.actions.opening import LONGEST_KEY, fingerprint
from appraisals.ballots.models import Scrutineer, SecretBallot
from appraisals.ballots.protocol.errors import ProtocolError
from appraisals.ballots.texts import election_of
from appraisals.ballots.views.bodies import is_at_most
from appraisals.ballots.views.fetching import ballot_for
from appraisals.ballots.workflow import Act
from members.permissions import Capability, requires

State = SecretBallot.State
MOST_AT_ONCE = 20  # sealed ballots in one answer
_LONGEST_LIST = 10_000


@requires(Capability.USE_DESK)
@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.HAND_IN_KEY)
    own = ballot.scrutineers.select_related("member").get(member=request.user.member_id)
    context = {
        "ballot": ballot,
        "own": own,
        "data": _data(ballot, own),
        **access_given.page_context(ballot),
        "section": "appraisals",
    }
    return render(request, "ballots/scrutineer.html", context)


def _data(ballot: SecretBallot, own: Scrutineer) -> dict:
    """What the script needs beside the page; nothing secret."""
    addresses = {
        "states": "scrutineer_states",
        "key": "hand_in_key",
        "sealed": "sealed",
        "share": "hand_in_share",
        "setup": "setup",
        "archive": "archive",
        "result": "result",
    }
    return {
        **{name: reverse(f"ballots:{route}", args=[ballot.pk]) for name, route in addresses.items()},
        "worker": static("js/ballot.worker.js"),
        "uuid": ballot.uuid,
        "position": own.position,
        "texts": _texts(),
    }


def _texts() -> dict[str, str]:
    return {
        "ready": _("key made"),
        "waiting": _("no key yet"),
        "decrypted": _("share handed in"),
        "checking": _("{done} of {all} ballots checked"),
        "counting": _("{done} of {all} questions worked out"),
        "group": _("Type group {number} of your sheet"),
        "wrongGroup": _("This is not what stands on the sheet. Look again, or print the sheet anew."),
        "testFailed": _(
            "The key that was made does not work in this browser. Take another browser or device."
        ),
        "noConnection": _("No connection to the server. Nothing is lost; try again."),
        "storeFailed": _(
            "This browser cannot keep the key. Leave private browsing, or take another browser."
        ),
        "newKey": _("A new key makes the old sheet worthless. Go on?"),
        "sheet_character": _("Group {number} of the sheet has a character that cannot occur."),
        "sheet_group": _("There is a mistake in group {number} of the sheet."),
        "sheet_length": _("The sheet has 14 groups of 5 characters; this is not as long."),
        "sheet_key": _("This is not a recovery sheet of a key. Check every group."),
        "foreignKey": _(
            "This key belongs to another ballot or to another scrutineer. Take the sheet with your "
            "own name and this ballot's title."
        ),
        "second": _(
            "This browser has helped to count another set of ballots of this vote before. It refuses "
            "to do so again: two counts together could betray a vote. Tell the other scrutineers."
        ),
        "changed": _(
            "The ballot is not the one that was opened: its fingerprint has changed. Do not count, "
            "and tell the other scrutineers."
        ),
        "wrongBoard": _(
            "The ballots on the server do not hold: {reason}. Do not count, and tell the other scrutineers."
        ),
        "missing": _(
            "The sum is of {ballots} ballots only, but this browser saw {most} in the box. Your key was not "
            "used. Do not count, and tell the other scrutineers."
        ),
        "few": _(
            "The sum is of {ballots} ballots only; fewer than {smallest} are never opened. Your key was not "
            "used. Do not count, and tell the other scrutineers."
        ),
        "sum": _("Everything holds. Sealed ballots in this sum: {ballots}"),
        "sumSeen": _("This browser saw in the box while people voted: {most}"),
        "sumPaper": _("Paper ballots issued, which come on top: {paper}"),
        "failed": _("Something went wrong in this browser. Reload the page; your key is kept."),
    }


@requires(Capability.USE_DESK)
@require_safe
def states(request: HttpRequest, pk: int) -> JsonResponse:
    """How far everybody is; asked again every few seconds."""
    ballot = ballot_for(request, pk, Act.HAND_IN_KEY)
    everybody = ballot.scrutineers.select_related("member")
    return JsonResponse(
        {
            "state": ballot.state,
            "awaitsPaper": ballot.state == State.CLOSED and awaits_paper(ballot),
            "smallestCount": ballot.smallest_count,
            "paperIssued": ballot.voters.on_paper().count(),
            "paperIsSettled": ballot.state != State.CLOSED or paper_is_settled(ballot),
            "fingerprint": election_of(ballot).fingerprint if ballot.election else None,
            "scrutineers": [
                {
                    "name": str(each.member),
                    "position": each.position,
                    "fingerprint": fingerprint(each),
                    "isReady": each.is_ready,
                    "hasDecrypted": each.has_decrypted,
                }
                for each in everybody
            ],
        }
    )


@requires(Capability.USE_DESK)
@require_POST
def hand_in_key(request: HttpRequest, pk: int) -> JsonResponse:
    """The body is a trustee's public key with its proof, as the protocol writes it."""
    ballot = ballot_for(request, pk, Act.HAND_IN_KEY)
    return _taken(request, LONGEST_KEY, lambda data: actions.hand_in_key(ballot, by=request.user, data=data))


@requires(Capability.USE_DESK)
@require_POST
def hand_in_share(request: HttpRequest, pk: int) -> JsonResponse:
    """The body is a partial decryption, as the protocol writes it."""
    ballot = ballot_for(request, pk, Act.DECRYPT)
    return _taken(
        request, LONGEST_SHARE, lambda data: actions.hand_in_share(ballot, by=request.user, data=data)
    )


def _taken(request: HttpRequest, longest: int, act) -> JsonResponse:
    """Do it with the body; 413 too long, 400 what the protocol refuses, 409 what makes no sense now."""
    if not is_at_most(request, longest):
        return JsonResponse({"reason": "too_large", "message": _("This is too long.")}, status=413)
    try:
        act(request.body)
    except ProtocolError as error:
        message = _("The server does not accept this: %(reason)s") % {"reason": error.fault}
        return JsonResponse({"reason": str(error.fault), "message": message}, status=400)
    except ValidationError as refusal:
        return JsonResponse({"reason": "state", "message": " ".join(refusal.messages)}, status=409)
    except OSError:  # the sender hung up in the middle
        return JsonResponse({"reason": "incomplete", "message": _("It did not arrive whole.")}, status=400)
    return JsonResponse({"taken": True})


@requires(Capability.USE_DESK)
def sealed(request: HttpRequest, pk: int) -> JsonResponse:
    """GET: the tracking codes of the ballots in the box, in their own order. POST a list of some: their texts.

    Neither a voter nor a time is anywhere near.
    """
    ballot = ballot_for(request, pk, Act.VERIFY_SEALED)
    ballots = ballot.seats.taken() if ballot.state == State.OPEN else ballot.sealed_ballots.all()
    if request.method != "POST":
        return JsonResponse({"trackers": sorted(ballots.values_list("tracker", flat=True))})
    found = ballots.filter(tracker__in=_asked(request)).order_by("tracker").values_list("data", flat=True)
    return JsonResponse({"ballots": list(found)})


def _asked(request: HttpRequest) -> list[str]:
    """Some tracking codes; what is no such list asks for nothing."""
    if not is_at_most(request, _LONGEST_LIST):
        return []
    try:
        asked = json.loads(request.body)
    except (ValueError, OSError, RecursionError):
        return []
    asked = asked if isinstance(asked, list) else []
    return [each for each in asked if isinstance(each, str) and "\0" not in each and each.isascii()][
        :MOST_AT_ONCE
    ]
