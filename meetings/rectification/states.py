"""The states of an entry and of a task, and what is done with them: words that models, workflow and pages share."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where an entry stands; everything but CLOSED is active."""

    OPEN = "open", pgettext_lazy("ledger entry", "to be rectified")
    IN_PROGRESS = "in_progress", pgettext_lazy("ledger entry", "under rectification")
    EXTENDED = "extended", pgettext_lazy("ledger entry", "extended")
    RETURNED = "returned", pgettext_lazy("ledger entry", "returned")
    LONG_TERM = "long_term", pgettext_lazy("ledger entry", "kept up for long")
    CLAIMED = "claimed", pgettext_lazy("ledger entry", "waiting for the check")
    CLOSED = "closed", pgettext_lazy("ledger entry", "closed")


class Act(TextChoices):
    """What is done with an entry; the history calls every step by it."""

    ENTER = "enter", pgettext_lazy("ledger entry", "entered")
    CHANGE = "change", pgettext_lazy("ledger entry", "changed")
    NOTE = "note", pgettext_lazy("ledger entry", "progress noted")
    EVIDENCE = "evidence", pgettext_lazy("ledger entry", "evidence added")
    CLAIM = "claim", pgettext_lazy("ledger entry", "reported as done")
    CLOSE = "close", pgettext_lazy("ledger entry", "checked and closed")
    RETURN = "return", pgettext_lazy("ledger entry", "returned to the person in charge")
    EXTEND = "extend", pgettext_lazy("ledger entry", "time extended")
    LONG_TERM = "long_term", pgettext_lazy("ledger entry", "made a long-term task")
    RECUR = "recur", pgettext_lazy("ledger entry", "entered again")


class Level(TextChoices):
    COMMITTEE = "committee", _("branch committee")
    MEMBER = "member", _("single member")


class Source(TextChoices):
    LIFE_MEETING = "life_meeting", _("organizational life meeting")
    APPRAISAL = "appraisal", _("democratic appraisal of members")
    INSPECTION = "inspection", _("inspection")
    MEMBER_OPINION = "member_opinion", _("opinion of a member")


class TaskState(TextChoices):
    OPEN = "open", pgettext_lazy("task", "to do")
    REPORTED = "reported", pgettext_lazy("task", "reported as done")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


class TaskAct(TextChoices):
    CHANGE = "change", pgettext_lazy("task", "change the task")
    REPORT = "report", pgettext_lazy("task", "report it as done")
    CONFIRM = "confirm", pgettext_lazy("task", "confirm that it is done")
    REOPEN = "reopen", pgettext_lazy("task", "open it again")
    DROP = "drop", pgettext_lazy("task", "drop the task")
