"""Who may do what, and who holds which role today: to be read. The table itself is the portal's, not the branch's."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from members.models import Member, Position, User
from members.permissions import CAPABILITIES, Capability, Role, requires

# Nobody signed in has no role to be shown.
_ROLES = [role for role in Role if role != Role.PUBLIC]


@dataclass(frozen=True)
class Line:
    """One capability, and for each of the roles whether it has it."""

    capability: Capability
    cells: list[tuple[Role, bool]]


@requires(Capability.MANAGE_ACCOUNTS)
def permissions(request: HttpRequest) -> HttpResponse:
    """A constant number of queries."""
    today = timezone.localdate()
    held = Position.objects.on(today).filter(member__left_on=None)
    context = {
        "roles": _ROLES,
        "lines": [Line(each, [(role, each in CAPABILITIES[role]) for role in _ROLES]) for each in Capability],
        "posts": [(post, sorted(post.roles)) for post in Position.Post],
        "holders": held.select_related("member__user", "party_group").order_by("member__sort_key", "pk"),
        "administrators": User.objects.listed().filter(is_administrator=True, is_active=True),
        "members": Member.objects.current().count(),
        "today": today,
        "section": "members",
    }
    return render(request, "members/permissions.html", context)
