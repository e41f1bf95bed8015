"""What is done with the ledger and with tasks. Every verb is one transaction that locks the row and checks again."""

from meetings.rectification.actions.entering import enter, enter_again, enter_problems
from meetings.rectification.actions.steps import (
    add_evidence,
    change_entry,
    claim,
    close,
    extend,
    keep_up_for_long,
    locked_entry,
    note_progress,
    send_back,
)
from meetings.rectification.actions.tasks import (
    change_task,
    confirm_task,
    drop_task,
    locked_task,
    make_task,
    make_tasks,
    reopen_task,
    report_task,
)

__all__ = [
    "add_evidence",
    "change_entry",
    "change_task",
    "claim",
    "close",
    "confirm_task",
    "drop_task",
    "enter",
    "enter_again",
    "enter_problems",
    "extend",
    "keep_up_for_long",
    "locked_entry",
    "locked_task",
    "make_task",
    "make_tasks",
    "note_progress",
    "reopen_task",
    "report_task",
    "send_back",
]
