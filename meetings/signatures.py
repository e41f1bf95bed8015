"""Putting a signature under the minutes of a locked meeting. Who may is asked before (``meetings.signing``)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import covered
from meetings.models import Correction, Meeting, Signature
from members.models import Member, User

Capacity = Signature.Capacity


def sign(meeting: Meeting, capacity: Capacity, *, by: User, digest: str, reason: str = "") -> Signature:
    """The signature of the recorder or the chair under the text that the digest names. ``reason``: why somebody else signs
    in that person's place; then it is required, otherwise not kept."""
    asked = person_of(meeting, capacity)
    is_own = by.member_id == asked.pk
    if not is_own and not reason.strip():
        raise ValidationError(
            {
                "reason": ValidationError(
                    _("Say why you sign in place of %(name)s."), code="required", params={"name": asked}
                )
            }
        )
    return Signature.objects.create(
        meeting=meeting,
        capacity=capacity,
        signed_by=by,
        signed_for=asked,
        in_place_because="" if is_own else reason.strip(),
        signed_at=timezone.now(),
        revision=meeting.revision,
        digest=digest,
    )


def sign_correction(correction: Correction, meeting: Meeting) -> Signature:
    """Whoever corrects signed minutes signs the text that comes of it; the first signatures stay, under the first text."""
    return Signature.objects.create(
        meeting=meeting,
        capacity=Capacity.CORRECTION,
        signed_by=correction.made_by,
        signed_at=correction.made_at,
        revision=meeting.revision,
        digest=covered.digest(meeting),
        correction=correction,
    )


def person_of(meeting: Meeting, capacity: Capacity) -> Member:
    """Whose signature it is."""
    return meeting.chair if capacity == Capacity.CHAIR else meeting.recorder
