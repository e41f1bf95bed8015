"""The signatures under minutes: first the recorder's, who declares them ready, then the chair's, which locks them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings import actions, covered, signatures, workflow
from meetings.models import Attendance, Meeting, Signature
from meetings.wording import listed
from meetings.workflow import Act
from members.models import Member, User

Capacity = Signature.Capacity
CAPACITY_OF = {Act.SIGN_AS_RECORDER: Capacity.RECORDER, Act.SIGN_OFF: Capacity.CHAIR}


@dataclass(frozen=True)
class Asked:
    """The signature that one person can give now."""

    act: Act
    person: Member  # whose signature the minutes ask for
    is_in_place: bool  # the reader would sign in that person's place
    is_for_both: bool  # the same person chaired and recorded: both in one step

    @property
    def is_of_the_recorder(self) -> bool:
        return self.act == Act.SIGN_AS_RECORDER


def asked(user: User, meeting: Meeting, acts: frozenset[Act] | None = None) -> Asked | None:
    """``acts``: what the user may do with the meeting now, if that is known."""
    acts = workflow.possible_acts(user, meeting) if acts is None else acts
    act = next((act for act in CAPACITY_OF if act in acts), None)
    if act is None:
        return None
    person = signatures.person_of(meeting, CAPACITY_OF[act])
    is_for_both = act == Act.SIGN_AS_RECORDER and meeting.chair_id == meeting.recorder_id
    return Asked(act, person, user.member_id != person.pk, is_for_both)


def missing_for_sign_off(meeting: Meeting) -> list[str]:
    """What the minutes still lack, in whole sentences; empty if they can be signed."""
    lacks = []
    rows = meeting.attendances.select_related("member")
    unmarked = [str(row.member) for row in rows if row.status == Attendance.Status.UNMARKED]
    without_reason = [
        str(row.member) for row in rows if row.status == Attendance.Status.LEAVE and not row.leave_reason
    ]
    if unmarked:
        lacks.append(_("Attendance is not marked for: %(names)s.") % {"names": listed(unmarked)})
    if without_reason:
        lacks.append(
            _("The reason of the leave is missing for: %(names)s.") % {"names": listed(without_reason)}
        )
    if not meeting.agenda_items.exists():
        lacks.append(_("The agenda is empty."))
    return lacks


def sign_as_recorder(meeting: Meeting, *, by: User, revision: int, reason: str = "") -> Meeting:
    """Declare the minutes, as read at ``revision``, ready and sign them; they go to the chair. Where one person recorded and
    chaired, this signs for both and locks them."""
    with actions.locked(meeting, by=by, act=Act.SIGN_AS_RECORDER) as row:
        digest = _as_read(row, revision)
        signatures.sign(row, Capacity.RECORDER, by=by, digest=digest, reason=reason)
        if row.chair_id == row.recorder_id:
            _lock(row, by=by, digest=digest, reason=reason)
    return row


def sign_off(meeting: Meeting, *, by: User, revision: int, reason: str = "") -> Meeting:
    """Sign as chair what the recorder signed, as read at ``revision``; from then on it changes only by a correction."""
    with actions.locked(meeting, by=by, act=Act.SIGN_OFF) as row:
        digest = _as_read(row, revision)
        recorders = row.signatures.standing().get(capacity=Capacity.RECORDER)
        if recorders.digest != digest:
            raise ValidationError(
                _(
                    "This is not the text that the recorder signed. Save the record once more, then the recorder signs again."
                ),
                code="stale",
            )
        _lock(row, by=by, digest=digest, reason=reason)
    return row


def _as_read(meeting: Meeting, revision: int) -> str:
    """The digest of the locked minutes; ValidationError if they are not what was read, or not complete."""
    if meeting.revision != revision:
        raise ValidationError(
            _("%(who)s changed the minutes while you were reading. Read them again, then sign.")
            % {"who": meeting.changed_by},
            code="stale",
        )
    if lacks := missing_for_sign_off(meeting):
        raise ValidationError(lacks)
    return covered.digest(meeting)


def _lock(meeting: Meeting, *, by: User, digest: str, reason: str) -> None:
    signature = signatures.sign(meeting, Capacity.CHAIR, by=by, digest=digest, reason=reason)
    meeting.signed_off_by, meeting.signed_off_at = by, signature.signed_at
    actions.enter(meeting, Act.SIGN_OFF, by=by)
    meeting.save()
