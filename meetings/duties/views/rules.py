"""What the branch asks of itself: the rules in their versions, and what was changed in them."""

from __future__ import annotations

import datetime
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from meetings.duties import actions, history
from meetings.duties.forms import DutyRuleForm
from meetings.duties.models import DutyRule
from meetings.duties.reading import rules as rules_in_force
from meetings.duties.vocabulary import DUTY_LABELS
from meetings.duties.wording import asked_in_words
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.MANAGE_BRANCH)
def overview(request: HttpRequest) -> HttpResponse:
    """Every kind with the versions of its rule, the newest first."""
    today = timezone.localdate()
    kinds = []
    for kind, versions in groupby(rules_in_force(), key=lambda rule: rule.kind):
        newest_first = sorted(versions, key=lambda rule: rule.valid_from, reverse=True)
        now = next((rule for rule in newest_first if rule.valid_from <= today), None)
        shown = [
            {"rule": rule, "asked": asked_in_words(rule), "is_now": rule is now} for rule in newest_first
        ]
        kinds.append({"kind": kind, "label": capfirst(DUTY_LABELS[kind]), "versions": shown})
    silent = [
        (kind, label) for kind, label in DUTY_LABELS.items() if kind not in {one["kind"] for one in kinds}
    ]
    return render(request, "duties/rules.html", {"kinds": kinds, "silent": silent, "section": "meetings"})


@requires(Capability.MANAGE_BRANCH)
@transaction.atomic
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Another version of a kind's rule; the form starts from the newest one."""
    if kind not in DUTY_LABELS:
        raise Http404
    newest = next(iter(actions.versions(kind)), None)
    rule = newest or DutyRule(kind=kind)
    rule.pk, rule.valid_from, rule.changed_by = None, timezone.localdate(), None
    rule._state.adding = True
    form = DutyRuleForm(request.POST or None, instance=rule)
    if accepted(form, lambda: actions.begin_rule(form.instance, by=request.user)):
        messages.success(request, _("The rule is saved."))
        return saved(request, reverse("duties:rules"))
    intro = _(
        "From its first day on this version takes the place of the one before; earlier months keep theirs."
    )
    return _page(request, form, intro, draft=f"duty-{kind}-new")


@requires(Capability.MANAGE_BRANCH)
@transaction.atomic
def change(request: HttpRequest, kind: str, since: str) -> HttpResponse:
    day = _day(since)
    if request.method == "POST":
        rule = actions.locked_version(kind, day)
    else:
        rule = next((row for row in actions.versions(kind) if row.valid_from == day), None)
    if rule is None and request.method == "POST" and kind in DUTY_LABELS:
        messages.error(
            request, _("Somebody has changed the first day of this version. Please look at it anew.")
        )
        return redirect("duties:rules")
    if rule is None:
        raise Http404
    form = DutyRuleForm(request.POST or None, instance=rule)
    if accepted(form, lambda: actions.change_rule(form.instance, by=request.user)):
        messages.success(request, _("The rule is saved."))
        return saved(request, reverse("duties:rules"))
    intro = _(
        "This changes what was asked for since the first day of the version. "
        "To ask for something else from now on, let a new version begin."
    )
    return _page(request, form, intro, draft=f"duty-{kind}-{since}")


@requires(Capability.MANAGE_BRANCH)
def changes(request: HttpRequest) -> HttpResponse:
    context = page_context(history.lines(), request.GET.get("page"))
    return render(request, "duties/history.html", {**context, "section": "meetings"})


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _page(request: HttpRequest, form: DutyRuleForm, intro: str, *, draft: str) -> HttpResponse:
    context = {
        "form": form,
        "title": capfirst(DUTY_LABELS[form.instance.kind]),
        "intro": intro,
        "button": _("Save the rule"),
        "back": reverse("duties:rules"),
        "draft": draft,
        "section": "meetings",
    }
    return render(request, "members/form.html", context)
