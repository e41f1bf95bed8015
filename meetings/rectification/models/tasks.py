"""What a meeting asked somebody to do."""

from __future__ import annotations

import datetime
import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import Meeting
from meetings.rectification import deadlines, locks, task_workflow
from meetings.rectification.querysets import TaskQuerySet
from meetings.rectification.states import TaskState
from members.models import Member
from members.models.changed import Changed, tracked


@tracked()
class Task(Changed):
    """One thing to be done: by whom, by when. ``word``: the owner's report, or why it was dropped or opened again."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, editable=False, related_name="tasks", verbose_name=_("meeting")
    )
    # The id of the requirement or agenda item it was made from; see LedgerEntry.problem_row.
    source_row = models.UUIDField(null=True, unique=True, editable=False)
    text = models.CharField(pgettext_lazy("task", "what is to be done"), max_length=300)
    detail = models.TextField(pgettext_lazy("task", "explanation"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        Member, models.PROTECT, related_name="meeting_tasks", verbose_name=pgettext_lazy("task", "owner")
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=TaskState, default=TaskState.OPEN, editable=False
    )
    word = models.CharField(pgettext_lazy("task", "report"), max_length=500, blank=True, editable=False)
    reported_on = models.DateField(_("reported as done on"), null=True, editable=False)
    # Made by the page: the same task sent twice is one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = pgettext_lazy("of a meeting", "task")
        verbose_name_plural = pgettext_lazy("of a meeting", "tasks")
        indexes = [models.Index(fields=["state", "due_on"], name="task_by_state_and_day")]
        constraints = [
            models.CheckConstraint(
                name="dropped_or_reported_task_says_something",
                condition=~Q(state__in=["reported", "done", "dropped"]) | ~Q(word=""),
                violation_error_message=_("Say it in a few words."),
            ),
            models.CheckConstraint(
                name="task_is_done_only_when_reported",
                condition=~Q(state__in=["reported", "done"]) | Q(reported_on__isnull=False),
            ),
        ]
        triggers = [
            locks.is_never_deleted(),
            pgtrigger.FSM(
                name="task_state_follows_the_workflow",
                field="state",
                transitions=sorted(
                    {
                        (str(before), str(after))
                        for rule in task_workflow.RULES.values()
                        for before, after in rule.moves.items()
                        if before != after
                    }
                ),
            ),
            pgtrigger.Protect(
                name="task_stays_with_its_meeting",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("meeting", "source_row", "key"),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_overdue(self) -> bool:
        """Today, for pages; tests ask ``is_overdue_on``."""
        return self.is_overdue_on(timezone.localdate())

    def is_overdue_on(self, day: datetime.date) -> bool:
        return deadlines.is_task_overdue(self.state, self.due_on, day)
