"""Party groups: their names and their order."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branch_portal.forms.drafts import saved
from members import actions
from members.forms.branch import GroupForm
from members.models import PartyGroup
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.MANAGE_MEMBERS)
def groups(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if accepted(form, lambda: actions.add_group(form.instance, by=request.user)):
        messages.success(request, _("The group is added."))
        return saved(request, reverse("members:groups"))
    context = {"form": form, "groups": PartyGroup.objects.with_size(), "section": "members"}
    return render(request, "members/groups.html", context)


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(PartyGroup, pk=pk)
    form = GroupForm(request.POST or None, instance=actions.locked(group))
    if accepted(form, lambda: actions.change_group(form.instance, by=request.user)):
        messages.success(request, _("The group is saved."))
        return saved(request, reverse("members:groups"))
    return render(request, "members/group.html", {"form": form, "group": group, "section": "members"})


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def move_up(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(PartyGroup, pk=pk)
    actions.move_group_up(group, by=request.user)
    messages.success(request, _("The order is changed."))
    return redirect("members:groups")
