"""Awards and courses of a person: entered, corrected with a reason, taken out with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branch_portal.forms.drafts import saved
from members import actions
from members.forms.people import ReasonForm
from members.forms.records import AwardForm, TrainingForm
from members.models import Award, Member, Training
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import member_or_404


@dataclass(frozen=True)
class Kind:
    """What an address calls it, its rows, its form, its name on the page."""

    model: type[models.Model]
    form: type[forms.ModelForm]
    title: Promise


KINDS = {
    "awards": Kind(Award, AwardForm, gettext_lazy("Award")),
    "courses": Kind(Training, TrainingForm, gettext_lazy("Course")),
}


@requires(Capability.MANAGE_MEMBERS)
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    member, what = member_or_404(request, pk), _kind(kind)
    form = what.form(request.POST or None, instance=what.model(member=member))
    if accepted(form, lambda: actions.enter_merit(form.instance, by=request.user)):
        messages.success(request, _("It is entered."))
        return saved(request, reverse("members:detail", args=[pk]))
    return _page(request, form, member, what, button=_("Enter it"), draft=f"{kind}-of-{pk}")


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    what = _kind(kind)
    merit = actions.locked(_merit(request, what, pk))
    form = what.form(request.POST or None, instance=merit)
    if accepted(
        form,
        lambda: actions.correct_merit(form.instance, by=request.user, reason=form.cleaned_data["why"]),
    ):
        messages.success(request, _("It is corrected; the history keeps the earlier text."))
        return saved(request, reverse("members:detail", args=[merit.member_id]))
    return _page(request, form, merit.member, what, button=_("Save the correction"), draft=f"{kind}-{pk}")


@requires(Capability.MANAGE_MEMBERS)
def remove(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    what = _kind(kind)
    merit = _merit(request, what, pk)
    form = ReasonForm(request.POST or None, row=merit)
    if accepted(
        form, lambda: actions.remove_merit(merit, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The entry is removed."))
        return saved(request, reverse("members:detail", args=[merit.member_id]))
    intro = _("“%(title)s” is taken out; the history keeps it.") % {"title": merit}
    return _page(request, form, merit.member, what, button=_("Take it out"), intro=intro, is_removal=True)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _merit(request: HttpRequest, what: Kind, pk: int) -> models.Model:
    rows = what.model.objects.select_related("member")
    return get_object_or_404(rows.filter(member__in=Member.objects.visible_to(request.user)), pk=pk)


def _page(request: HttpRequest, form, member: Member, what: Kind, **texts) -> HttpResponse:
    context = {
        "form": form,
        "title": f"{what.title} – {member}",
        "back": reverse("members:detail", args=[member.pk]),
        "section": "members",
        **texts,
    }
    return render(request, "members/form.html", context)
