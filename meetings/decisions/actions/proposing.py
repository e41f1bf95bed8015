"""A matter comes up, is reviewed, is put on a meeting and discussed there; taken up again, or replaced by a new one."""

from __future__ import annotations

import datetime
import uuid

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.decisions.actions.locking import locked, on_record
from meetings.decisions.models import Decision
from meetings.decisions.standard_rules import matters_of
from meetings.decisions.workflow import Act
from meetings.models import Meeting
from members.models import User
from members.permissions import Capability


def propose(decision: Decision, *, by: User) -> Decision:
    """Enter a new matter, on the record of its meeting if it names one. A matter whose ``key`` is known was sent twice: the
    one that it already made is returned."""
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            if decision.meeting_id is None:
                if not by.may(Capability.KEEP_DECISIONS):
                    raise PermissionDenied
                return _enter(decision, by=by)
            with on_record(decision.meeting, by=by) as meeting:
                check_matter(decision.matter, meeting)
                return _enter(decision, by=by)
    except IntegrityError:
        if already := Decision.objects.filter(key=decision.key).first():
            return already
        raise


def _enter(decision: Decision, *, by: User) -> Decision:
    decision.state = Decision.State.PROPOSED
    decision.changed_by = by
    decision.save()
    return decision


def check_matter(matter: str, meeting: Meeting) -> None:
    """ValidationError if a meeting of these kinds decides nothing of the kind."""
    if matter not in matters_of(meeting.kinds):
        raise ValidationError(
            {
                "matter": ValidationError(
                    _("A meeting of this kind does not decide such a matter."), code="matter"
                )
            }
        )


def change(decision: Decision, *, by: User) -> Decision:
    """Save the changed matter (made inside ``locked``)."""
    if decision.meeting is not None:
        check_matter(decision.matter, decision.meeting)
    decision.changed_by = by
    decision.save()
    return decision


def remove(decision: Decision, *, by: User, reason: str) -> None:
    """Take out a proposal that was not discussed; the history keeps it, with the reason."""
    with locked(decision, by=by, act=Act.REMOVE) as row, pghistory.context(reason=reason):
        row.delete()


def review(decision: Decision, *, by: User, on: datetime.date, note: str) -> Decision:
    """R-3.10: the committee, or whoever reviews it, has looked at it."""
    with locked(decision, by=by, act=Act.REVIEW) as row:
        row.reviewed_on, row.review_note, row.state = on, note, Decision.State.REVIEWED
        row.save()
    return row


def discuss(decision: Decision, *, by: User, discussion: str, meeting: Meeting | None = None) -> Decision:
    """R-3.11: the discussion comes before the vote. ``meeting``: where it is discussed, if the matter is on none yet."""
    with transaction.atomic():
        if meeting is not None:
            _put_on(decision, meeting, by=by)
        with locked(decision, by=by, act=Act.DISCUSS) as row:
            _check_it_is_held(row.meeting)
            row.discussion, row.state = discussion.strip(), Decision.State.DISCUSSED
            if not row.discussion:
                raise ValidationError(
                    {"discussion": ValidationError(_("Write down what was said."), code="required")}
                )
            row.save()
    return row


def _put_on(decision: Decision, meeting: Meeting, *, by: User) -> None:
    with on_record(meeting, by=by) as held, locked(decision, by=by, act=Act.CHANGE) as row:
        if row.meeting_id not in {None, held.pk}:
            raise ValidationError(
                {"meeting": ValidationError(_("The matter is on another meeting already."))}
            )
        check_matter(row.matter, held)
        row.meeting = held
        row.save()


def _check_it_is_held(meeting: Meeting | None) -> None:
    if meeting is None:
        raise ValidationError({"meeting": ValidationError(_("Choose the meeting."), code="required")})
    if meeting.state not in {Meeting.State.IN_SESSION, Meeting.State.DRAFT_MINUTES}:
        raise ValidationError(
            _("The meeting is not open yet: open it first, then record what it discusses."), code="not_held"
        )


_COPIED = ("matter", "about", "title", "text", "proposer", "category", "amount", "research", "risk_check")


def take_up(
    decision: Decision, *, by: User, meeting: Meeting | None = None, key: uuid.UUID | None = None
) -> Decision:
    """A deferred matter, or one that its meeting left open, comes up again as a new one; the old one stays as it is."""
    values = {name: getattr(decision, name) for name in _COPIED}
    new = Decision(meeting=meeting, **values, **({"key": key} if key else {}))
    return _follow(decision, new, Act.TAKE_UP, by=by)


def supersede(decision: Decision, new: Decision, *, by: User) -> Decision:
    """A decided matter changes only by a new decision: ``new`` is proposed, and says which one it is to replace."""
    return _follow(decision, new, Act.SUPERSEDE, by=by)


_LINKS = {Act.TAKE_UP: "taken_up_from", Act.SUPERSEDE: "supersedes"}


def _follow(decision: Decision, new: Decision, act: Act, *, by: User) -> Decision:
    """A second click of the same page finds what the first one made."""
    try:
        with locked(decision, by=by, act=act) as row:
            setattr(new, _LINKS[act], row)
            return propose(new, by=by)
    except ValidationError:
        if already := Decision.objects.filter(key=new.key).first():
            return already
        raise
