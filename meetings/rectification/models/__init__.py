"""The tables of the ledger, a file a topic."""

from meetings.rectification.models.entries import Evidence, LedgerEntry
from meetings.rectification.models.events import LedgerEvent
from meetings.rectification.models.tasks import Task

__all__ = ["Evidence", "LedgerEntry", "LedgerEvent", "Task"]
