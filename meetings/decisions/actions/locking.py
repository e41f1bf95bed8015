"""The lock that every verb takes: the meeting's row first, since all that its record holds is changed under it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from meetings import actions as meeting_actions
from meetings.decisions import workflow
from meetings.decisions.models import Decision
from meetings.decisions.workflow import Act
from meetings.models import Meeting
from members.models import User


@contextlib.contextmanager
def locked(decision: Decision, *, by: User, act: Act) -> Iterator[Decision]:
    """The matter's row, locked to the end of the transaction and checked for the act. What belongs to the record of a
    meeting gives that meeting its next revision, so that nobody signs what was not read."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        found = Decision.objects.get(pk=decision.pk)
        meeting = _locked_meeting(found.meeting_id)
        row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        if row.meeting_id != found.meeting_id:
            raise ValidationError(
                _("The matter was put on another meeting meanwhile. Open its page again."), code="moved"
            )
        row.meeting = meeting
        workflow.check(by, act, row)
        row.changed_by = by
        yield row
        if meeting is not None and act in workflow.OF_THE_RECORD:
            next_revision(meeting, by=by)


@contextlib.contextmanager
def on_record(meeting: Meeting, *, by: User) -> Iterator[Meeting]:
    """The meeting, locked, while something is put on its record."""
    with meeting_actions.locked(meeting, by=by, act=workflow.MeetingAct.RECORD) as row:
        yield row
        next_revision(row, by=by)


def next_revision(meeting: Meeting, *, by: User) -> None:
    meeting_actions.touch(meeting, by=by)
    meeting.save(update_fields=["revision", "changed_by", "changed_at"])


def _locked_meeting(pk: int | None) -> Meeting | None:
    if pk is None:
        return None
    return Meeting.objects.select_for_update(of=("self",)).get(pk=pk)
