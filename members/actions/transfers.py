"""Letters of introduction, from draft to answer (R-5.6): the affiliation changes when one is accepted, and not before."""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.locking import locked
from members.actions.timeline import put_event
from members.models import BranchRules, Member, TimelineEntry, Transfer, User

State = Transfer.State

# Which step leads from where to where.
STEPS = {
    "issue": ((State.DRAFTED,), State.ISSUED),
    "accept": ((State.ISSUED,), State.ACCEPTED),
    "reject": ((State.ISSUED,), State.REJECTED),
    "expire": ((State.ISSUED,), State.EXPIRED),
    "withdraw": ((State.DRAFTED, State.ISSUED), State.WITHDRAWN),
}


@transaction.atomic
def draft_letter(letter: Transfer, *, by: User) -> Transfer:
    """A new letter of the person on it. One at a time is under way."""
    _check_direction(letter, locked(letter.member))
    letter.changed_by = by
    letter.full_clean()
    with pghistory.context(user=by.pk):
        letter.save()
    return letter


@transaction.atomic
def change_letter(letter: Transfer, *, by: User) -> Transfer:
    """Save the corrected letter; what was handed out stands."""
    member, standing = locked(letter.member), locked(letter)
    if standing.state != State.DRAFTED:
        raise _wrong_state(standing)
    _check_direction(letter, member)
    letter.changed_by = by
    letter.full_clean()
    with pghistory.context(user=by.pk):
        letter.save()
    return letter


def _check_direction(letter: Transfer, member: Member) -> None:
    """Out goes who is here, in comes who is not, or is not a Party member yet."""
    if letter.direction == Transfer.Direction.OUT and member.left_on:
        raise ValidationError({"direction": member.why_not_here})
    if (
        letter.direction == Transfer.Direction.IN
        and not member.left_on
        and member.stage in Member.Stage.party_members()
    ):
        raise ValidationError({"direction": _("This person is of the branch already.")})


def _wrong_state(letter: Transfer) -> ValidationError:
    return ValidationError(
        _("This cannot be done now: the letter is in the state “%(state)s”."),
        code="state",
        params={"state": letter.get_state_display()},
    )


def issue_letter(letter: Transfer, *, on: datetime.date, by: User) -> Transfer:
    """Hand the letter out; it is good for the days of the branch's rules."""
    return _step(letter, "issue", on=on, by=by)


def accept_letter(letter: Transfer, *, on: datetime.date, by: User, note: str = "") -> Transfer:
    """The other side, or this branch, has taken the person in: the timeline says so from that day on."""
    return _step(letter, "accept", on=on, by=by, note=note)


def reject_letter(letter: Transfer, *, on: datetime.date, by: User, note: str) -> Transfer:
    """Sent back, with the reason; the affiliation stays."""
    return _step(letter, "reject", on=on, by=by, note=note)


def expire_letter(letter: Transfer, *, on: datetime.date, by: User, note: str = "") -> Transfer:
    """Its time ran out unanswered; the affiliation stays."""
    return _step(letter, "expire", on=on, by=by, note=note)


def withdraw_letter(letter: Transfer, *, on: datetime.date, by: User, note: str = "") -> Transfer:
    """Taken back by whoever wrote it; the affiliation stays."""
    return _step(letter, "withdraw", on=on, by=by, note=note)


@transaction.atomic
def _step(letter: Transfer, step: str, *, on: datetime.date, by: User, note: str = "") -> Transfer:
    # The person first, as everywhere: two steps at once wait in turn.
    locked(letter.member)
    letter = locked(letter)
    before, after = STEPS[step]
    if letter.state not in before:
        raise _wrong_state(letter)
    _check_day(letter, step, on, note)
    letter.state, letter.changed_by = after, by
    if step == "issue":
        letter.issued_on = on
        letter.good_until = on + datetime.timedelta(days=BranchRules.load().letter_days)
    else:
        letter.decided_on, letter.outcome_note = on, note
    with pghistory.context(user=by.pk):
        letter.save()
    if step == "accept":
        put_event(_event(letter), by=by)
    return letter


def _check_day(letter: Transfer, step: str, on: datetime.date, note: str) -> None:
    if letter.issued_on and on < letter.issued_on:
        raise ValidationError({"on": _("The letter was issued later than that.")})
    if step == "expire" and on <= letter.good_until:
        raise ValidationError({"on": _("The letter is still good on that day.")})
    if step == "reject" and not note.strip():
        raise ValidationError({"note": _("Give the reason.")})


def _event(letter: Transfer) -> TimelineEntry:
    kinds = {
        Transfer.Direction.OUT: TimelineEntry.Kind.MOVED_OUT,
        Transfer.Direction.IN: TimelineEntry.Kind.MOVED_IN,
    }
    return TimelineEntry(
        member=letter.member,
        kind=kinds[letter.direction],
        on=letter.decided_on,
        organization=letter.other_branch,
        note=letter.letter_number,
    )
