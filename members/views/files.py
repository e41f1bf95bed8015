"""Papers and the photograph of a person: given out to those who may have them, kept by the secretary."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branch_portal.forms.drafts import saved
from branch_portal.media.responses import document_response, picture_response
from members import actions
from members.forms.files import FileForm, NewFileForm, PhotographForm
from members.forms.people import ReasonForm
from members.models import Member, MemberFile
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import member_or_404, sees_personal_data


@requires(Capability.USE_DESK)
@require_safe
def paper(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The paper to be saved. Whoever may not open it learns nothing of it."""
    found = get_object_or_404(MemberFile.objects.visible_to(request.user), pk=pk)
    return document_response(found.key, found.file_name, found.content_type)


@requires(Capability.MANAGE_MEMBERS)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = NewFileForm(request.POST or None, request.FILES or None, instance=MemberFile(member=member))
    if accepted(form, lambda: actions.add_file(form.instance, form.cleaned_data["file"], by=request.user)):
        messages.success(request, _("The paper is stored."))
        return saved(request, reverse("members:detail", args=[pk]))
    title = _("Store a paper: %(name)s") % {"name": member}
    return _page(request, form, member, title=title, button=_("Store it"), takes_files=True)


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = actions.locked(_kept(request, pk))
    form = FileForm(request.POST or None, instance=found)
    if accepted(form, lambda: actions.change_file(form.instance, by=request.user)):
        messages.success(request, _("It is saved."))
        return saved(request, reverse("members:detail", args=[found.member_id]))
    title = _("Paper of %(name)s: %(title)s") % {"name": found.member, "title": found}
    return _page(request, form, found.member, title=title, button=_("Save"), draft=f"file-{pk}")


@requires(Capability.MANAGE_MEMBERS)
def remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept(request, pk)
    form = ReasonForm(request.POST or None)
    if accepted(
        form, lambda: actions.remove_file(found, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The paper is taken out."))
        return saved(request, reverse("members:detail", args=[found.member_id]))
    return _page(
        request,
        form,
        found.member,
        title=_("Take a paper out: %(title)s") % {"title": found},
        intro=_("The file is deleted for good. That it was here, and why it went, stays in the history."),
        button=_("Take it out"),
        is_removal=True,
    )


@requires(Capability.USE_DESK)
@require_safe
def photograph(request: HttpRequest, pk: int, rendition: str) -> HttpResponse:
    """For those who see the person's personal data."""
    member = member_or_404(request, pk)
    if not sees_personal_data(request, member):
        raise Http404
    return picture_response(request, member.photograph, rendition, public=False)


@requires(Capability.MANAGE_MEMBERS)
def photograph_edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = PhotographForm(request.POST or None, request.FILES or None, has_one=bool(member.photograph))
    if accepted(
        form, lambda: actions.set_photograph(member, form.cleaned_data["photograph"], by=request.user)
    ):
        messages.success(request, _("The photograph is saved."))
        return saved(request, reverse("members:detail", args=[pk]))
    title = _("Photograph: %(name)s") % {"name": member}
    return _page(request, form, member, title=title, button=_("Save"), takes_files=True)


def _kept(request: HttpRequest, pk: uuid.UUID) -> MemberFile:
    """A paper in the secretary's hands."""
    files = MemberFile.objects.visible_to(request.user).select_related("member")
    return get_object_or_404(files, pk=pk)


def _page(request: HttpRequest, form, member: Member, **texts) -> HttpResponse:
    back = reverse("members:detail", args=[member.pk])
    return render(request, "members/form.html", {"form": form, "back": back, "section": "members", **texts})
