"""The rectification ledger and the tasks of meetings."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import State as EntryState
from meetings.rectification.states import TaskState
from members.models import User
from members.permissions import Capability


def about(user: User, today: datetime.date) -> list[Finding]:
    """The ledger and the tasks of meetings: what is late, what waits for a check, what is the person's own."""
    if not user.may(Capability.READ_LEDGER):
        return []
    entries, address = LedgerEntry.objects.visible_to(user), reverse("rectification:list")
    tasks, tasks_address = Task.objects.visible_to(user), reverse("rectification:tasks")
    found = [
        Finding(
            entries.active().of_member(user.member_id).count(),
            _("ledger entries that you put right"),
            f"{address}?person={user.member_id}&state=active",
            is_mine=True,
        ),
        Finding(
            tasks.of_owner(user.member_id).filter(state=TaskState.OPEN).count(),
            _("tasks of yours from meetings"),
            f"{tasks_address}?mine=on&state={TaskState.OPEN}",
            is_mine=True,
        ),
    ]
    if user.may(Capability.KEEP_LEDGER):
        late = entries.overdue_on(today).count()
        found.append(Finding(late, _("ledger entries overdue"), f"{address}?overdue=on"))
        waiting = LedgerEntry.objects.to_check_by(user).count()
        found.append(
            Finding(waiting, _("ledger entries to check and close"), f"{address}?state={EntryState.CLAIMED}")
        )
    if user.may(Capability.CONFIRM_TASKS):
        reported = tasks.filter(state=TaskState.REPORTED).count()
        found.append(Finding(reported, _("tasks to confirm"), f"{tasks_address}?state={TaskState.REPORTED}"))
    return found
