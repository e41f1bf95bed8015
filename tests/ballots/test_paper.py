"""Issuing paper: instead of voting online, never beside it, and never taken back."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.ballots import actions, link_keys
from appraisals.ballots.actions.casting import Refused, place_of
from appraisals.ballots.models import Step, Voter
from members.permissions import Role
from tests.ballots import factories
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage():
    return factories.opened(voters=4, questions=1, smallest_count=2)


def row_of(stage, user) -> Voter:
    return stage.ballot.voters.get(member=user.member)


def test_the_roll_says_who_holds_paper_the_history_when_some_was_issued_and_there_is_no_credential(stage):
    """S-2: a flag without a time."""
    voter = stage.voters[0]
    actions.issue_paper(stage.ballot, row_of(stage, voter), by=stage.secretary)
    assert row_of(stage, voter).way == Voter.Way.PAPER
    step = stage.ballot.steps.get(kind=Step.Kind.PAPER_ISSUED)
    assert (step.by, step.about, step.note) == (stage.secretary, None, "")
    with pytest.raises(Refused, match="paper"):
        place_of(stage.ballot, voter.member, now=timezone.now())


def test_paper_is_not_issued_twice(stage):
    row = row_of(stage, stage.voters[0])
    actions.issue_paper(stage.ballot, row, by=stage.secretary)
    with pytest.raises(ValidationError, match="has a paper ballot already"):
        actions.issue_paper(stage.ballot, row, by=stage.secretary)
    assert stage.ballot.steps.filter(kind=Step.Kind.PAPER_ISSUED).count() == 1


def test_whoever_voted_online_gets_no_paper(stage):
    factories.vote(stage, stage.voters[0], [0])
    with pytest.raises(ValidationError, match="has voted online"):
        actions.issue_paper(stage.ballot, row_of(stage, stage.voters[0]), by=stage.secretary)
    assert row_of(stage, stage.voters[0]).way == Voter.Way.ONLINE


def test_paper_is_issued_up_to_the_second_of_closing():
    closes_at = timezone.now() + datetime.timedelta(hours=1)
    stage = factories.opened(voters=4, questions=1, smallest_count=2, closes_at=closes_at)
    first, second = (row_of(stage, voter) for voter in stage.voters[:2])
    before = closes_at - datetime.timedelta(microseconds=1)
    actions.issue_paper(stage.ballot, first, by=stage.secretary, clock=lambda: before)
    with pytest.raises(ValidationError, match="Voting is closed"):
        actions.issue_paper(stage.ballot, second, by=stage.secretary, clock=lambda: closes_at)
    assert list(stage.ballot.voters.on_paper()) == [first]


@pytest.mark.parametrize("way", ["gone", "of another ballot", "cut short"])
def test_without_the_right_link_nobody_can_know_who_voted_and_no_paper_is_issued(stage, way, settings):
    factories.vote(stage, stage.voters[0], [0])
    path = settings.BALLOT_KEYS / f"{stage.ballot.uuid}.link"
    if way == "gone":
        path.unlink()
    else:
        path.write_bytes(b"x" * (32 if way == "of another ballot" else 31))
    with pytest.raises(ValidationError, match="declare it void"):
        actions.issue_paper(stage.ballot, row_of(stage, stage.voters[0]), by=stage.secretary)
    with pytest.raises(Refused, match="link_lost"):
        place_of(stage.ballot, stage.voters[1].member, now=timezone.now())
    factories.close(stage)
    assert set(stage.ballot.voters.values_list("returned", flat=True)) == {None}
    assert stage.ballot.online_returned == 1


def test_paper_is_issued_only_while_voting_is_open():
    stage = factories.set_up(voters=3, questions=1)
    with pytest.raises(ValidationError):
        actions.issue_paper(stage.ballot, row_of(stage, stage.voters[0]), by=stage.secretary)
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    factories.close(stage)
    with pytest.raises(ValidationError):
        actions.issue_paper(stage.ballot, row_of(stage, stage.voters[0]), by=stage.secretary)
    assert not stage.ballot.voters.on_paper().exists()


def test_the_committee_issues_paper_and_nobody_else(stage):
    row = row_of(stage, stage.voters[0])
    for user in (make_user(Role.ADMINISTRATOR), stage.voters[0], stage.scrutineers[1]):
        with pytest.raises(PermissionDenied):
            actions.issue_paper(stage.ballot, row, by=user)
    actions.issue_paper(stage.ballot, row, by=make_user(Role.COMMITTEE))
    assert list(stage.ballot.voters.on_paper()) == [row]


def test_somebody_on_another_roll_gets_no_paper_of_this_ballot(stage):
    other = factories.opened(voters=3, questions=1, smallest_count=2)
    with pytest.raises(Voter.DoesNotExist):
        actions.issue_paper(stage.ballot, row_of(other, other.voters[0]), by=stage.secretary)
    assert not Voter.objects.on_paper().exists()


def test_a_link_that_is_lost_is_told_from_one_that_was_destroyed(stage):
    link_keys.destroy(stage.ballot.uuid)
    with pytest.raises(Refused, match="link_lost"):
        place_of(stage.ballot, stage.voters[1].member, now=timezone.now())
    factories.close(stage)
    with pytest.raises(Refused, match="closed"):
        place_of(stage.ballot, stage.voters[1].member, now=timezone.now())


def test_every_refusal_is_noted_without_name_and_reason_since_it_tells_who_has_voted(stage):
    factories.vote(stage, stage.voters[0], [0])
    actions.issue_paper(stage.ballot, row_of(stage, stage.voters[1]), by=stage.secretary)
    for voter in stage.voters[:2]:
        with pytest.raises(ValidationError):
            actions.issue_paper(stage.ballot, row_of(stage, voter), by=stage.secretary)
    steps = stage.ballot.steps.filter(kind=Step.Kind.PAPER_REFUSED)
    assert [(each.by, each.about, each.note) for each in steps] == [(stage.secretary, None, "")] * 2
    factories.close(stage)
    with pytest.raises(ValidationError, match="cannot be done now"):
        actions.issue_paper(stage.ballot, row_of(stage, stage.voters[2]), by=stage.secretary)
    assert steps.count() == 2
