"""Posts of a person, with their dates: entered, ended, corrected and removed with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from members import actions
from members.forms.people import EndOfPostForm, PostForm, ReasonForm
from members.models import Member, Position
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.MANAGE_MEMBERS)
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = PostForm(
        request.POST or None, instance=Position(member=member), initial={"started_on": timezone.localdate()}
    )
    if accepted(form, lambda: actions.appoint(form.instance, by=request.user)):
        messages.success(request, _("The post is entered."))
        return saved(request, reverse("members:detail", args=[pk]))
    return render(request, "members/appoint.html", {"form": form, "member": member, "section": "members"})


@requires(Capability.MANAGE_MEMBERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    position = _position(request, pk)
    form = EndOfPostForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if accepted(
        form, lambda: actions.end_post(position, last_day=form.cleaned_data["ended_on"], by=request.user)
    ):
        messages.success(request, _("The last day of the post is entered."))
        return redirect("members:detail", pk=position.member_id)
    return render(
        request, "members/end_post.html", {"form": form, "position": position, "section": "members"}
    )


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    position = _position(request, pk)
    if request.method == "POST":
        position = actions.locked_post(position)
    form = PostForm(request.POST or None, instance=position)
    if accepted(
        form,
        lambda: actions.correct_post(form.instance, by=request.user, reason=form.cleaned_data["why"]),
    ):
        messages.success(request, _("The post is corrected; the history keeps the earlier text."))
        return saved(request, reverse("members:detail", args=[position.member_id]))
    context = {
        "form": form,
        "title": _("Correct a post: %(name)s") % {"name": position.member},
        "button": _("Save the correction"),
        "back": reverse("members:detail", args=[position.member_id]),
        "draft": f"post-{pk}",
        "section": "members",
    }
    return render(request, "members/form.html", context)


@requires(Capability.MANAGE_MEMBERS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    position = _position(request, pk)
    form = ReasonForm(request.POST or None, row=position)
    if accepted(
        form, lambda: actions.remove_post(position, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The entry is removed."))
        return redirect("members:detail", pk=position.member_id)
    return render(
        request, "members/remove_post.html", {"form": form, "position": position, "section": "members"}
    )


def _position(request: HttpRequest, pk: int) -> Position:
    positions = Position.objects.select_related("member", "party_group")
    return get_object_or_404(positions.filter(member__in=Member.objects.visible_to(request.user)), pk=pk)
