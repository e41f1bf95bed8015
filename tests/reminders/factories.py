"""Notices without a run."""

from __future__ import annotations

from django.utils import timezone

from branch_portal.reminders.models import Notice
from members.models import Member


def make_notice(member: Member, **fields) -> Notice:
    """Minutes to sign, told now, unless something else is given."""
    values = {
        "kind": Notice.Kind.MINUTES,
        "subject": "1",
        "occasion": "to_sign",
        "facts": {"title": "会议"},
        "made_at": timezone.now(),
        **fields,
    }
    return Notice.objects.create(member=member, **values)
