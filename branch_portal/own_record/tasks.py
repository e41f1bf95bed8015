"""What a person is in charge of: problems from signed minutes, entries of the ledger, tasks from meetings."""

from __future__ import annotations

from django.db.models import F

from meetings.models import Meeting, Problem
from meetings.rectification.models import LedgerEntry, Task
from members.models import Member, User


def tasks_of(member: Member):
    """Problems that are in no ledger entry yet; the earliest due first, those without a day last. One query."""
    rows = Problem.objects.filter(in_charge=member, meeting__state=Meeting.State.SIGNED_OFF)
    entered = LedgerEntry.objects.filter(problem_row__isnull=False).values("problem_row")
    return (
        rows.exclude(pk__in=entered)
        .select_related("meeting")
        .order_by(F("due_on").asc(nulls_last=True), "-meeting__starts_at", "pk")
    )


def ledger_entries_of(user: User):
    """The person's own entries, personal ones too. One query."""
    return LedgerEntry.objects.visible_to(user).of_member(user.member_id).listed()


def meeting_tasks_of(user: User):
    """The person's own tasks. One query."""
    return Task.objects.visible_to(user).of_owner(user.member_id).listed()
