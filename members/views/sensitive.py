"""Sensitive data: shown when asked for, and every look is recorded. Never a draft in the browser, never in an address."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branch_portal.paging import page_context
from members import actions
from members.actions.sensitive import FIELDS
from members.forms.people import SensitiveForm
from members.models import Member, SensitiveLook, SensitiveRecord
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import member_or_404, sees_sensitive_data


@requires(Capability.USE_DESK)
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts, in the answer to the very request that asked for them."""
    member = _member(request, pk)
    texts = actions.look_at(member, FIELDS, by=request.user, occasion=SensitiveLook.Occasion.PAGE)
    context = {
        "member": member,
        "texts": [(SensitiveRecord._meta.get_field(name).verbose_name, text) for name, text in texts.items()],
        "section": "members",
    }
    return render(request, "members/sensitive.html", context)


@requires(Capability.READ_SENSITIVE_DATA)
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for, it says what is recorded and shows nothing. Opening the form is a look, and so is being shown what another
    writer has put into a field meanwhile."""
    member = _member(request, pk)
    if request.method != "POST":
        return render(request, "members/sensitive_open.html", {"member": member, "section": "members"})
    if "open" in request.POST:
        form = SensitiveForm(instance=actions.locked_sensitive(member))
        shown = FIELDS
    else:
        form = SensitiveForm(request.POST, instance=actions.locked_sensitive(member))
        if accepted(form, lambda: actions.change_sensitive(member, form.texts(), by=request.user)):
            messages.success(request, _("The sensitive data are saved."))
            return redirect("members:detail", pk=pk)
        shown = form.renewed
    actions.look_at(member, shown, by=request.user, occasion=SensitiveLook.Occasion.EDIT)
    context = {
        "form": form,
        "title": _("Sensitive data: %(name)s") % {"name": member},
        "intro": _("Sealed in the database. Whoever looks is recorded, and the member sees it."),
        "button": _("Save"),
        "back": reverse("members:detail", args=[pk]),
        "section": "members",
    }
    return render(request, "members/form.html", context)


@requires(Capability.USE_DESK)
def looks(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looked, for the person and for whoever may look."""
    member = _member(request, pk)
    found = page_context(member.sensitive_looks.select_related("user__member"), request.GET.get("page"))
    return render(request, "members/looks.html", {"member": member, "section": "members", **found})


def _member(request: HttpRequest, pk: int) -> Member:
    member = member_or_404(request, pk)
    if not sees_sensitive_data(request, member):
        raise PermissionDenied
    return member
