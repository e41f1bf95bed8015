"""The vote on a matter, putting it off, and what people do beside voting."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branch_portal.forms.drafts import saved
from meetings.decisions import actions, wording, workflow
from meetings.decisions.actions.voting import electorate
from meetings.decisions.forms.votes import DissentForm, RecusalForm, VoteForm, WrittenOpinionForm
from meetings.decisions.models import Decision, Dissent, Recusal, WrittenOpinion
from meetings.decisions.roll_call import RollCall
from meetings.decisions.views.fetching import (
    address_of,
    decision_for,
    form_page,
    refusal_now,
    visible_decision,
)
from meetings.decisions.workflow import Act
from members.forms.people import ReasonForm
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.USE_DESK)
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Nearly equal sides on an important matter: the page advises to postpone, and asks whether to record the vote all
    the same."""
    decision = decision_for(request, pk, Act.VOTE)
    if refused := refusal_now(request, decision, Act.VOTE):
        return refused
    call = RollCall(decision.meeting)
    people = electorate(decision, call)
    rule = call.rule(decision.matter)
    form = VoteForm(request.POST or None, decision=decision, people=people)
    made: list[Decision] = []

    def act() -> None:
        insist = bool(form.cleaned_data.get("insist"))
        made.append(actions.record_vote(decision, form.votes, by=request.user, insist=insist))

    if accepted(form, act):
        _tell(request, made[0])
        return saved(request, address_of(decision))
    is_close = form.is_bound and form.has_error(forms.forms.NON_FIELD_ERRORS, code="close")
    if is_close and "insist" not in form.fields:
        form = _asking(request, form, decision, people)
    return form_page(
        request,
        form,
        _("Vote: %(title)s") % {"title": decision},
        _("Record the vote"),
        address_of(decision),
        draft=f"vote-{pk}",
        template_part="decisions/_before_the_vote.html",
        decision=decision,
        sentence=call.sentence(decision.matter),
        majority=wording.share(rule.majority),
        rule=rule,
        source=wording.source(rule),
        people=people,
        is_close=is_close,
    )


def _asking(request: HttpRequest, form: VoteForm, decision: Decision, people) -> VoteForm:
    """The same numbers again, with the question whether to record them all the same."""
    data = request.POST.copy()
    data["asked"] = "1"
    asking = VoteForm(data, decision=decision, people=people)
    asking.is_valid()
    for error in form.non_field_errors().as_data():
        asking.add_error(None, error)
    return asking


def _tell(request: HttpRequest, decision: Decision) -> None:
    if decision.is_passed:
        messages.success(request, _("Passed. %(reason)s") % {"reason": decision.reason})
    elif decision.has_quorum:
        messages.warning(request, _("Not passed. %(reason)s") % {"reason": decision.reason})
    else:
        messages.warning(
            request, _("Not valid, so the matter is deferred. %(reason)s") % {"reason": decision.reason}
        )


@requires(Capability.USE_DESK)
def defer(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.DEFER)
    if refused := refusal_now(request, decision, Act.DEFER):
        return refused
    form = ReasonForm(request.POST or None)
    if accepted(form, lambda: actions.defer(decision, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The matter is deferred; it can be taken up again at a later meeting."))
        return saved(request, address_of(decision))
    title = _("Defer: %(title)s") % {"title": decision}
    return form_page(request, form, title, _("Defer it"), address_of(decision))


@dataclass(frozen=True)
class Kind:
    """What an address calls it, its rows, its form, its name on the page."""

    model: type
    form: type[forms.ModelForm]
    title: Promise
    act: Act
    intro: Promise | str = ""


KINDS = {
    "opinions": Kind(
        WrittenOpinion,
        WrittenOpinionForm,
        gettext_lazy("Opinion in writing"),
        Act.CHANGE,
        gettext_lazy(
            "Of somebody absent, signed and handed in before the meeting. Here stands only from whom there is one; the "
            "votes in writing are counted with the vote, apart from those in the room."
        ),
    ),
    "recusals": Kind(
        Recusal,
        RecusalForm,
        gettext_lazy("Withdrawal from the matter"),
        Act.CHANGE,
        gettext_lazy("Whoever the matter concerns leaves the room for it and does not vote."),
    ),
    "dissents": Kind(Dissent, DissentForm, gettext_lazy("Differing view"), Act.DISSENT),
}


@requires(Capability.USE_DESK)
def add_voice(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    what = _kind(kind)
    decision = decision_for(request, pk, what.act)
    if refused := refusal_now(request, decision, what.act):
        return refused
    form = what.form(request.POST or None, instance=what.model(decision=decision))
    if accepted(form, lambda: actions.add_voice(form.instance, by=request.user)):
        messages.success(request, _("It is entered."))
        return saved(request, address_of(decision))
    return form_page(
        request,
        form,
        f"{what.title} – {decision}",
        _("Enter it"),
        address_of(decision),
        intro=what.intro,
        draft=f"{kind}-of-decision-{pk}",
    )


@requires(Capability.USE_DESK)
def remove_voice(request: HttpRequest, kind: str, row) -> HttpResponse:
    what = _kind(kind)
    voice = get_object_or_404(what.model.objects.select_related("member"), pk=row)
    voice.decision = visible_decision(request, voice.decision_id)
    if not workflow.is_for(request.user, what.act, voice.decision):
        raise PermissionDenied
    if refused := refusal_now(request, voice.decision, what.act):
        return refused
    form = ReasonForm(request.POST or None)
    if accepted(form, lambda: actions.remove_voice(voice, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The entry is removed."))
        return saved(request, address_of(voice.decision))
    intro = _("“%(title)s” is taken out; the history keeps it.") % {"title": voice}
    return form_page(
        request,
        form,
        f"{what.title} – {voice.decision}",
        _("Take it out"),
        address_of(voice.decision),
        intro=intro,
        is_removal=True,
    )


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]
