"""Papers about people, as a page to print or a Word file: the roster, and what every paper of people shares."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from branch_portal.documents import official
from branch_portal.documents.paper import Paper
from branch_portal.documents.responses import word_response
from members.models import Member
from members.permissions import Capability, requires
from members.querysets import MemberQuerySet
from members.roster import roster as roster_of

WORD = "word"


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
