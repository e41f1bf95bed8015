"""When work is late (R-8.2): computed from plain facts, never stored."""

from __future__ import annotations

import datetime

from meetings.rectification.states import State, TaskState


def is_overdue(
    state: str, due_on: datetime.date | None, claimed_on: datetime.date | None, today: datetime.date
) -> bool:
    """Active, and the day is over. Whoever reported in time and waits for the check is not late."""
    if state == State.CLOSED or due_on is None:
        return False
    return due_on < (claimed_on or today)


def is_task_overdue(state: str, due_on: datetime.date | None, today: datetime.date) -> bool:
    return state == TaskState.OPEN and due_on is not None and due_on < today
