"""What each member, the branch and the record are told."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from appraisals import actions, documents
from appraisals.figures import lines_of
from appraisals.forms.papers import StatementForm
from appraisals.models import Assessment, Participant, Round, Statement
from appraisals.views.fetching import refusal_now, round_for
from appraisals.workflow import Act
from branch_portal.documents.responses import word_response
from members.models import Member
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "appraisals"}


@requires(Capability.USE_DESK)
def own_result(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own grade and opinion, and one's answer to it."""
    round, own = round_for(request, pk, Act.SEE_OWN_RESULT)
    if own is None:
        raise PermissionDenied
    if refusal := refusal_now(request, round, Act.SEE_OWN_RESULT):
        return refusal
    statement = Statement.objects.filter(participant=own).first()
    form = None
    if statement is None and round.state != Round.State.ARCHIVED:
        form = StatementForm(request.POST or None)
        if accepted(
            form, lambda: actions.say_statement(own, by=request.user, text=form.cleaned_data["text"])
        ):
            messages.success(request, _("Your statement is in the record."))
            return redirect("appraisals:own_result", pk=pk)
    context = {
        "round": round,
        "own": own,
        "assessment": Assessment.objects.filter(participant=own).first(),
        "statement": statement,
        "form": form,
        **_SECTION,
    }
    return render(request, "appraisals/own_result.html", context)


@requires(Capability.USE_DESK)
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """What the round's rules let the branch know."""
    round, _own = round_for(request, pk, Act.SEE_ANNOUNCEMENT)
    if refusal := refusal_now(request, round, Act.SEE_ANNOUNCEMENT):
        return refusal
    graded = Assessment.objects.filter(participant__round=round).select_related("participant__member")
    counts = Counter(each.grade for each in graded)
    shown = Round.Announcement
    context = {
        "round": round,
        "counts": [(label, counts[grade]) for grade, label in round.grade_choices]
        if round.announces in {shown.COUNTS, shown.ALL}
        else [],
        "named": [each for each in graded if round.announces == shown.ALL or each.grade == "excellent"]
        if round.announces in {shown.EXCELLENT, shown.ALL}
        else [],
        **_SECTION,
    }
    return render(request, "appraisals/announcement.html", context)


@requires(Capability.USE_DESK)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's grades by year: for the person, and for those who read personal data or run appraisals."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    user = request.user
    is_own = member.pk == user.member_id
    if not (is_own or user.may(Capability.RUN_APPRAISALS)):
        raise PermissionDenied
    grades = (
        Assessment.objects.filter(participant__in=Participant.objects.told().filter(member=member))
        .select_related("participant__round")
        .order_by("-participant__round__year")
    )
    return render(request, "appraisals/person.html", {"member": member, "grades": grades, **_SECTION})


# --- Word -----------------------------------------------------------------------------------------
@requires(Capability.RUN_APPRAISALS)
def forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The files to be printed, signed and filed."""
    round, _own = round_for(request, pk, Act.PRINT_FORMS)
    if refusal := refusal_now(request, round, Act.PRINT_FORMS):
        return refusal
    statements = round.participants.filter(statement__isnull=False).select_related("member", "statement")
    context = {
        "round": round,
        "lines": lines_of(round, graded_only=False),
        "statements": statements,
        **_SECTION,
    }
    return render(request, "appraisals/forms.html", context)


@requires(Capability.RUN_APPRAISALS)
def form_document(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.PRINT_FORMS)
    if refusal := refusal_now(request, round, Act.PRINT_FORMS):
        return refusal
    row = get_object_or_404(round.participants, pk=participant)
    line = next(line for line in lines_of(round, graded_only=False) if line.participant.pk == row.pk)
    return word_response(documents.write_form(line), documents.form_title(line.participant))


@requires(Capability.RUN_APPRAISALS)
def summary_document(request: HttpRequest, pk: int) -> HttpResponse:
    round, _own = round_for(request, pk, Act.PRINT_FORMS)
    if refusal := refusal_now(request, round, Act.PRINT_FORMS):
        return refusal
    return word_response(documents.write_summary(round), documents.summary_title(round))
