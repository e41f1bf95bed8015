"""The integrity-risk catalogue: list, printed list, one risk point with its reviews and steps."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from meetings.integrity import actions, papers
from meetings.integrity.due import is_near
from meetings.integrity.forms import DayForm, RateForm, ReviewForm, RiskFilter, RiskPointForm
from meetings.integrity.models import RiskPoint, RiskReview
from members.actions.locking import locked
from members.forms.people import ReasonForm
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.printing import answer

_READ, _KEEP = Capability.READ_INTEGRITY_LISTS, Capability.KEEP_INTEGRITY_LISTS
_SECTION = {"section": "integrity"}


@requires(_READ)
def risks(request: HttpRequest) -> HttpResponse:
    filters, today = RiskFilter(request.GET), timezone.localdate()
    found = page_context(filters.apply(RiskPoint.objects.select_related("leader")), request.GET.get("page"))
    rows = [(point, _is_near(point, today)) for point in found["page"]]
    return render(request, "integrity/risks.html", {**found, "rows": rows, "filters": filters, **_SECTION})


@requires(_READ)
def risks_paper(request: HttpRequest) -> HttpResponse:
    paper = papers.catalogue()
    return answer(
        request, [paper], paper.title, "integrity/paper.html", {"back": "integrity:risks", **_SECTION}
    )


@requires(_READ)
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(RiskPoint.objects.select_related("leader", "changed_by__member"), pk=pk)
    context = {
        "point": point,
        "is_near": _is_near(point, timezone.localdate()),
        "reviews": point.reviews.select_related("by__member"),
        **_SECTION,
    }
    return render(request, "integrity/risk.html", context)


@requires(_KEEP)
def new_risk(request: HttpRequest) -> HttpResponse:
    form = RiskPointForm(request.POST or None)
    entered: list[RiskPoint] = []
    if accepted(form, lambda: entered.append(actions.enter(form.instance, by=request.user))):
        messages.success(request, _("It is entered."))
        return saved(request, reverse("integrity:risk", args=[entered[0].pk]))
    return _page(request, form, _("New risk point"), _("Enter it"), draft="risk-new")


@requires(_KEEP)
@transaction.atomic
def edit_risk(request: HttpRequest, pk: int) -> HttpResponse:
    point = locked(get_object_or_404(RiskPoint, pk=pk))
    form = RiskPointForm(request.POST or None, instance=point)
    if accepted(form, lambda: actions.change(form.instance, by=request.user)):
        messages.success(request, _("It is saved."))
        return saved(request, reverse("integrity:risk", args=[pk]))
    return _page(request, form, _("Change a risk point"), _("Save"), point=point, draft=f"risk-{pk}")


@requires(_KEEP)
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    point, form = get_object_or_404(RiskPoint, pk=pk), RateForm(request.POST or None)
    if accepted(form, lambda: actions.rate(point, form.cleaned_data["level"], by=request.user)):
        return saved(request, reverse("integrity:risk", args=[pk]))
    intro = _(
        "High: power over money, purchasing, projects, decisions. Medium: general management. Low: little or no power."
    )
    return _page(request, form, _("Rate the risk"), _("Save"), point=point, intro=intro)


@requires(_KEEP)
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    point, form = get_object_or_404(RiskPoint, pk=pk), DayForm(request.POST or None)
    if accepted(form, lambda: actions.put_in_force(point, by=request.user, on=form.cleaned_data["on"])):
        return saved(request, reverse("integrity:risk", args=[pk]))
    intro = _("From that day the measures hold. The first review is due a year later.")
    return _page(request, form, _("Put the measures in force"), _("Put in force"), point=point, intro=intro)


@requires(_KEEP)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(RiskPoint, pk=pk)
    made = RiskReview(risk_point=point, level_before=point.level, level=point.level, by=request.user)
    form = ReviewForm(request.POST or None, instance=made)
    if accepted(form, lambda: actions.review(form.instance, by=request.user)):
        messages.success(request, _("The review is noted."))
        return saved(request, reverse("integrity:risk", args=[pk]))
    return _page(request, form, _("Note a review"), _("Note it"), point=point, draft=f"risk-review-{pk}")


@requires(_KEEP)
def remove_risk(request: HttpRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(RiskPoint, pk=pk)
    form = ReasonForm(request.POST or None, row=point)
    if accepted(form, lambda: actions.remove(point, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, _("It is removed from the catalogue."))
        return saved(request, reverse("integrity:risk", args=[pk]))
    intro = _("It leaves the catalogue for good; it and its reviews stay readable. This cannot be undone.")
    return _page(
        request, form, _("Remove a risk point"), _("Remove it"), point=point, intro=intro, is_removal=True
    )


def _is_near(point: RiskPoint, today) -> bool:
    return point.review_due_on is not None and is_near(point.review_due_on, today)


def _page(request: HttpRequest, form, title: str, button: str, *, point: RiskPoint | None = None, **texts):
    back = reverse("integrity:risk", args=[point.pk]) if point else reverse("integrity:risks")
    title = f"{title}: {point}" if point else title
    return render(
        request,
        "members/form.html",
        {"form": form, "title": title, "button": button, "back": back, **texts, **_SECTION},
    )
