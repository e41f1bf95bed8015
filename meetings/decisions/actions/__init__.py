"""What is done with a matter. Every verb is one transaction that locks the meeting, then the matter, checks the workflow
again, changes, and leaves its trace in the history."""

from meetings.decisions.actions.execution import arrange, complete, note, send_back, start
from meetings.decisions.actions.execution import check as check_execution
from meetings.decisions.actions.local import add_rule, remove_rule, save_category
from meetings.decisions.actions.locking import locked
from meetings.decisions.actions.proposing import (
    change,
    discuss,
    propose,
    remove,
    review,
    supersede,
    take_up,
)
from meetings.decisions.actions.roll import remove_exclusion, save_exclusion
from meetings.decisions.actions.voices import add_voice, remove_voice
from meetings.decisions.actions.voting import Votes, defer, record_vote

__all__ = [
    "Votes",
    "add_rule",
    "add_voice",
    "arrange",
    "change",
    "check_execution",
    "complete",
    "defer",
    "discuss",
    "locked",
    "note",
    "propose",
    "record_vote",
    "remove",
    "remove_exclusion",
    "remove_rule",
    "remove_voice",
    "review",
    "save_category",
    "save_exclusion",
    "send_back",
    "start",
    "supersede",
    "take_up",
]
