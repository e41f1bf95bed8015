"""The timeline: events entered, corrected with a reason, taken out with a reason. The database derives the rest."""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import timeline
from members.actions.accounts import close_account_of
from members.actions.locking import locked
from members.actions.reasons import check_correction, check_removal
from members.models import Member, Position, TimelineEntry, User

_HERE = {"moved_in", "restored", "lost_contact", "suspended"}


@transaction.atomic
def enter_event(entry: TimelineEntry, *, by: User) -> TimelineEntry:
    """Enter an event by hand: ``put_event``, and refused where only a letter of introduction decides."""
    member = locked(entry.member)
    _refuse_past_the_letter(member, before="", after=entry.kind)
    return put_event(entry, by=by)


@transaction.atomic
def put_event(entry: TimelineEntry, *, by: User) -> TimelineEntry:
    """Put the event into its person's timeline. Refused if the timeline then makes no sense. Whoever leaves the branch
    holds no post any more, from that day on, and the account is closed."""
    member = locked(entry.member)
    entry.changed_by = by
    entry.full_clean()
    _check(member, [*member.timeline.all(), entry])
    with pghistory.context(user=by.pk):
        if entry.is_departure:
            _end_posts(member, entry.on, by=by)
        entry.save()
    _close_account_of_who_left(member, by=by)
    return entry


@transaction.atomic
def correct_event(entry: TimelineEntry, *, by: User, reason: str) -> TimelineEntry:
    """Save the corrected entry; the history keeps the earlier text and the reason."""
    check_correction(reason)
    member = locked(entry.member)
    _refuse_past_the_letter(member, before=locked(entry).kind, after=entry.kind)
    entry.changed_by = by
    entry.full_clean()
    _check(member, [*member.timeline.exclude(pk=entry.pk), entry])
    with pghistory.context(user=by.pk, reason=reason):
        if entry.is_departure:
            _end_posts(member, entry.on, by=by)
        entry.save()
    _close_account_of_who_left(member, by=by)
    return entry


@transaction.atomic
def take_out_event(entry: TimelineEntry, *, by: User, reason: str) -> None:
    """Take out what never happened; the history keeps it, with the reason."""
    check_removal(reason)
    member = locked(entry.member)
    entry = locked(entry)
    _refuse_past_the_letter(member, before=entry.kind, after="")
    _check(member, list(member.timeline.exclude(pk=entry.pk)))
    with pghistory.context(user=by.pk, reason=reason):
        entry.delete()
    _close_account_of_who_left(member, by=by)


def _refuse_past_the_letter(member: Member, *, before: str, after: str) -> None:
    """Being expected begins with the record and ends by the letter's acceptance; no other event makes or unmakes it."""
    expected = TimelineEntry.Kind.EXPECTED
    if (before == expected) != (after == expected):
        raise ValidationError(
            {"kind": _("That a person is expected is entered with a new record, and stays in its timeline.")}
        )
    if member.is_expected and after in _HERE:
        raise ValidationError(
            {"kind": _("This person becomes of the branch when the letter of introduction is accepted.")}
        )


def _check(member: Member, entries: list[TimelineEntry]) -> None:
    if problem := timeline.first_problem(entries, born=member.birth_date):
        raise ValidationError({problem.field: problem.message}, code="order")


def _close_account_of_who_left(member: Member, *, by: User) -> None:
    """What the timeline now says decides, whichever entry changed it."""
    member.refresh_from_db()
    if member.left_on:
        close_account_of(member, by=by)


def _end_posts(member: Member, day: datetime.date, *, by: User) -> None:
    """End what is held after the day on that day; a post that begins later would be nonsense: refuse."""
    if member.positions.filter(started_on__gt=day).exists():
        raise ValidationError({"on": _("This person has a post that begins after that day.")})
    still_held = models.Q(ended_on=None) | models.Q(ended_on__gt=day)
    Position.objects.filter(still_held, member=member).update(
        ended_on=day, changed_by=by, changed_at=timezone.now()
    )
