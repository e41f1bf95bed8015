"""What the pages of a meeting show of the ledger and of tasks; asked by ``meetings.views``. As many queries for much as
for little."""

from __future__ import annotations

from dataclasses import dataclass, field

from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.rectification import task_workflow, workflow
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import Level
from members.models import User


@dataclass(frozen=True)
class OfMeeting:
    """``waiting``: how many signed problems of this meeting the user could put into the ledger; None where that is not the
    user's. ``last_entries``: R-8.3."""

    is_life_meeting: bool = False
    last_entries: list[LedgerEntry] = field(default_factory=list)
    entries: list[LedgerEntry] = field(default_factory=list)
    waiting: int | None = None
    tasks: list[Task] = field(default_factory=list)
    left_over: list[Task] = field(default_factory=list)
    may_give_tasks: bool = False

    @property
    def is_empty(self) -> bool:
        return not (
            self.is_life_meeting
            or self.entries
            or self.waiting
            or self.tasks
            or self.left_over
            or self.may_give_tasks
        )


def of_meeting(user: User, meeting: Meeting) -> OfMeeting:
    """For somebody who sees the meeting; each entry and task only if it is the user's to see."""
    is_life_meeting = MeetingKind.LIFE_MEETING in meeting.kinds
    visible = LedgerEntry.objects.visible_to(user)
    is_over = meeting.state in {Meeting.State.SIGNED_OFF, Meeting.State.CANCELLED}
    return OfMeeting(
        is_life_meeting=is_life_meeting,
        last_entries=list(visible.for_life_meeting_of(meeting.for_year).in_order_of_number())
        if is_life_meeting
        else [],
        entries=list(visible.filter(meeting=meeting).in_order_of_number()),
        waiting=_waiting(user, meeting),
        tasks=list(Task.objects.visible_to(user).filter(meeting=meeting).listed()),
        left_over=[] if is_over else list(Task.objects.visible_to(user).left_over_for(meeting).listed()),
        may_give_tasks=task_workflow.gives_tasks(user, meeting)
        and meeting.state in task_workflow.GIVES_TASKS,
    )


def problems_to_enter(user: User, meeting: Meeting):
    """The meeting's problems that are in no entry yet, of the levels that the user keeps."""
    levels = [level for level in Level if workflow.keeps(user, level)]
    entered = LedgerEntry.objects.filter(meeting=meeting, problem_row__isnull=False).values("problem_row")
    return meeting.problems.filter(level__in=levels).exclude(pk__in=entered)


def _waiting(user: User, meeting: Meeting) -> int | None:
    if meeting.state != Meeting.State.SIGNED_OFF or not any(workflow.keeps(user, level) for level in Level):
        return None
    return problems_to_enter(user, meeting).count()
