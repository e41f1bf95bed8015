"""How study hours count: readable for everybody, entered by whoever keeps the branch's particulars."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings.study import actions
from meetings.study.forms import StudyRulesForm
from meetings.study.models import StudyRules
from meetings.study.views.fetching import form_page
from members.forms.people import ReasonForm
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.USE_DESK)
def rules(request: HttpRequest) -> HttpResponse:
    """The reckoning in words, and the branch's percentages, the newest first."""
    rows = list(StudyRules.objects.all())
    now = timezone.now()
    holding = next((row for row in rows if row.begins_at <= now), None)
    return render(request, "study/rules.html", {"rows": rows, "holding": holding, "section": "meetings"})


@requires(Capability.MANAGE_BRANCH)
def new(request: HttpRequest) -> HttpResponse:
    form = StudyRulesForm(request.POST or None)
    if accepted(
        form,
        lambda: actions.add_rules(form.instance, valid_from=form.cleaned_data["valid_from"], by=request.user),
    ):
        messages.success(request, _("The rule is entered."))
        return saved(request, reverse("study:rules"))
    intro = _("The hours of all meetings from that day on are reckoned by it, until the next rule begins.")
    return form_page(
        request,
        form,
        _("Rule of the branch on study hours"),
        _("Enter it"),
        reverse("study:rules"),
        intro=intro,
        draft="new-study-rules",
    )


@requires(Capability.MANAGE_BRANCH)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(StudyRules, pk=pk)
    form = ReasonForm(request.POST or None)
    if accepted(form, lambda: actions.remove_rules(row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The rule is taken out."))
        return saved(request, reverse("study:rules"))
    intro = _("“%(title)s” is taken out; the history keeps it.") % {"title": row}
    return form_page(
        request,
        form,
        _("Take the rule out"),
        _("Take it out"),
        reverse("study:rules"),
        intro=intro,
        is_removal=True,
    )
