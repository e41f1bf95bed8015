"""Tasks from meetings: made, changed, reported, confirmed, opened again, dropped."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.rectification import task_workflow
from meetings.rectification.models import Task
from meetings.rectification.states import TaskAct
from members.actions.locking import locked as locked_row
from members.models import User


@transaction.atomic
def make_tasks(meeting: Meeting, tasks: Iterable[Task], *, by: User) -> list[Task]:
    """Tasks of one meeting; what is a task already (by its key or by the row it comes from) is left as it is.

    Returns the new ones.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    task_workflow.check_meeting(by, meeting)
    keys, rows = set(), set()
    for key, row in meeting.tasks.values_list("key", "source_row"):
        keys.add(key)
        rows.add(row)
    made = []
    with pghistory.context(user=by.pk):
        for task in tasks:
            if task.key in keys or (task.source_row and task.source_row in rows):
                continue
            task.meeting, task.changed_by = meeting, by
            task.full_clean()
            task.save(force_insert=True)
            keys.add(task.key)
            rows.add(task.source_row)
            made.append(task)
    return made


def make_task(meeting: Meeting, task: Task, *, by: User) -> Task:
    """One task; sent twice, the first one is returned."""
    made = make_tasks(meeting, [task], by=by)
    return made[0] if made else Task.objects.get(key=task.key)


@contextlib.contextmanager
def locked_task(task: Task, *, by: User, act: TaskAct) -> Iterator[Task]:
    """The task's row, locked to the end of the transaction and checked for the act."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = locked_row(task)
        task_workflow.check(by, act, row)
        row.changed_by = by
        yield row


def change_task(form) -> Task:
    """Save the changed task (a bound TaskForm made inside ``locked_task``)."""
    return form.save()


def _move(task: Task, act: TaskAct, word: str, *, by: User, on: datetime.date | None = None) -> Task:
    with locked_task(task, by=by, act=act) as row:
        row.state = task_workflow.next_state(act, row.state)
        row.word = word.strip() or row.word
        if on:
            row.reported_on = on
        if not row.word:
            raise ValidationError({"text": _("Say it in a few words.")}, code="required")
        row.save()
    return row


def report_task(task: Task, word: str, *, by: User, on: datetime.date | None = None) -> Task:
    """The owner says what was done; the secretary or the chair confirms."""
    return _move(task, TaskAct.REPORT, _required(word), by=by, on=on or timezone.localdate())


def confirm_task(task: Task, *, by: User) -> Task:
    """It is done; the owner's word stays."""
    return _move(task, TaskAct.CONFIRM, "", by=by)


def reopen_task(task: Task, reason: str, *, by: User) -> Task:
    """It is not done, or it comes up again."""
    return _move(task, TaskAct.REOPEN, _required(reason), by=by)


def drop_task(task: Task, reason: str, *, by: User) -> Task:
    """It will not be done, and why."""
    return _move(task, TaskAct.DROP, _required(reason), by=by)


def _required(word: str) -> str:
    if not word.strip():
        raise ValidationError({"text": _("Say it in a few words.")}, code="required")
    return word
