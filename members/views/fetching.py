"""Fetching is authorising: whose record a page is about, and how much of it the reader sees."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from members.models import Member
from members.permissions import Capability


def member_or_404(request: HttpRequest, pk: int) -> Member:
    """Somebody of whom the user may read at all."""
    return get_object_or_404(Member.objects.visible_to(request.user), pk=pk)


def sees_personal_data(request: HttpRequest, member: Member) -> bool:
    """The person, the secretary, and the leader of the person's group."""
    user = request.user
    return (
        member.pk == user.member_id
        or user.may(Capability.READ_PERSONAL_DATA)
        or (user.may(Capability.READ_GROUP_DATA) and member.party_group_id in user.led_groups)
    )


def sees_sensitive_data(request: HttpRequest, member: Member) -> bool:
    """The person and the secretary."""
    return member.pk == request.user.member_id or request.user.may(Capability.READ_SENSITIVE_DATA)
