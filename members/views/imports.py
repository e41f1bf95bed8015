"""Members from a table: upload, columns, check, preview, confirmation. Nothing of it is another's to see."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branch_portal.paging import page_context
from members.forms.imports import ColumnsForm, FileForm, LeaveOutForm
from members.importing import background, drafts, pulse, showing, workbooks
from members.importing.checking import Fate
from members.models import ImportDraft
from members.permissions import Capability, requires

State = ImportDraft.State


@requires(Capability.MANAGE_MEMBERS)
def upload(request: HttpRequest) -> HttpResponse:
    drafts.remove_expired()
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        draft = drafts.start(form.cleaned_data["file"], by=request.user)
        return redirect("members:import_columns", pk=draft.pk)
    context = {
        "form": form,
        "unfinished": ImportDraft.objects.filter(owner=request.user).exclude(state=State.DONE).first(),
        "section": "members",
    }
    return render(request, "members/import_upload.html", context)


@requires(Capability.MANAGE_MEMBERS)
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the right headings."""
    return _workbook(workbooks.template(drafts.fields_for(request.user)), _("members-template"))


@requires(Capability.MANAGE_MEMBERS)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if draft.is_closed:
        return redirect("members:import_writing", pk=pk)
    table = drafts.table_of(draft, draft.parts.all()[:1])
    form = ColumnsForm(
        request.POST or None,
        table=table,
        proposed=draft.columns,
        available=drafts.fields_for(request.user),
        month_dates=draft.month_dates,
    )
    if form.is_bound and form.is_valid():
        drafts.choose_columns(draft, form.chosen(), form.cleaned_data["month_dates"])
        return redirect("members:import_check", pk=pk)
    context = {"form": form, "draft": draft, "table": table, "section": "members"}
    return render(request, "members/import_columns.html", context)


@requires(Capability.MANAGE_MEMBERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """A page that leads through the check, step by step: by itself with script, by a button without."""
    draft = _draft(request, pk)
    if draft.is_closed:
        return redirect("members:import_writing", pk=pk)
    if not draft.language:
        return redirect("members:import_columns", pk=pk)
    if request.method == "POST":
        if draft.language != get_language():
            drafts.begin_check(draft)
        drafts.check_next(draft)
    progress = drafts.progress(draft)
    preview = reverse("members:import_preview", args=[pk])
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {
                "done": progress.done,
                "total": progress.total,
                "said": progress.said,
                "next": preview if progress.is_complete else "",
            }
        )
    if progress.is_complete:
        return redirect(preview)
    return render(
        request, "members/import_check.html", {"draft": draft, "progress": progress, "section": "members"}
    )


@requires(Capability.MANAGE_MEMBERS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would become of every row, in the reader's language: another language means another check."""
    draft = _draft(request, pk)
    if draft.is_closed:
        return redirect("members:import_writing", pk=pk)
    if not drafts.progress(draft).is_complete:
        return redirect("members:import_check", pk=pk)
    results = drafts.results_of(draft)
    counts = showing.counts(results)
    shown = showing.chosen_tab(request.GET.get("show"), counts)
    of_tab = [result for result in results if showing.belongs(result, shown)]
    page = page_context(of_tab, request.GET.get("page"), per_page=50)
    page["page"].object_list = [showing.line(result) for result in page["page"].object_list]
    context = {
        **page,
        "is_stale": draft.state == State.CHANGED,
        "has_failed": draft.state == State.FAILED,
        "draft": draft,
        "table": drafts.table_of(draft, []),
        "tabs": showing.tabs(counts, shown),
        "total": len(results),
        "errors": counts[Fate.ERROR],
        "to_write": counts[Fate.NEW] + counts[Fate.CHANGED],
        "new": counts[Fate.NEW],
        "changed": counts[Fate.CHANGED],
        "months": showing.fields_counted(result.months for result in results),
        "leave_out": showing.leave_out(results, draft.left_out),
        "omitted": counts[showing.OMITTED],
        "section": "members",
    }
    return render(request, "members/import_preview.html", context)


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Which fields a row may come without where their value is wrong; with another choice everything is checked again."""
    draft = _draft(request, pk)
    if draft.is_closed:
        return redirect("members:import_writing", pk=pk)
    form = LeaveOutForm(request.POST)
    if form.is_valid():
        drafts.choose_left_out(draft, form.cleaned_data["fields_left_out"])
    return redirect("members:import_check", pk=pk)


@requires(Capability.MANAGE_MEMBERS)
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with errors, or with something left out, each with its reasons."""
    draft = _draft(request, pk)
    if draft.is_closed:
        return redirect("members:import_writing", pk=pk)
    if not drafts.progress(draft).is_complete:
        return redirect("members:import_check", pk=pk)
    content = workbooks.rejected(drafts.table_of(draft), drafts.results_of(draft))
    return _workbook(content, _("rejected-rows"))


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the writing, or joins the one that is going on."""
    draft = _draft(request, pk)
    if draft.state != State.DONE and not drafts.progress(draft).is_complete:
        return redirect("members:import_preview", pk=pk)
    background.begin(draft, by=request.user)
    return redirect("members:import_writing", pk=pk)


@requires(Capability.MANAGE_MEMBERS)
def writing(request: HttpRequest, pk: int) -> HttpResponse:
    """A page to wait on: with script it asks how far the writing is, without it loads itself again."""
    beat = pulse.of(pk)  # before the draft is read: a writing that ends in between is told by its state
    draft = _draft(request, pk)
    has_failed = draft.state == State.FAILED or drafts.is_interrupted(draft)
    names = {State.DONE: "import_report", State.OPEN: "import_preview", State.CHANGED: "import_preview"}
    name = names.get(draft.state, "import_writing" if has_failed else "")
    follows = reverse(f"members:{name}", args=[pk]) if name else ""
    total = 2 * draft.row_count
    beat = beat or pulse.Pulse(total if follows else 0, total)
    said = _("%(percent)s %% done") % {"percent": 100 * beat.done // max(beat.total, 1)}
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"done": beat.done, "total": beat.total, "said": said, "next": follows})
    if draft.state in names:
        return redirect(follows)
    context = {"draft": draft, "pulse": beat, "said": said, "has_failed": has_failed, "section": "members"}
    return render(request, "members/import_writing.html", context)


@requires(Capability.MANAGE_MEMBERS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import has done, for the rest of the day."""
    draft = _draft(request, pk)
    if draft.state != State.DONE:
        return redirect("members:import_preview", pk=pk)
    outcome = drafts.outcome_of(draft)
    context = {
        "table": drafts.table_of(draft, []),
        "counts": {fate.value: outcome["counts"].get(fate, 0) for fate in Fate},
        "months": showing.fields_of(outcome["months"]),
        "omitted": showing.omitted_lines(outcome["omitted"]),
        "section": "members",
    }
    return render(request, "members/import_report.html", context)


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    drafts.cancel(draft)
    if ImportDraft.objects.filter(pk=pk).exists():  # it is written, or being written
        return redirect("members:import_writing", pk=pk)
    messages.success(request, _("The import is cancelled; the uploaded table is forgotten."))
    return redirect("members:import")


def _draft(request: HttpRequest, pk: int) -> ImportDraft:
    """The reader's own, not yet expired."""
    drafts.remove_expired()
    return get_object_or_404(ImportDraft.objects.alive_at(timezone.now()).filter(owner=request.user), pk=pk)


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"X-Content-Type-Options": "nosniff"}
    response = HttpResponse(content, content_type=workbooks.CONTENT_TYPE, headers=headers)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return response
