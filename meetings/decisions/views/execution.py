"""What becomes of a decision: who carries it out, what is noted, who checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from branch_portal.forms.drafts import saved
from meetings.decisions import actions
from meetings.decisions.forms.execution import ArrangementForm, NoteForm
from meetings.decisions.views.fetching import address_of, decision_for, form_page, refusal_now, refuse
from meetings.decisions.workflow import Act
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.KEEP_DECISIONS)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.ARRANGE)
    try:
        with actions.locked(decision, by=request.user, act=Act.ARRANGE) as row:
            form = ArrangementForm(request.POST or None, instance=row)
            if accepted(form, lambda: actions.arrange(form.instance, by=request.user)):
                messages.success(request, _("It is saved."))
                return saved(request, address_of(decision))
            return form_page(
                request,
                form,
                _("Execution: %(title)s") % {"title": decision},
                _("Save"),
                address_of(decision),
                draft=f"arrangement-{pk}",
            )
    except ValidationError as refusal:
        return refuse(request, decision, refusal)


@requires(Capability.KEEP_DECISIONS)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, Act.START)
    try:
        actions.start(decision, by=request.user)
    except ValidationError as refusal:
        return refuse(request, decision, refusal)
    messages.success(request, _("The decision is in execution."))
    return saved(request, address_of(decision))


@dataclass(frozen=True)
class Step:
    """A step that goes with a note: what it does and how the page calls it."""

    act: Act
    do: Callable
    title: Promise
    done: Promise


STEPS = {
    "note": Step(Act.NOTE, actions.note, gettext_lazy("Note on the execution"), gettext_lazy("It is noted.")),
    "complete": Step(
        Act.COMPLETE,
        actions.complete,
        gettext_lazy("Report as completed"),
        gettext_lazy("It is reported as completed; somebody else checks it."),
    ),
    "return": Step(
        Act.RETURN, actions.send_back, gettext_lazy("Send back"), gettext_lazy("It is in execution again.")
    ),
    "check": Step(
        Act.CHECK,
        actions.check_execution,
        gettext_lazy("Check of the execution"),
        gettext_lazy("The execution is checked."),
    ),
}


@requires(Capability.USE_DESK)
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in STEPS:
        raise Http404
    what = STEPS[name]
    decision = decision_for(request, pk, what.act)
    if refused := refusal_now(request, decision, what.act):
        return refused
    form = NoteForm(request.POST or None)

    def act() -> None:
        typed = form.cleaned_data
        keyed = {"key": typed["key"]} if what.act == Act.NOTE else {}
        what.do(decision, by=request.user, on=typed["on"], text=typed["text"], **keyed)

    if accepted(form, act):
        messages.success(request, what.done)
        return saved(request, address_of(decision))
    return form_page(
        request,
        form,
        f"{what.title} – {decision}",
        what.title,
        address_of(decision),
        draft=f"{name}-of-decision-{pk}",
    )
