"""Whoever signs minutes signs the decisions in them: what changes on their record takes the signature out of force."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from meetings import actions as meeting_actions
from meetings import covered, signing
from meetings.decisions import actions
from meetings.decisions.models import Decision, Dissent, Exclusion, Recusal, WrittenOpinion
from meetings.models import Meeting, Stage
from tests.decisions.factories import discussed, make_hall, propose, voted
from tests.factories import make_member, sign_as_recorder

pytestmark = pytest.mark.django_db


def ready(hall) -> Meeting:
    """The recorder of the hall's meeting has signed; somebody else chairs it."""
    Meeting.objects.filter(pk=hall.meeting.pk).update(chair=make_member())
    meeting = meeting_actions.finish_meeting(hall.meeting, by=hall.secretary)
    return sign_as_recorder(meeting, by=hall.secretary)


def stage(meeting: Meeting) -> Stage:
    return Meeting.objects.get(pk=meeting.pk).stage


@pytest.mark.parametrize(
    "change",
    [
        lambda hall, matter: propose(hall),
        lambda hall, matter: Decision.objects.filter(pk=matter.pk).update(text="改了的决议。"),
        lambda hall, matter: actions.defer(matter, by=hall.secretary, reason="资料不全"),
        lambda hall, matter: Dissent.objects.create(decision=matter, member=hall.people[1], text="保留意见"),
        lambda hall, matter: Recusal.objects.create(decision=matter, member=hall.people[1], reason="亲属"),
        lambda hall, matter: WrittenOpinion.objects.create(
            decision=matter, member=hall.absent[0], handed_in_on=datetime.date(2025, 3, 20)
        ),
        lambda hall, matter: Exclusion.objects.create(
            attendance=hall.meeting.attendances.get(member=hall.absent[0]), reason="moved"
        ),
    ],
    ids=["new", "text", "deferred", "dissent", "recusal", "opinion", "exclusion"],
)
def test_a_change_on_the_record_of_decisions_voids_the_signature_and_changes_the_digest(change):
    hall = make_hall(due=3, present=2)
    matter = discussed(hall)
    meeting = ready(hall)
    before = covered.digest(meeting)
    change(hall, matter)
    assert stage(meeting) == Stage.DRAFT_MINUTES
    assert covered.digest(meeting) != before


def test_what_becomes_of_a_decision_afterwards_voids_nothing():
    hall = make_hall(due=2)
    matter = voted(hall, yes=2)
    meeting = ready(hall)
    before = covered.digest(meeting)
    row = in_execution_of(matter, hall)
    actions.note(row, by=hall.secretary, on=timezone.localdate(), text="进行中。")
    assert stage(meeting) == Stage.FOR_SIGNATURE
    assert covered.digest(meeting) == before
    fresh = Meeting.objects.get(pk=meeting.pk)
    signing.sign_off(fresh, by=hall.secretary, revision=fresh.revision, reason="主持人出差")
    assert stage(meeting) == Stage.SIGNED_OFF


def in_execution_of(matter: Decision, hall) -> Decision:
    Decision.objects.filter(pk=matter.pk).update(owner=hall.people[1], deadline=datetime.date(2026, 1, 1))
    return actions.start(matter, by=hall.secretary)
