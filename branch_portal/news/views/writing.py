"""Making a draft and writing it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branch_portal.forms import drafts
from branch_portal.media.pictures import ACCEPTED_PICTURES
from branch_portal.news import actions, editing, workflow
from branch_portal.news.drafting import draft_report
from branch_portal.news.editing import EditForms
from branch_portal.news.figures import picture_address
from branch_portal.news.forms import FromMeetingForm, NewReportForm
from branch_portal.news.models import Report
from branch_portal.news.views.desk import SECTION, fetch, refuse, refused
from branch_portal.news.workflow import Act
from meetings import workflow as meeting_workflow
from meetings.models import Meeting
from members.permissions import Capability, requires

_page = require_http_methods(["GET", "HEAD", "POST"])


@requires(Capability.WRITE_NEWS)
@_page
def new(request: HttpRequest) -> HttpResponse:
    """A report of something that was no meeting."""
    form = NewReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report, is_new = actions.create_report(by=request.user, **form.cleaned_data)
        return _to_the_draft(request, report, is_new=is_new)
    return render(request, "news/new.html", {"section": SECTION, "form": form})


@requires(Capability.WRITE_NEWS)
@_page
def from_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose photographs and languages; the draft takes the rest from the record."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    if not meeting_workflow.is_possible(request.user, meeting_workflow.Act.DRAFT_REPORT, meeting):
        return _refuse_meeting(request, meeting)
    form = FromMeetingForm(request.POST or None, photos=meeting.photos.all())
    if request.method == "POST" and form.is_valid():
        try:
            report, is_new = _draft(meeting, form, request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _to_the_draft(request, report, is_new=is_new)
    context = {
        "section": SECTION,
        "meeting": meeting,
        "form": form,
        "photos": meeting.photos.all(),
        "reports": Report.objects.visible_to(request.user).filter(meeting=meeting).newest_first(),
    }
    return render(request, "news/from_meeting.html", context)


def _refuse_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        meeting_workflow.check(request.user, meeting_workflow.Act.DRAFT_REPORT, meeting)
    except ValidationError as error:
        refuse(request, error)
    return redirect("meetings:detail", meeting.pk)


def _draft(meeting: Meeting, form: FromMeetingForm, request: HttpRequest) -> tuple[Report, bool]:
    return draft_report(
        meeting,
        by=request.user,
        languages=form.cleaned_data["languages"],
        photos=form.cleaned_data["pictures"],
        another=form.cleaned_data["another"],
        page_token=form.cleaned_data["page_token"],
    )


def _to_the_draft(request: HttpRequest, report: Report, *, is_new: bool) -> HttpResponse:
    if is_new:
        messages.success(request, _("The draft is made. Go through it and write what is missing."))
    else:
        messages.info(request, _("This draft was made already; here it is. No second one was made."))
    address = reverse(
        "reports:edit" if report.state == Report.State.DRAFT else "reports:detail", args=[report.pk]
    )
    return drafts.saved(request, address)


@requires(Capability.WRITE_NEWS)
@_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text in both languages, and the pictures."""
    report = fetch(request, pk)
    if request.method == "POST":
        return _save(request, report)
    if Act.EDIT not in workflow.possible_acts(request.user, report):
        return refused(request, Act.EDIT, report)
    return _edit_page(request, report, EditForms.of(report))


def _save(request: HttpRequest, report: Report) -> HttpResponse:
    try:
        outcome = editing.save(
            report, by=request.user, data=request.POST, files=request.FILES.getlist("pictures")
        )
    except ValidationError as error:
        # The state changed under the writer's hands: what was typed stays on the page, to be copied from.
        refuse(request, error)
        return _edit_page(request, report, EditForms.of(report, request.POST))
    if not outcome.is_clean:
        fresh = fetch(request, report.pk)
        forms = EditForms.of(fresh, request.POST)
        return _edit_page(request, fresh, forms, refused_files=outcome.refused_files)
    messages.success(request, _("Saved."))
    return drafts.saved(request, _after_saving(request, report))


def _after_saving(request: HttpRequest, report: Report) -> str:
    """Where the button leads: on with the pictures, to the preview, or to the next step."""
    wish = request.POST.get("do", "")
    page = {"preview": "preview", "close": "detail"}.get(wish, "edit")
    address = reverse(f"reports:{page}", args=[report.pk])
    return f"{address}#pictures" if wish == "upload" or ":" in wish else address


def _edit_page(request: HttpRequest, report: Report, forms: EditForms, refused_files=()) -> HttpResponse:
    context = {
        "section": SECTION,
        "report": report,
        "form": forms.text,
        "has_errors": not forms.is_clean,
        "pictures": [
            {"form": form, "picture": form.instance, "address": picture_address(form.instance.key)}
            for form in forms.pictures
        ],
        "refused_files": refused_files,
        "accepted_pictures": ACCEPTED_PICTURES,
        "upload_token": uuid.uuid4(),
    }
    return render(request, "news/edit.html", context)
