"""The result and the count sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from appraisals.ballots import count_sheet as sheet
from appraisals.ballots import workflow
from appraisals.ballots.charts import bars_of
from appraisals.ballots.figures import archive_is_public, rows_of, turnout_of
from appraisals.ballots.views.fetching import ballot_for, refusal_now
from appraisals.ballots.workflow import Act
from members.permissions import Capability, requires

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@requires(Capability.USE_DESK)
def result(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.SEE_RESULT)
    if refusal := refusal_now(request, ballot, Act.SEE_RESULT):
        return refusal
    rows = rows_of(ballot)
    context = {
        "ballot": ballot,
        "turnout": turnout_of(ballot),
        "rows": [(row, bars_of(row)) for row in rows] if rows is not None else None,
        "unanimous": [row for row in rows or [] if row.is_unanimous],
        "has_archive": archive_is_public(ballot),
        "acts": workflow.possible_acts(request.user, ballot),
        "section": "appraisals",
    }
    return render(request, "ballots/result.html", context)


@requires(Capability.USE_DESK)
def count_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """To be printed and signed by hand."""
    ballot = ballot_for(request, pk, Act.SEE_RESULT)
    if refusal := refusal_now(request, ballot, Act.SEE_RESULT):
        return refusal
    context = {
        "ballot": ballot,
        "turnout": turnout_of(ballot),
        "rows": rows_of(ballot),
        "facts": sheet.facts(ballot),
        "scrutineers": ballot.scrutineers.select_related("member"),
        "section": "appraisals",
    }
    return render(request, "ballots/count_sheet.html", context)


@requires(Capability.USE_DESK)
def count_sheet_document(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.SEE_RESULT)
    if refusal := refusal_now(request, ballot, Act.SEE_RESULT):
        return refusal
    answer = HttpResponse(sheet.write(ballot), content_type=_DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{sheet.title(ballot)}.docx")
    return answer
