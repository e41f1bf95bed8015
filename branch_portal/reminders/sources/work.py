"""What has a date: tasks, ledger entries, decisions to carry out, integrity duties, reviews of risk points; and minutes to
sign."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from branch_portal.reminders.models import Notice
from branch_portal.reminders.occasions import SOON, Occasion, due_name
from meetings.decisions.models import Decision
from meetings.integrity import due
from meetings.integrity.models import Responsibility, RiskPoint
from meetings.models import Meeting, Signature, SignatureVoid
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import State as EntryState
from meetings.rectification.states import TaskState

Kind = Notice.Kind
Told = tuple[int, Occasion]
_YEARLY = datetime.timedelta(days=due.REMIND_DAYS)


def for_people(today: datetime.date) -> Iterator[Told]:
    """A query each."""
    yield from _tasks(today)
    yield from _entries(today)
    yield from _decisions(today)
    yield from _duties(today)
    yield from _risk_points(today)
    yield from _minutes()


def _due(
    member_id: int | None, kind: str, subject: object, due_on, today, soon=SOON, **facts
) -> Iterator[Told]:
    name = due_name(due_on, today, soon)
    if member_id and name:
        yield member_id, Occasion(kind, str(subject), name, {"due_on": due_on.isoformat(), **facts})


def _tasks(today: datetime.date) -> Iterator[Told]:
    for task in Task.objects.filter(state=TaskState.OPEN, due_on__lte=today + SOON).order_by("pk"):
        yield from _due(task.owner_id, Kind.TASK, task.pk, task.due_on, today, text=task.text)


def _entries(today: datetime.date) -> Iterator[Told]:
    """Of the person in charge alone, personal ones too; whoever has reported waits for the check."""
    entries = LedgerEntry.objects.active().exclude(state=EntryState.CLAIMED)
    for entry in entries.filter(due_on__lte=today + SOON).order_by("pk"):
        facts = {"year": entry.year, "number": entry.number, "level": entry.level}
        yield from _due(entry.in_charge_id, Kind.ENTRY, entry.pk, entry.due_on, today, **facts)


def _decisions(today: datetime.date) -> Iterator[Told]:
    decisions = Decision.objects.filter(state=Decision.State.IN_EXECUTION, deadline__lte=today + SOON)
    for decision in decisions.order_by("pk"):
        yield from _due(
            decision.owner_id, Kind.DECISION, decision.pk, decision.deadline, today, text=decision.title
        )


def _duties(today: datetime.date) -> Iterator[Told]:
    for duty in Responsibility.objects.running().with_last_fulfilment():
        yield from _due(
            duty.holder_id, Kind.DUTY, duty.pk, duty.due_on, today, _YEARLY, text=duty.integrity_duty
        )


def _risk_points(today: datetime.date) -> Iterator[Told]:
    """Of whoever leads the department's work."""
    for point in RiskPoint.objects.to_review(today).order_by("pk"):
        yield from _due(point.leader_id, Kind.RISK, point.pk, point.due_by, today, _YEARLY, text=point.point)


def _minutes() -> Iterator[Told]:
    """Whoever recorded completes and signs, then whoever chaired signs. A text that was changed under a signature is told
    anew to both, each when it is that one's turn again. Three queries."""
    for meeting in Meeting.objects.to_complete().filter(signatures=None).order_by("pk"):
        yield meeting.recorder_id, _to_sign(meeting, "to_complete")
    for void in SignatureVoid.objects.last_of_unsigned().select_related("signature__meeting"):
        meeting = void.signature.meeting
        yield meeting.recorder_id, _to_sign(meeting, f"to_sign_again:{void.pk}")
    for signature in Signature.objects.waiting_for_the_chair().select_related("meeting"):
        yield signature.meeting.chair_id, _to_sign(signature.meeting, f"to_sign:{signature.pk}")


def _to_sign(meeting: Meeting, occasion: str) -> Occasion:
    return Occasion(Kind.MINUTES, str(meeting.pk), occasion, {"title": meeting.title})
