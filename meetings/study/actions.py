"""What is done with the study parts of a meeting, and with the rules on how they count. A part belongs to the record: every
verb locks the meeting's row and gives the meeting its next revision, so that nobody signs what was not read."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions as meeting_actions
from meetings.models import Meeting
from meetings.study.credit import most_hours
from meetings.study.models import StudyPart, StudyRules
from meetings.workflow import Act
from members.models import User


@contextlib.contextmanager
def writing(meeting: Meeting, *, by: User, reason: str | None = None) -> Iterator[Meeting]:
    """The meeting, locked while its study parts are written: as part of the record while that is open, with a ``reason`` as a
    correction of signed minutes. ValidationError in words if it is neither."""
    if reason is None:
        opened = meeting_actions.locked(meeting, by=by, act=Act.RECORD)
    else:
        opened = meeting_actions.correcting(meeting, by=by, reason=reason)
    with opened as row:
        meeting_actions.touch(row, by=by)
        yield row
        row.save(update_fields=["revision", "changed_by", "changed_at"])


@contextlib.contextmanager
def changing(part: StudyPart, *, by: User, reason: str | None = None) -> Iterator[StudyPart]:
    """The part as it stands now, under the lock of its meeting. ValidationError if somebody took it out meanwhile."""
    with writing(part.meeting, by=by, reason=reason) as meeting:
        row = StudyPart.objects.select_related("changed_by__member").filter(pk=part.pk).first()
        if row is None:
            raise ValidationError(_("Somebody took this topic out meanwhile."), code="gone")
        row.meeting = meeting
        yield row


def add(part: StudyPart, *, by: User, reason: str | None = None) -> StudyPart:
    """Enter a new part of ``part.meeting``. One whose id is known was sent twice: the one it already made is returned."""
    try:
        with writing(part.meeting, by=by, reason=reason) as meeting:
            part.meeting = meeting
            last = StudyPart.objects.of_meeting(meeting).aggregate(last=Max("position"))["last"]
            part.position = (last or 0) + 1
            _store(part, by=by, force_insert=True)
    except IntegrityError:
        if already := StudyPart.objects.filter(pk=part.pk, meeting=part.meeting_id).first():
            return already
        raise
    return part


def change(part: StudyPart, *, by: User) -> StudyPart:
    """Save the changed part (made inside ``changing``)."""
    _store(part, by=by)
    return part


def remove(part: StudyPart, *, by: User, reason: str | None = None) -> None:
    """Take it out; the history keeps it. What is gone already stays gone."""
    with writing(part.meeting, by=by, reason=reason):
        if row := StudyPart.objects.filter(pk=part.pk).first():
            row.delete()


def _store(part: StudyPart, *, by: User, force_insert: bool = False) -> None:
    meeting = part.meeting
    others = StudyPart.objects.of_meeting(meeting).exclude(pk=part.pk).hours_in_all()
    most = most_hours(meeting.starts_at, meeting.ends_at)
    if others + part.hours > most:
        refusal = ValidationError(
            _(
                "A full day is 8 hours: all topics of this meeting have %(most)d hours at most, %(left)s are left."
            ),
            code="too_many",
            params={"most": most, "left": floatformat(max(most - others, 0))},
        )
        raise ValidationError({"hours": refusal})
    part.revision, part.changed_by = meeting.revision, by
    part.save(force_insert=force_insert)


@transaction.atomic
def add_rules(rules: StudyRules, *, valid_from: datetime.date, by: User) -> StudyRules:
    """They hold from the beginning of that day, here, until the next ones; hours of meetings from then on follow them."""
    rules.begins_at = timezone.make_aware(datetime.datetime.combine(valid_from, datetime.time()))
    if StudyRules.objects.filter(begins_at=rules.begins_at).exists():
        raise ValidationError(
            {"valid_from": ValidationError(_("There is already a rule from this day on."), code="unique")}
        )
    rules.changed_by = by
    rules.full_clean()
    with pghistory.context(user=by.pk):
        rules.save()
    return rules


@transaction.atomic
def remove_rules(rules: StudyRules, *, by: User, reason: str) -> None:
    """The next older ones hold again; the history keeps these, with the reason."""
    with pghistory.context(user=by.pk, reason=reason):
        rules.delete()
