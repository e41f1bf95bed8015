"""Opinions in writing, withdrawals and differing views of one matter."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.decisions.actions.locking import locked
from meetings.decisions.models import Dissent, Recusal, WrittenOpinion
from meetings.decisions.workflow import Act
from members.models import User

Voice = WrittenOpinion | Recusal | Dissent


def _act(voice: Voice) -> Act:
    """Before the vote; a differing view until the minutes are signed."""
    return Act.DISSENT if isinstance(voice, Dissent) else Act.CHANGE


def add_voice(voice: Voice, *, by: User) -> Voice:
    """Enter it; the same one sent twice is one."""
    with locked(voice.decision, by=by, act=_act(voice)) as decision:
        if already := type(voice).objects.filter(pk=voice.pk, decision=decision).first():
            return already
        if isinstance(voice, WrittenOpinion):
            _check_it_can_count(voice, decision)
        voice.changed_by = by
        voice.full_clean()
        voice.save(force_insert=True)
    return voice


def _check_it_can_count(opinion: WrittenOpinion, decision) -> None:
    """By whom an opinion is no use: somebody without the right to vote, or one who withdraws."""
    if decision.recusals.filter(member=opinion.member_id).exists():
        raise ValidationError({"member": ValidationError(_("This person withdraws from the matter."))})
    meeting = decision.meeting
    rows = meeting.attendances.filter(member=opinion.member_id, has_vote=True) if meeting else None
    if rows is not None and not rows.exists():
        raise ValidationError({"member": ValidationError(_("This person has no vote in this meeting."))})


def remove_voice(voice: Voice, *, by: User, reason: str) -> None:
    """Take out what was entered by mistake; the history keeps it, with the reason."""
    with locked(voice.decision, by=by, act=_act(voice)), pghistory.context(reason=reason):
        voice.delete()
