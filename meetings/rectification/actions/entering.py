"""New entries: by hand, from the problems of a life meeting, or because a closed one has come up again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.rectification import workflow
from meetings.rectification.locks import CHAIN_LOCK
from meetings.rectification.models import LedgerEntry
from meetings.rectification.states import Act, Level, State
from members.models import User


@transaction.atomic
def enter(entry: LedgerEntry, *, by: User, at: datetime.datetime | None = None) -> LedgerEntry:
    """Store a new entry under the next number. One whose ``key`` is known was sent twice: that one is returned."""
    if not workflow.keeps(by, entry.level):
        raise PermissionDenied
    _one_at_a_time()
    if already := LedgerEntry.objects.filter(key=entry.key).first():
        return already
    return _store(entry, by=by, at=at)


@transaction.atomic
def enter_problems(
    meeting: Meeting, entries: Iterable[LedgerEntry], *, by: User, at: datetime.datetime | None = None
) -> list[LedgerEntry]:
    """Entries of a life meeting's problems; those that are in the ledger already are left as they are.

    ``entries`` name their ``problem_row``. Returns the new ones.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_meeting(meeting)
    wanted = list(entries)
    if any(not workflow.keeps(by, entry.level) for entry in wanted):
        raise PermissionDenied
    _one_at_a_time()
    known = set(meeting.problems.values_list("pk", flat=True))
    entered = set(LedgerEntry.objects.filter(problem_row__in=known).values_list("problem_row", flat=True))
    made = []
    for entry in wanted:
        if entry.problem_row in known - entered:
            entry.meeting, entry.year = meeting, meeting.for_year
            made.append(_store(entry, by=by, at=at))
            entered.add(entry.problem_row)
    return made


def check_meeting(meeting: Meeting) -> None:
    """The ledger rests on what was signed."""
    if meeting.state != Meeting.State.SIGNED_OFF:
        raise ValidationError(
            _("The problems go into the ledger once the minutes are signed off."), code="state"
        )


@transaction.atomic
def enter_again(
    closed: LedgerEntry, entry: LedgerEntry, *, by: User, at: datetime.datetime | None = None
) -> LedgerEntry:
    """R-8.2: what recurs is a new entry, linked to the closed one."""
    closed = LedgerEntry.objects.select_for_update(of=("self",)).get(pk=closed.pk)
    workflow.check(by, Act.RECUR, closed)
    entry.recurs_from, entry.level = closed, closed.level
    if closed.level == Level.MEMBER:
        entry.in_charge = closed.in_charge
    return enter(entry, by=by, at=at)


def _one_at_a_time() -> None:
    """Numbers and the history's chain go under one lock, which is always the last to be taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def _store(entry: LedgerEntry, *, by: User, at: datetime.datetime | None) -> LedgerEntry:
    same = LedgerEntry.objects.filter(year=entry.year, level=entry.level)
    if entry.level == Level.MEMBER:
        same = same.filter(in_charge=entry.in_charge_id)
    entry.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
    entry.state, entry.act, entry.note, entry.revision = State.OPEN, Act.ENTER, "", 1
    entry.changed_by, entry.changed_at = by, at or timezone.now()
    entry.full_clean()
    entry.save(force_insert=True)
    return entry
