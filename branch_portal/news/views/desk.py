"""The desk side: the list of reports, one report with what can be done with it, the steps between states."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branch_portal.news import actions, workflow
from branch_portal.news.forms import ReportFilter, ReviewForm
from branch_portal.news.languages import Language
from branch_portal.news.models import Report, Review
from branch_portal.news.reading import Reading
from branch_portal.news.workflow import Act
from branch_portal.paging import page_context
from meetings.forms.rows import ReasonForm
from members.permissions import Capability, requires

SECTION = "reports"


def fetch(request: HttpRequest, pk: int) -> Report:
    """The report if the user may see it, else 404."""
    reports = Report.objects.visible_to(request.user).select_related("meeting", "changed_by__member")
    return get_object_or_404(reports.prefetch_related("pictures"), pk=pk)


def refuse(request: HttpRequest, error: ValidationError) -> None:
    """Say in words why nothing was done."""
    for message in error.messages:
        messages.error(request, message)


def refused(request: HttpRequest, act: Act, report: Report) -> HttpResponse:
    """Say why the act is not possible, on the report's own page."""
    try:
        workflow.check(request.user, act, report)
    except ValidationError as error:
        refuse(request, error)
    return redirect("reports:detail", report.pk)


@requires(Capability.WRITE_NEWS)
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    everything = Report.objects.visible_to(request.user)
    form = ReportFilter(request.GET, years=everything.years())
    found = everything.select_related("changed_by__member").search(form.chosen("words") or "")
    if state := form.chosen("state"):
        found = found.filter(state=state)
    if kind := form.chosen("kind"):
        found = found.of_kind(kind)
    if year := form.chosen("year"):
        found = found.of_year(year)
    found = (
        found.order_by("-changed_at", "-pk") if form.chosen("order") == "changed" else found.newest_first()
    )
    context = page_context(found, request.GET.get("page"))
    return render(request, "news/desk_list.html", {"section": SECTION, "form": form, **context})


@requires(Capability.WRITE_NEWS)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the report stands, who wrote and reviewed it, and the next step."""
    report = fetch(request, pk)
    acts = workflow.possible_acts(request.user, report)
    context = {
        "section": SECTION,
        "report": report,
        "acts": {act.value: act in acts for act in Act},
        "lacks": actions.missing_for_review(report) if Act.SEND_TO_REVIEW in acts else [],
        "authors": [row.user for row in report.authorships.select_related("user__member")],
        "reviews": report.reviews.select_related("reviewer__member"),
        "readings": [Reading(report, language) for language in report.languages()],
    }
    return render(request, "news/detail.html", context)


@requires(Capability.WRITE_NEWS)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it would look in the reader's language."""
    report = fetch(request, pk)
    return render(
        request, "news/article.html", {"reading": Reading(report, Language.of_reader()), "is_preview": True}
    )


@requires(Capability.WRITE_NEWS)
@require_POST
def send_to_review(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.send_to_review, _("The report waits for a reviewer now."))


@requires(Capability.WRITE_NEWS)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.take_back, _("The report is a draft again."))


@requires(Capability.WRITE_NEWS)
@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.revise, _("The report is a draft again."))


def _step(request: HttpRequest, pk: int, action, done: str) -> HttpResponse:
    report = fetch(request, pk)
    try:
        action(report, by=request.user)
    except ValidationError as error:
        refuse(request, error)
    else:
        messages.success(request, done)
    return redirect("reports:detail", report.pk)


@requires(Capability.PUBLISH_NEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the text as the public will, go through the list, then publish or return."""
    report = fetch(request, pk)
    if Act.PUBLISH not in workflow.possible_acts(request.user, report):
        return refused(request, Act.PUBLISH, report)
    form = ReviewForm(request.POST or None, initial={"revision": report.revision})
    if request.method == "POST" and form.is_valid() and _decide(request, report, form):
        return redirect("reports:detail", report.pk)
    context = {
        "section": SECTION,
        "report": report,
        "form": form,
        "checks": [form[name] for name in Review.CHECKS],
        "readings": [Reading(report, language) for language in report.languages()],
    }
    return render(request, "news/review.html", context)


def _decide(request: HttpRequest, report: Report, form: ReviewForm) -> bool:
    """Whether the button's verdict was carried out; a refusal stands in the form."""
    facts = {
        "by": request.user,
        "revision": form.cleaned_data["revision"],
        "checks": form.ticked,
        "note": form.cleaned_data["note"],
    }
    try:
        if request.POST.get("verdict") == Review.Verdict.PUBLISHED:
            actions.publish(report, **facts)
            messages.success(request, _("The report is published: everybody can read it now."))
        else:
            actions.return_report(report, **facts)
            messages.success(request, _("The report went back to its authors with your reason."))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@requires(Capability.PUBLISH_NEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, and that the public page disappears."""
    report = fetch(request, pk)
    if Act.WITHDRAW not in workflow.possible_acts(request.user, report):
        return refused(request, Act.WITHDRAW, report)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(report, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The report is withdrawn: its page is no longer public."))
            return redirect("reports:detail", report.pk)
    return render(request, "news/withdraw.html", {"section": SECTION, "report": report, "form": form})
