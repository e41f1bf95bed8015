"""A matter before its vote: entered, changed, reviewed, discussed, taken out; taken up again or replaced."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings.decisions import actions
from meetings.decisions.forms.matters import (
    DiscussionForm,
    MatterForm,
    NewMatterForm,
    ReviewForm,
    TakeUpForm,
)
from meetings.decisions.models import Decision
from meetings.decisions.standard_rules import matters_of
from meetings.decisions.views.fetching import (
    address_of,
    decision_for,
    form_page,
    meeting_refusal,
    meeting_to_record,
    page_key,
    refusal_now,
    refuse,
)
from meetings.decisions.workflow import Act
from members.forms.people import ReasonForm
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.KEEP_DECISIONS)
def new(request: HttpRequest) -> HttpResponse:
    """A matter whose meeting may be chosen later."""
    decision = Decision(key=page_key(request), proposer=request.user.member)
    form = NewMatterForm(request.POST or None, instance=decision, user=request.user)
    return _entered(request, form, back=reverse("decisions:list"), draft="new-decision")


@requires(Capability.USE_DESK)
def new_on_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A matter on the record of a meeting."""
    meeting = meeting_to_record(request, pk)
    if refused := meeting_refusal(request, meeting):
        return refused
    offered = matters_of(meeting.kinds)
    if not offered:
        messages.error(request, _("A group meeting decides nothing for the branch."))
        return redirect("meetings:detail", pk=pk)
    decision = Decision(
        meeting=meeting, key=page_key(request), matter=offered[0], proposer=request.user.member
    )
    form = MatterForm(request.POST or None, instance=decision)
    back = reverse("meetings:detail", args=[pk])
    return _entered(request, form, back=back, draft=f"new-decision-{pk}", intro=meeting.title)


def _entered(request: HttpRequest, form, *, back: str, draft: str, intro: str = "") -> HttpResponse:
    made: list[Decision] = []
    if accepted(form, lambda: made.append(actions.propose(form.instance, by=request.user))):
        messages.success(request, _("The matter is entered. Next: its discussion, then the vote."))
        return saved(request, address_of(made[0]))
    return form_page(
        request,
        form,
        _("New matter for decision"),
        _("Enter it"),
        back,
        draft=draft,
        intro=intro,
        key=form.instance.key,
    )


@requires(Capability.USE_DESK)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.CHANGE)
    try:
        with actions.locked(decision, by=request.user, act=Act.CHANGE) as row:
            form = MatterForm(request.POST or None, instance=row)
            if accepted(form, lambda: actions.change(form.instance, by=request.user)):
                messages.success(request, _("It is saved."))
                return saved(request, address_of(decision))
            page = form_page(
                request, form, decision.title, _("Save"), address_of(decision), draft=f"decision-{pk}"
            )
            raise _NothingSaved
    except _NothingSaved:
        return page
    except ValidationError as refusal:
        return refuse(request, decision, refusal)


class _NothingSaved(Exception):
    """Rolls back the revision that an unsaved form would give the meeting."""


@requires(Capability.KEEP_DECISIONS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.REVIEW)
    if refused := refusal_now(request, decision, Act.REVIEW):
        return refused
    form = ReviewForm(request.POST or None)
    if accepted(form, lambda: actions.review(decision, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The review is recorded."))
        return saved(request, address_of(decision))
    title = _("Review: %(title)s") % {"title": decision}
    return form_page(request, form, title, _("Record the review"), address_of(decision))


@requires(Capability.USE_DESK)
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.DISCUSS)
    if refused := refusal_now(request, decision, Act.DISCUSS):
        return refused
    form = DiscussionForm(request.POST or None, decision=decision, user=request.user)
    if accepted(form, lambda: actions.discuss(decision, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The discussion is recorded; now the matter can be put to the vote."))
        return saved(request, address_of(decision))
    title = _("Discussion: %(title)s") % {"title": decision}
    return form_page(
        request,
        form,
        title,
        _("Record the discussion"),
        address_of(decision),
        draft=f"discussion-{pk}",
        intro=decision.text,
    )


@requires(Capability.USE_DESK)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.REMOVE)
    if refused := refusal_now(request, decision, Act.REMOVE):
        return refused
    form = ReasonForm(request.POST or None)
    if accepted(form, lambda: actions.remove(decision, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The proposal is taken out."))
        return saved(request, reverse("decisions:list"))
    intro = _("“%(title)s” is taken out; the history keeps it.") % {"title": decision}
    return form_page(
        request,
        form,
        _("Take the proposal out"),
        _("Take it out"),
        address_of(decision),
        intro=intro,
        is_removal=True,
    )


@requires(Capability.KEEP_DECISIONS)
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.TAKE_UP)
    key = page_key(request)
    if request.method != "POST" and (refused := refusal_now(request, decision, Act.TAKE_UP)):
        return refused
    form = TakeUpForm(request.POST or None, decision=decision, user=request.user)
    made: list[Decision] = []

    def act() -> None:
        made.append(actions.take_up(decision, by=request.user, meeting=form.cleaned_data["meeting"], key=key))

    if accepted(form, act):
        messages.success(request, _("The matter is taken up again."))
        return saved(request, address_of(made[0]))
    title = _("Take up again: %(title)s") % {"title": decision}
    return form_page(
        request,
        form,
        title,
        _("Take it up"),
        address_of(decision),
        key=key,
        intro=_("It comes up as a new matter with the same text; this one stays as it is."),
    )


@requires(Capability.KEEP_DECISIONS)
def supersede(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.SUPERSEDE)
    if request.method != "POST" and (refused := refusal_now(request, decision, Act.SUPERSEDE)):
        return refused
    kept = ("matter", "about", "title", "text", "category", "amount", "research", "risk_check")
    copied = {name: getattr(decision, name) for name in kept}
    new = Decision(key=page_key(request), proposer=request.user.member, **copied)
    form = NewMatterForm(request.POST or None, instance=new, user=request.user)
    made: list[Decision] = []
    if accepted(form, lambda: made.append(actions.supersede(decision, form.instance, by=request.user))):
        messages.success(request, _("The new matter is entered; the old decision holds until it is decided."))
        return saved(request, address_of(made[0]))
    return form_page(
        request,
        form,
        _("New decision in place of: %(title)s") % {"title": decision},
        _("Enter it"),
        address_of(decision),
        key=new.key,
        draft=f"supersede-{pk}",
        intro=_("A decided matter is changed only by a new decision. The old one stays readable."),
    )
