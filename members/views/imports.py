"""Members from a table: upload, columns, check, preview, confirmation. Nothing of it is another's to see."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
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
from members.importing import drafts, showing, workbooks
from members.importing.checking import Fate
from members.models import ImportDraft
from members.permissions import Capability, requires

_DONE = "import_done"  # in the session: a second click on "confirm" is answered like the first


@requires(Capability.MANAGE_MEMBERS)
def upload(request: HttpRequest) -> HttpResponse:
    drafts.remove_expired()
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        draft = drafts.start(form.cleaned_data["file"], by=request.user)
        return redirect("members:import_columns", pk=draft.pk)
    context = {
        "form": form,
        "unfinished": ImportDraft.objects.filter(owner=request.user).first(),
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
            {"done": progress.done, "total": progress.total, "next": preview if progress.is_complete else ""}
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
    form = LeaveOutForm(request.POST)
    if form.is_valid():
        drafts.choose_left_out(draft, form.cleaned_data["fields_left_out"])
    return redirect("members:import_check", pk=pk)


@requires(Capability.MANAGE_MEMBERS)
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with errors, or with something left out, each with its reasons."""
    draft = _draft(request, pk)
    if not drafts.progress(draft).is_complete:
        return redirect("members:import_check", pk=pk)
    content = workbooks.rejected(drafts.table_of(draft), drafts.results_of(draft))
    return _workbook(content, _("rejected-rows"))


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    if request.session.get(_DONE) == pk:
        return redirect("members:list")
    draft = _draft(request, pk)
    if not drafts.progress(draft).is_complete:
        return redirect("members:import_preview", pk=pk)
    try:
        counts = drafts.confirm(draft, by=request.user)
    except ImportDraft.DoesNotExist:  # a second click while the first was at work
        return redirect("members:list")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("members:import_preview", pk=pk)
    if counts is None:
        messages.warning(
            request,
            _("Records were changed since this preview was made. Nothing is imported yet: look at it again."),
        )
        return redirect("members:import_preview", pk=pk)
    request.session[_DONE] = pk
    messages.success(
        request,
        _("Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
        % {fate.value: counts[fate] for fate in (Fate.NEW, Fate.CHANGED, Fate.UNCHANGED)},
    )
    return redirect("members:list")


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    drafts.cancel(_draft(request, pk))
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
