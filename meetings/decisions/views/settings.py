"""The rules of quorum and majority as they are in force, the branch's own ones, and its list of categories."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings.decisions import actions, wording
from meetings.decisions.forms.settings import CategoryForm, LocalRuleForm
from meetings.decisions.models import Category, LocalRule
from meetings.decisions.rules import Rule, in_force
from meetings.decisions.standard_rules import RULES, Matter
from meetings.decisions.views.fetching import form_page
from members.forms.people import ReasonForm
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.USE_DESK)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule that is known, the newest of each matter first; marked which one is in force today."""
    local = {(row.matter, row.valid_from): row for row in LocalRule.objects.all()}
    known = [*RULES, *(row.rule for row in local.values())]
    today = timezone.localdate()
    found = [
        (
            matter.label,
            [_line(rule, in_force(known, matter, today), local) for rule in _newest_first(known, matter)],
        )
        for matter in Matter
    ]
    context = {"matters": found, "categories": list(Category.objects.all()), "section": "decisions"}
    return render(request, "decisions/rules.html", context)


def _newest_first(known: list[Rule], matter: str) -> list[Rule]:
    found = [rule for rule in known if rule.matter == matter]
    return sorted(found, key=lambda rule: (rule.valid_from, rule.is_local), reverse=True)


def _line(rule: Rule, holding: Rule, local: dict) -> dict:
    return {
        "rule": rule,
        "source": wording.source(rule),
        "quorum": wording.share(rule.quorum),
        "majority": wording.share(rule.majority),
        "is_in_force": rule == holding,
        "row": local.get((rule.matter, rule.valid_from)) if rule.is_local else None,
    }


@requires(Capability.MANAGE_BRANCH)
def new_rule(request: HttpRequest) -> HttpResponse:
    form = LocalRuleForm(request.POST or None)
    if accepted(form, lambda: actions.add_rule(form.instance, by=request.user)):
        messages.success(request, _("The rule is entered."))
        return saved(request, reverse("decisions:rules"))
    intro = _("From its day on it holds in place of the general rule. Decisions already taken keep theirs.")
    return form_page(
        request,
        form,
        _("Rule of the branch on quorum and majority"),
        _("Enter it"),
        reverse("decisions:rules"),
        intro=intro,
        draft="new-decision-rule",
    )


@requires(Capability.MANAGE_BRANCH)
def remove_rule(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(LocalRule, pk=pk)
    form = ReasonForm(request.POST or None)
    if accepted(form, lambda: actions.remove_rule(rule, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The rule is taken out."))
        return saved(request, reverse("decisions:rules"))
    intro = _("“%(title)s” is taken out; the history keeps it.") % {"title": rule}
    return form_page(
        request,
        form,
        _("Take the rule out"),
        _("Take it out"),
        reverse("decisions:rules"),
        intro=intro,
        is_removal=True,
    )


@requires(Capability.MANAGE_BRANCH)
def new_category(request: HttpRequest) -> HttpResponse:
    return _category(request, CategoryForm(request.POST or None), draft="new-decision-category")


@requires(Capability.MANAGE_BRANCH)
@transaction.atomic
def change_category(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Category.objects.select_for_update(of=("self",)), pk=pk)
    return _category(
        request, CategoryForm(request.POST or None, instance=row), draft=f"decision-category-{pk}"
    )


def _category(request: HttpRequest, form: CategoryForm, *, draft: str) -> HttpResponse:
    if accepted(form, lambda: actions.save_category(form.instance, by=request.user)):
        messages.success(request, _("It is saved."))
        return saved(request, reverse("decisions:rules"))
    return form_page(
        request,
        form,
        _("Category of Three Importants and One Large"),
        _("Save"),
        reverse("decisions:rules"),
        draft=draft,
    )
