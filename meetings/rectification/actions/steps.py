"""What is done with an entry from the first note of progress to its closing. Every step is one event of the history."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.media.documents import Document
from branch_portal.media.keeping import stored
from meetings.rectification import workflow
from meetings.rectification.models import Evidence, LedgerEntry
from meetings.rectification.states import Act
from members.actions.locking import locked as locked_row
from members.models import User


@contextlib.contextmanager
def locked_entry(entry: LedgerEntry, *, by: User, act: Act) -> Iterator[LedgerEntry]:
    """The entry's row, locked to the end of the transaction and checked for the act."""
    with transaction.atomic():
        row = locked_row(entry)
        workflow.check(by, act, row)
        yield row


@contextlib.contextmanager
def _step(
    entry: LedgerEntry,
    act: Act,
    *,
    by: User,
    revision: int | None,
    at: datetime.datetime | None,
    note: str = "",
) -> Iterator[LedgerEntry]:
    """The locked row, taken to the act's next state and saved at the end.

    ``revision``: what the page showed; if somebody was quicker, or the same click came twice, nothing is done.
    """
    with locked_entry(entry, by=by, act=act) as row:
        if revision is not None and row.revision != revision:
            raise ValidationError(
                _("%(who)s has done something with this entry meanwhile. Look again, then go on."),
                code="stale",
                params={"who": row.changed_by},
            )
        _enter(row, act, by=by, at=at, note=note)
        yield row
        row.validate_constraints()
        row.save()


def _enter(row: LedgerEntry, act: Act, *, by: User, at: datetime.datetime | None, note: str = "") -> None:
    row.state, row.act, row.note = workflow.next_state(act, row.state), act, note
    row.revision += 1
    row.changed_by, row.changed_at = by, at or timezone.now()


def _words(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({field: _("Say it in a few words.")}, code="required")
    return text


def note_progress(entry: LedgerEntry, text: str, *, by: User, revision: int | None = None, at=None) -> None:
    """Say how far it has come; work that had not begun has begun now."""
    with _step(entry, Act.NOTE, by=by, revision=revision, at=at, note=_words(text, "text")):
        pass


def claim(entry: LedgerEntry, text: str, *, by: User, revision: int | None = None, at=None) -> None:
    """Report the work as done; somebody else checks it."""
    with _step(entry, Act.CLAIM, by=by, revision=revision, at=at, note=_words(text, "text")) as row:
        row.claimed_on = timezone.localdate(row.changed_at)


def close(entry: LedgerEntry, opinion: str, *, by: User, revision: int | None = None, at=None) -> None:
    """R-8.1: on evidence, with an opinion, by somebody who is not and never was in charge of it."""
    with _step(entry, Act.CLOSE, by=by, revision=revision, at=at) as row:
        row.check_opinion = _words(opinion, "text")
        row.checker, row.closed_on = by.member, timezone.localdate(row.changed_at)
        if not row.evidence.exists():
            raise ValidationError(
                _("There is no evidence yet: add what shows that it is done, then close."), code="no_evidence"
            )
        if by.member_id in _ever_in_charge(row):
            raise ValidationError(
                _("You were in charge of this entry before: somebody else closes it."), code="own"
            )


def _ever_in_charge(entry: LedgerEntry) -> set[int]:
    return {event.row["in_charge_id"] for event in entry.events.filter(subject="entry")}


def send_back(entry: LedgerEntry, reason: str, *, by: User, revision: int | None = None, at=None) -> None:
    """It is not done yet, and why."""
    with _step(entry, Act.RETURN, by=by, revision=revision, at=at, note=_words(reason, "text")) as row:
        row.claimed_on = None


def extend(
    entry: LedgerEntry,
    due_on: datetime.date,
    reason: str,
    *,
    by: User,
    revision: int | None = None,
    at=None,
) -> None:
    """More time, for a reason; whoever gives it has approved it. A long-term task gets a day again."""
    with _step(entry, Act.EXTEND, by=by, revision=revision, at=at, note=_words(reason, "text")) as row:
        if row.due_on and due_on <= row.due_on:
            raise ValidationError(
                {"due_on": _("Choose a day after the one by which it is due now.")}, code="not_later"
            )
        row.due_on, row.claimed_on = due_on, None


def keep_up_for_long(
    entry: LedgerEntry, reason: str, *, by: User, revision: int | None = None, at=None
) -> None:
    """It has no end: it stays active without a day, until an extension gives it one."""
    with _step(entry, Act.LONG_TERM, by=by, revision=revision, at=at, note=_words(reason, "text")) as row:
        row.due_on = row.claimed_on = None


def change_entry(form, *, by: User, at: datetime.datetime | None = None) -> LedgerEntry:
    """Save the changed entry (a bound EntryForm made inside ``locked_entry``)."""
    row = form.instance
    if "in_charge" in form.changed_data and by.member_id == form.initial["in_charge"]:
        raise ValidationError(
            {"in_charge": _("You are in charge of this entry: somebody else hands it on.")}, code="own"
        )
    _enter(row, Act.CHANGE, by=by, at=at)
    row.save()
    return row


def add_evidence(
    evidence: Evidence, document: Document | None, *, by: User, at: datetime.datetime | None = None
) -> Evidence:
    """Store words, a paper or both for the entry on ``evidence``. The same evidence sent twice is stored once."""
    if already := Evidence.objects.filter(pk=evidence.pk).first():
        return already
    with stored(document) as key, locked_entry(evidence.entry, by=by, act=Act.EVIDENCE):
        evidence.file, evidence.added_by, evidence.added_at = key, by, at or timezone.now()
        if document:
            evidence.name, evidence.size = document.original_name, document.size
            evidence.content_type = document.content_type
            evidence.sha256 = hashlib.sha256(document.content).hexdigest()
        if not (evidence.text.strip() or document):
            raise ValidationError({"text": _("Write what shows it, or choose a paper.")}, code="required")
        evidence.save(force_insert=True)
    return evidence
