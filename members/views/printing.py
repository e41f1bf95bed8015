"""Papers about people: the registration card of one or of several, and the roster; as a page to print or a Word file."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from branch_portal.documents import official
from branch_portal.documents.paper import Paper
from branch_portal.documents.responses import word_response
from members import actions, registration_card
from members.actions.sensitive import FIELDS
from members.forms.printing import PeopleToPrintForm
from members.models import Member, SensitiveLook
from members.permissions import Capability, requires
from members.querysets import MemberQuerySet
from members.roster import roster as roster_of
from members.views.fetching import member_or_404, sees_personal_data, sees_sensitive_data

WORD = "word"


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
    return answer(request, papers, f"{registration_card.title()} {member}", "members/card.html", context)


@requires(Capability.READ_MEMBERS)
def cards(request: HttpRequest) -> HttpResponse:
    """Cards of several people in one file."""
    members = several(request)
    may_print_sensitive = request.user.may(Capability.READ_SENSITIVE_DATA)
    form = PeopleToPrintForm(request.POST or None, members=members, may_print_sensitive=may_print_sensitive)
    if form.is_bound and form.is_valid():
        with_sensitive = bool(form.cleaned_data.get("with_sensitive"))
        papers = _cards(request, form.chosen(), with_sensitive=with_sensitive)
        context = {"with_sensitive": with_sensitive, "section": "members"}
        return answer(request, papers, registration_card.title(), "members/several_cards.html", context)
    return render(request, "members/cards.html", {"form": form, "section": "members"})


@requires(Capability.PRINT_ROSTER)
def roster(request: HttpRequest) -> HttpResponse:
    paper = roster_of(
        timezone.localdate(), with_personal_data=request.user.may(Capability.READ_PERSONAL_DATA)
    )
    return answer(request, [paper], paper.title, "members/roster.html", {"section": "members"})


def several(request: HttpRequest) -> MemberQuerySet:
    """The people of whom the user may print papers together; refused to whoever sees only the own."""
    user = request.user
    if not (user.may(Capability.READ_PERSONAL_DATA) or user.may(Capability.READ_GROUP_DATA)):
        raise PermissionDenied
    return Member.objects.current().with_personal_data_for(user)


def answer(
    request: HttpRequest, papers: Sequence[Paper], title: str, template: str, context: dict
) -> HttpResponse:
    """The Word file if the request asked for it (``as=word``), otherwise the page to print."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("as") == WORD:
        return word_response(official.write_papers(papers, title), title)
    return render(request, template, {"papers": papers, "title": title, **context})


def _cards(request: HttpRequest, members: MemberQuerySet, *, with_sensitive: bool) -> list[Paper]:
    people = list(registration_card.with_everything(members))
    texts = None
    if with_sensitive:
        texts = actions.look_at_many(people, FIELDS, by=request.user, occasion=SensitiveLook.Occasion.PRINT)
    return registration_card.cards(people, texts)
