"""Who may do what with a meeting's task in which state: one table, as in ``workflow``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.rectification.states import TaskAct, TaskState
from members.permissions import Capability

if TYPE_CHECKING:
    from meetings.rectification.models import Task
    from members.models import User

# Tasks come from a meeting that has begun; a planned one has given none yet.
GIVES_TASKS = (Meeting.State.IN_SESSION, Meeting.State.DRAFT_MINUTES, Meeting.State.SIGNED_OFF)


class Who(Enum):
    OWNER = "owner"
    KEEPER = "keeper"  # makes and changes tasks
    LEADER = "leader"  # the secretary, or who chaired the meeting


@dataclass(frozen=True)
class Rule:
    moves: Mapping[TaskState, TaskState]
    by: frozenset[Who]


_OPEN, _REPORTED, _DONE, _DROPPED = TaskState
_KEEPS = frozenset({Who.KEEPER, Who.LEADER})

RULES: dict[TaskAct, Rule] = {
    TaskAct.CHANGE: Rule({_OPEN: _OPEN}, _KEEPS),
    TaskAct.REPORT: Rule({_OPEN: _REPORTED}, frozenset({Who.OWNER, Who.KEEPER, Who.LEADER})),
    TaskAct.CONFIRM: Rule({_REPORTED: _DONE}, frozenset({Who.LEADER})),
    TaskAct.REOPEN: Rule({_REPORTED: _OPEN, _DONE: _OPEN, _DROPPED: _OPEN}, frozenset({Who.LEADER})),
    TaskAct.DROP: Rule({_OPEN: _DROPPED, _REPORTED: _DROPPED}, frozenset({Who.LEADER})),
}


def gives_tasks(user: User, meeting: Meeting) -> bool:
    """Whether the user makes tasks from this meeting at all, now or once it has begun."""
    return user.may(Capability.KEEP_TASKS) or (
        bool(user.member_id) and user.member_id in {meeting.chair_id, meeting.recorder_id}
    )


def relations(user: User, task: Task) -> frozenset[Who]:
    """No query if the task's meeting is loaded."""
    found = set()
    if user.member_id and user.member_id == task.owner_id:
        found.add(Who.OWNER)
    if gives_tasks(user, task.meeting):
        found.add(Who.KEEPER)
    if user.may(Capability.CONFIRM_TASKS) or (user.member_id and user.member_id == task.meeting.chair_id):
        found.add(Who.LEADER)
    return frozenset(found)


def possible_acts(user: User, task: Task) -> frozenset[TaskAct]:
    related = relations(user, task)
    return frozenset(act for act, rule in RULES.items() if task.state in rule.moves and related & rule.by)


def check(user: User, act: TaskAct, task: Task) -> None:
    """PermissionDenied if it is not the user's business, ValidationError in words if it makes no sense now."""
    if not relations(user, task) & RULES[act].by:
        raise PermissionDenied
    if task.state not in RULES[act].moves:
        raise ValidationError(
            _("This cannot be done now: the task is in the state “%(state)s”."),
            code="state",
            params={"state": task.get_state_display()},
        )


def check_meeting(user: User, meeting: Meeting) -> None:
    """The same for making tasks from the meeting."""
    if not gives_tasks(user, meeting):
        raise PermissionDenied
    if meeting.state not in GIVES_TASKS:
        raise ValidationError(
            _("This cannot be done now: the meeting is in the state “%(state)s”."),
            code="state",
            params={"state": meeting.get_state_display()},
        )


def next_state(act: TaskAct, state: str) -> TaskState:
    return RULES[act].moves[TaskState(state)]
