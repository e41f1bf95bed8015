"""The signatures under the sample's minutes, each at its own time."""

from __future__ import annotations

import datetime

from branch_portal.richtext.sanitise import sanitise
from branch_portal.sample.load_people import Cast
from branch_portal.sample.people import SECRETARY
from branch_portal.sample.shapes import Gathering
from meetings import actions, covered
from meetings.models import Meeting, Signature
from meetings.workflow import Act

Capacity = Signature.Capacity


def sign_as_recorder(meeting: Meeting, told: Gathering, cast: Cast, at: datetime.datetime) -> None:
    """By the recorder, or by whoever chaired where the sample says why."""
    signer = told.chair if told.recorder_away else told.recorder
    _sign(
        meeting, Capacity.RECORDER, cast.members[told.recorder], cast.accounts[signer], at, told.recorder_away
    )


def sign_as_chair(meeting: Meeting, told: Gathering, cast: Cast, at: datetime.datetime) -> None:
    _sign(meeting, Capacity.CHAIR, cast.members[told.chair], cast.accounts[told.chair], at)


def _sign(meeting: Meeting, capacity: str, person, by, at: datetime.datetime, why: str = "") -> None:
    Signature.objects.create(
        meeting=meeting,
        capacity=capacity,
        signed_by=by,
        signed_for=person,
        in_place_because=why,
        signed_at=at,
        revision=meeting.revision,
        digest=covered.digest(meeting),
    )


def change_after_signing(meeting: Meeting, cast: Cast) -> None:
    """Something was forgotten: the recorder has to sign again. Made as people make it."""
    secretary = cast.accounts[SECRETARY]
    with actions.locked(meeting, by=secretary, act=Act.RECORD) as row:
        item = row.agenda_items.last()
        item.notes = sanitise("大家投票选出两个优秀微党课，下月在公众号刊登。")
        item.revision, item.changed_by = actions.touch(row, by=secretary), secretary
        item.save()
        row.save()
