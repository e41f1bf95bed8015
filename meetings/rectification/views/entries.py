"""One entry: its page with the small forms of its steps; entered, changed, entered again; its evidence."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branch_portal.forms.drafts import saved
from branch_portal.media.responses import document_response
from meetings.rectification import actions, workflow
from meetings.rectification.forms.entries import EntryForm, NewEntryForm
from meetings.rectification.forms.steps import STEP_FORMS
from meetings.rectification.history import steps_of
from meetings.rectification.models import Evidence, LedgerEntry
from meetings.rectification.states import Act
from meetings.rectification.views.fetching import page_key, visible_entry
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "rectification"}


@requires(Capability.READ_LEDGER)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_entry(request, pk))


@requires(Capability.READ_LEDGER)
@require_POST
def step(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of the small forms. What is not in order is said on the entry's page, with what was typed."""
    entry = visible_entry(request, pk)
    if act not in STEP_FORMS:
        raise Http404
    try:
        workflow.check(request.user, Act(act), entry)
    except ValidationError as refusal:
        return _refused(request, entry, refusal)
    form = STEP_FORMS[Act(act)](request.POST, request.FILES, prefix=act)
    if accepted(form, lambda: _do(Act(act), entry, form.cleaned_data, request)):
        messages.success(request, _DONE[Act(act)]())
        return redirect("rectification:detail", pk=pk)
    return _page(request, visible_entry(request, pk), form, Act(act))


def _do(act: Act, entry: LedgerEntry, typed: dict, request: HttpRequest) -> None:
    by = request.user
    if act == Act.EVIDENCE:
        evidence = Evidence(pk=typed["id"] or uuid.uuid4(), entry=entry, text=typed["text"])
        actions.add_evidence(evidence, typed["file"], by=by)
        return
    verbs = {
        Act.NOTE: actions.note_progress,
        Act.CLAIM: actions.claim,
        Act.CLOSE: actions.close,
        Act.RETURN: actions.send_back,
        Act.LONG_TERM: actions.keep_up_for_long,
    }
    if act == Act.EXTEND:
        actions.extend(entry, typed["due_on"], typed["text"], by=by, revision=typed["revision"])
    else:
        verbs[act](entry, typed["text"], by=by, revision=typed["revision"])


_DONE = {
    Act.NOTE: lambda: _("The progress is noted."),
    Act.EVIDENCE: lambda: _("The evidence is added."),
    Act.CLAIM: lambda: _("It is reported as done; somebody else checks it."),
    Act.CLOSE: lambda: _("The entry is closed."),
    Act.RETURN: lambda: _("The entry is returned; the person in charge reads why."),
    Act.EXTEND: lambda: _("The entry has a new day."),
    Act.LONG_TERM: lambda: _("The entry is a long-term task."),
}


def _refused(request: HttpRequest, entry: LedgerEntry, refusal: ValidationError) -> HttpResponse:
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("rectification:detail", pk=entry.pk)


def _page(request: HttpRequest, entry: LedgerEntry, refused=None, act: Act | None = None) -> HttpResponse:
    """The entry with the forms that are possible now; a refused one as it was typed."""
    possible = workflow.possible_acts(request.user, entry)
    initial = {"revision": entry.revision}
    forms = [
        (each, refused if each == act else form(prefix=each, initial=initial))
        for each, form in STEP_FORMS.items()
        if each in possible or each == act
    ]
    evidence = list(entry.evidence.select_related("added_by__member"))
    context = {
        "entry": entry,
        "acts": possible,
        "forms": forms,
        "form": refused,  # for the summary of errors
        "is_own": entry.in_charge_id == request.user.member_id,
        "evidence": evidence,
        "steps": steps_of(entry, evidence),
        "recurrences": list(entry.recurrences.all()),
        **_SECTION,
    }
    return render(request, "rectification/detail.html", context)


@requires(Capability.KEEP_LEDGER)
def new(request: HttpRequest) -> HttpResponse:
    key = page_key(request)
    form = NewEntryForm(request.POST or None, by=request.user, instance=LedgerEntry(key=key))
    if accepted(form, lambda: actions.enter(form.instance, by=request.user)):
        return _entered(request, key)
    return _form(
        request, form, title=_("New entry of the ledger"), key=key, back=reverse("rectification:list")
    )


@requires(Capability.KEEP_LEDGER)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """R-8.2: what recurs is a new entry; the closed one's words are proposed."""
    closed = visible_entry(request, pk)
    try:
        workflow.check(request.user, Act.RECUR, closed)
    except ValidationError as refusal:
        return _refused(request, closed, refusal)
    key = page_key(request)
    entry = LedgerEntry(key=key, recurs_from=closed, level=closed.level, source=closed.source)
    for name in ("problem", "cause", "measure", "leader", "in_charge"):
        setattr(entry, name, getattr(closed, name))
    form = NewEntryForm(request.POST or None, by=request.user, instance=entry)
    if accepted(form, lambda: actions.enter_again(closed, form.instance, by=request.user)):
        return _entered(request, key)
    title = _("%(number)s has come up again") % {"number": closed}
    return _form(
        request, form, title=title, key=key, back=reverse("rectification:detail", args=[pk]), entry=closed
    )


def _entered(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    entry = LedgerEntry.objects.get(key=key)
    messages.success(request, _("The entry is in the ledger: %(number)s.") % {"number": entry})
    return saved(request, reverse("rectification:detail", args=[entry.pk]))


@requires(Capability.KEEP_LEDGER)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    entry = visible_entry(request, pk)
    try:
        with actions.locked_entry(entry, by=request.user, act=Act.CHANGE) as row:
            form = EntryForm(request.POST or None, instance=row)
            if accepted(form, lambda: actions.change_entry(form, by=request.user)):
                messages.success(request, _("It is saved."))
                return saved(request, reverse("rectification:detail", args=[pk]))
            return _form(
                request,
                form,
                title=_("Change the entry %(number)s") % {"number": entry},
                back=reverse("rectification:detail", args=[pk]),
                entry=entry,
                draft=f"ledger-entry-{pk}",
            )
    except ValidationError as refusal:
        return _refused(request, entry, refusal)


def _form(request: HttpRequest, form, **context) -> HttpResponse:
    context.setdefault("draft", "ledger-entry-new")
    return render(request, "rectification/form.html", {"form": form, **context, **_SECTION})


@requires(Capability.READ_LEDGER)
@require_safe
def evidence_file(request: HttpRequest, pk: int, evidence: uuid.UUID) -> HttpResponse:
    entry = visible_entry(request, pk)
    piece = get_object_or_404(entry.evidence.exclude(file=""), pk=evidence)
    return document_response(piece.file, piece.name, piece.content_type)
