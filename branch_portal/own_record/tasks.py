"""What a person is in charge of: problems to be put right, from signed minutes."""

from __future__ import annotations

from django.db.models import F

from meetings.models import Meeting, Problem
from members.models import Member


def tasks_of(member: Member):
    """The earliest due first, those without a day last. One query."""
    rows = Problem.objects.filter(in_charge=member, meeting__state=Meeting.State.SIGNED_OFF)
    return rows.select_related("meeting").order_by(
        F("due_on").asc(nulls_last=True), "-meeting__starts_at", "pk"
    )
