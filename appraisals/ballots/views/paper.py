"""Paper ballots: issued, printed, counted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from appraisals.ballots import actions
from appraisals.ballots.actions.counting import agreed_paper
from appraisals.ballots.figures import paper_may_betray
from appraisals.ballots.forms.paper import IssueForm, PaperCountForm
from appraisals.ballots.models import PaperCount, SecretBallot
from appraisals.ballots.views.fetching import ballot_for, refusal_now
from appraisals.ballots.workflow import Act
from branch_portal.forms.drafts import saved
from members.permissions import Capability, requires


@requires(Capability.RUN_BALLOTS)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    ballot = ballot_for(request, pk, Act.ISSUE_PAPER)
    if refusal := refusal_now(request, ballot, Act.ISSUE_PAPER):
        return refusal
    voters = ballot.voters.select_related("member")
    form = IssueForm(request.POST or None, voters=voters.online())
    if request.method == "POST" and form.is_valid():
        try:
            voter = actions.issue_paper(ballot, form.cleaned_data["voter"], by=request.user)
        except ValidationError as refusal:
            form.add_error("voter", refusal)
        else:
            messages.success(request, _("%(name)s votes on paper.") % {"name": voter.member})
            return redirect("ballots:paper", pk=pk)
    context = {
        "ballot": ballot,
        "form": form,
        "on_paper": voters.on_paper(),
        "paper_may_betray": paper_may_betray(ballot),
        "section": "appraisals",
    }
    return render(request, "ballots/paper.html", context)


@requires(Capability.RUN_BALLOTS)
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Sheets to be printed and cut: all names and answers, no number and no name of a voter."""
    ballot = ballot_for(request, pk, Act.ISSUE_PAPER)
    if refusal := refusal_now(request, ballot, Act.ISSUE_PAPER):
        return refusal
    wanted = request.GET.get("sheets", "")[:4]
    number = min(int(wanted), 200) if wanted.isascii() and wanted.isdigit() and wanted != "0" else 0
    context = {
        "ballot": ballot,
        "questions": list(ballot.questions.all()),
        "sheets": range(number or max(1, ballot.voters.on_paper().count())),
        "section": "appraisals",
    }
    return render(request, "ballots/paper_sheets.html", context)


@requires(Capability.USE_DESK)
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Each person types the totals without seeing the other's; afterwards both see where they differ."""
    ballot = ballot_for(request, pk, Act.ENTER_PAPER)
    if refusal := refusal_now(request, ballot, Act.ENTER_PAPER):
        return refusal
    questions = list(ballot.questions.all())
    form = PaperCountForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            after = actions.enter_paper(ballot, by=request.user, count=form.count())
        except ValidationError as refusal:
            form.show_refusal(refusal)
        else:
            _say(request, after)
            return saved(request, reverse("ballots:detail", args=[pk]))
    counts = list(ballot.paper_counts.select_related("entered_by__member"))
    own = next((each for each in counts if each.entered_by_id == request.user.pk), None)
    context = {
        "ballot": ballot,
        "form": form,
        "issued": ballot.voters.on_paper().count(),
        "own": own,
        "others": [each.entered_by for each in counts if each is not own],
        "differences": differences(own, [each for each in counts if each is not own], questions),
        "agreed": agreed_paper(ballot),
        "section": "appraisals",
    }
    return render(request, "ballots/paper_count.html", context)


def differences(own: PaperCount | None, others: list[PaperCount], questions: list) -> list[str]:
    """Where one's own totals and another person's differ: the places, not the other's figures."""
    if own is None or not others:
        return []
    other = others[-1]
    found = [
        str(PaperCount._meta.get_field(name).verbose_name)
        for name in ("returned", "invalid", "blank")
        if getattr(own, name) != getattr(other, name)
    ]
    for index, question in enumerate(questions):
        if (own.marks[index], own.invalid_rows[index]) != (other.marks[index], other.invalid_rows[index]):
            found.append(str(question))
    return found


def _say(request: HttpRequest, ballot: SecretBallot) -> None:
    if ballot.state == SecretBallot.State.VOID:
        messages.warning(
            request,
            _("More paper ballots came back than were issued: the vote is void and has to be repeated."),
        )
    elif agreed_paper(ballot):
        messages.success(request, _("Both people's totals agree; they are part of the count."))
    elif ballot.paper_counts.count() > 1:
        messages.warning(
            request, _("The totals differ. Count once more, together, and correct the one that is wrong.")
        )
    else:
        messages.success(request, _("Your totals are stored. A second person enters them as well."))
