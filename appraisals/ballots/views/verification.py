"""The archive, and verifying it once more: in the reader's own browser, or on the server for those without script."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appraisals.ballots import workflow
from appraisals.ballots.archives import file_name, write_archive
from appraisals.ballots.figures import archive_is_public
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.errors import ProtocolError
from appraisals.ballots.protocol.verification import Report, verify_archive
from appraisals.ballots.views.fetching import visible_ballot
from appraisals.ballots.workflow import Act
from members.permissions import Capability, requires

State = SecretBallot.State


@requires(Capability.USE_DESK)
@require_safe
def archive(request: HttpRequest, pk: int) -> FileResponse:
    """The file ``UUID.bel``: for the scrutineers from closing on, as far as it goes; for the others once it is complete."""
    ballot = _with_archive(request, pk)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_archive(ballot, file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=file_name(ballot), content_type="application/octet-stream"
    )


@requires(Capability.USE_DESK)
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything checked again. GET: by the reader's browser; POST: by the server."""
    ballot = _with_archive(request, pk)
    if ballot.counted_at is None:
        raise PermissionDenied
    context = {
        "ballot": ballot,
        "file_name": file_name(ballot),
        "report": _verified(ballot) if request.method == "POST" else None,
        "data": {
            "archive": reverse("ballots:archive", args=[pk]),
            "worker": static("js/ballot.worker.js"),
            "texts": {
                "checking": _("{done} of {all} ballots checked"),
                "good": _("Everything holds."),
                "bad": _("Something does not hold: {reason}"),
                "noConnection": _("No connection to the server. Nothing is lost; try again."),
                "found": _("This ballot is in the count."),
                "missing": _("No ballot with this code is in the count."),
            },
        },
        "section": "appraisals",
    }
    return render(request, "ballots/verification.html", context)


def _with_archive(request: HttpRequest, pk: int) -> SecretBallot:
    """404 where there is no archive, 403 where it is not this person's, or nobody's because it would betray votes."""
    ballot = visible_ballot(request, pk)
    if ballot.state == State.CLOSED and workflow.is_for(request.user, Act.VERIFY_SEALED, ballot):
        return ballot
    if not workflow.is_for(request.user, Act.SEE_RESULT, ballot):
        raise PermissionDenied
    if ballot.counted_at is None:  # one that was counted may have been declared void since; its archive stays
        raise Http404
    if not archive_is_public(ballot):
        raise PermissionDenied
    return ballot


def _verified(ballot: SecretBallot) -> dict[str, object]:
    """``report`` if everything holds, ``reason`` otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(ballot)
        with path.open("wb") as file:
            write_archive(ballot, file)
        try:
            return {"facts": _facts(verify_archive(path, processes=1))}
        except ProtocolError as error:
            return {"reason": f"{error.event}: {error}"}


def _facts(report: Report) -> list[tuple[str, str]]:
    keys = [
        (_("Key of %(name)s") % {"name": each.name}, each.fingerprint) for each in report.trustees.members
    ]
    return [
        (_("Fingerprint of the ballot"), report.election.fingerprint),
        (_("Fingerprint of the roll"), report.credentials.fingerprint),
        *keys,
        (_("Ballots"), str(report.ballots)),
        (_("Last event"), report.last_event),
    ]
