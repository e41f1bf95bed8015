"""The branch itself."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from members import actions
from members.forms.branch import BranchForm
from members.forms.records import BranchRulesForm
from members.models import BranchProfile, BranchRules
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.MANAGE_BRANCH)
@transaction.atomic
def profile(request: HttpRequest) -> HttpResponse:
    branch = actions.locked_branch() if request.method == "POST" else BranchProfile.load()
    form = BranchForm(request.POST or None, instance=branch)
    if accepted(form, lambda: actions.change_branch(form.instance, by=request.user)):
        messages.success(request, _("The branch's particulars are saved."))
        return saved(request, reverse("members:branch"))
    return render(request, "members/branch.html", {"form": form, "section": "branch"})


@requires(Capability.MANAGE_BRANCH)
@transaction.atomic
def rules(request: HttpRequest) -> HttpResponse:
    standing = actions.locked_rules() if request.method == "POST" else BranchRules.load()
    form = BranchRulesForm(request.POST or None, instance=standing)
    if accepted(form, lambda: actions.change_rules(form.instance, by=request.user)):
        messages.success(request, _("The rules are saved."))
        return saved(request, reverse("members:branch"))
    context = {
        "form": form,
        "title": _("Rules of the branch"),
        "intro": _(
            "What the regulations leave to each branch. Reminders and deadlines follow from these values at once."
        ),
        "button": _("Save the rules"),
        "back": reverse("members:branch"),
        "draft": "branch-rules",
        "section": "branch",
    }
    return render(request, "members/form.html", context)
