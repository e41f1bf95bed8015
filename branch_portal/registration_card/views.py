"""The card of one person or of several, as a page to print or a Word file."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper
from branch_portal.registration_card import writing
from members import actions
from members.actions.sensitive import FIELDS
from members.forms.printing import PeopleToPrintForm
from members.models import Member, SensitiveLook
from members.permissions import Capability, requires
from members.querysets import MemberQuerySet
from members.views.fetching import member_or_404, sees_personal_data, sees_sensitive_data
from members.views.printing import answer
from members.views.printing import several as people_to_print


@requires(Capability.READ_MEMBERS)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Sensitive data only where the box is ticked, in the answer to the very request that asked for them."""
    member = member_or_404(request, pk)
    if not sees_personal_data(request, member):
        raise PermissionDenied
    may_print_sensitive = sees_sensitive_data(request, member)
    with_sensitive = may_print_sensitive and request.POST.get("with_sensitive") == "on"
    papers = _cards(request, Member.objects.filter(pk=pk), with_sensitive=with_sensitive)
    context = {
        "member": member,
        "may_print_sensitive": may_print_sensitive,
        "with_sensitive": with_sensitive,
        "section": "members",
    }
    return answer(request, papers, f"{writing.title()} {member}", "registration_card/card.html", context)


@requires(Capability.READ_MEMBERS)
def several(request: HttpRequest) -> HttpResponse:
    """Cards of several people in one file."""
    members = people_to_print(request)
    may_print_sensitive = request.user.may(Capability.READ_SENSITIVE_DATA)
    form = PeopleToPrintForm(request.POST or None, members=members, may_print_sensitive=may_print_sensitive)
    if form.is_bound and form.is_valid():
        with_sensitive = bool(form.cleaned_data.get("with_sensitive"))
        papers = _cards(request, form.chosen(), with_sensitive=with_sensitive)
        return answer(
            request, papers, writing.title(), "registration_card/several.html", {"section": "members"}
        )
    context = {
        "form": form,
        "title": _("Registration cards"),
        "intro": _("Cards of several people in one file, each on pages of its own."),
        "section": "members",
    }
    return render(request, "members/people_to_print.html", context)


def _cards(request: HttpRequest, members: MemberQuerySet, *, with_sensitive: bool) -> list[Paper]:
    people = list(writing.with_everything(members))
    texts = None
    if with_sensitive:
        texts = actions.look_at_many(people, FIELDS, by=request.user, occasion=SensitiveLook.Occasion.PRINT)
    return writing.cards(people, request.user, texts)
