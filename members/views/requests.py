"""Change requests in the secretary's hands: which are open, what was and what is asked for, approved or refused."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branch_portal.media.responses import picture_response
from branch_portal.paging import page_context
from members import actions
from members.forms.files import RefusalForm
from members.models import ChangeRequest, Member
from members.permissions import Capability, requires
from members.views.answers import accepted

_DECIDED_SHOWN = 20


@requires(Capability.MANAGE_MEMBERS)
def requests(request: HttpRequest) -> HttpResponse:
    """The open ones, the longest waiting first, and those decided lately."""
    visible = _visible(request)
    context = {
        **page_context(visible.open(), request.GET.get("page")),
        "decided": visible.decided().select_related("decided_by__member")[:_DECIDED_SHOWN],
        "section": "members",
    }
    return render(request, "members/requests.html", context)


@requires(Capability.MANAGE_MEMBERS)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _asked(request, pk), RefusalForm())


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    try:
        too = "sign_in_too" in request.POST and request.user.may(Capability.MANAGE_ACCOUNTS)
        standing = request.POST.get("standing", "")
        actions.approve_request(asked, standing=standing, sign_in_too=too, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("members:request", pk=pk)
    done = (
        _("Approved: the record of %(name)s is changed, and the number for signing in.")
        if too
        else _("Approved: the record of %(name)s is changed.")
    )
    messages.success(request, done % {"name": asked.member})
    return redirect("members:requests")


@requires(Capability.MANAGE_MEMBERS)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    form = RefusalForm(request.POST)
    if accepted(
        form,
        lambda: actions.refuse_request(asked, reason=form.cleaned_data["reason"], by=request.user),
    ):
        messages.success(request, _("Refused: the member reads the reason."))
        return redirect("members:requests")
    return _page(request, asked, form)


@requires(Capability.USE_DESK)
@require_safe
def photograph(request: HttpRequest, pk: int, rendition: str) -> HttpResponse:
    """The picture that is asked for, while it waits: for the secretary and for whoever handed it in."""
    pictures = ChangeRequest.objects.open().filter(field=ChangeRequest.Field.PHOTOGRAPH)
    asked = get_object_or_404(pictures, pk=pk)
    if asked.member_id != request.user.member_id and not request.user.may(Capability.READ_PERSONAL_DATA):
        raise Http404
    return picture_response(request, asked.after, rendition, public=False)


def _visible(request: HttpRequest):
    people = Member.objects.visible_to(request.user)
    return ChangeRequest.objects.filter(member__in=people).select_related(
        "member__user", "decided_by__member"
    )


def _asked(request: HttpRequest, pk: int) -> ChangeRequest:
    return get_object_or_404(_visible(request), pk=pk)


def _page(request: HttpRequest, asked: ChangeRequest, form: RefusalForm) -> HttpResponse:
    context = {"asked": asked, "form": form, "section": "members"}
    return render(request, "members/request.html", context)
