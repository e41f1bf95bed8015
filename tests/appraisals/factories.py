"""Rounds for tests, led through the portal's own actions."""

from __future__ import annotations

from django.utils import timezone

from appraisals import actions
from appraisals.ballots import actions as ballot_actions
from appraisals.grades import FOUR
from appraisals.models import Assessment, Round
from appraisals.workflow import Act
from meetings.models import Meeting
from members.models import Member, User
from tests.ballots import factories as ballots
from tests.factories import make_meeting

_ORDER = list(Round.State)


def make_round(*, by: User, members: list[Member], state: str = "plan", year: int = 2025, **rules) -> Round:
    """A round led to the state; for "ballot" without a ballot, from "assessed" on with one that was counted."""
    round = Round(**{"year": year, "grades": FOUR, "smallest_count": 2, **rules})
    round = actions.plan_round(round, by=by, participants=members)
    target = _ORDER.index(Round.State(state))
    if target >= 1:
        round = actions.approve_plan(round, by=by, meeting=held_meeting(by))
    if target >= 2:
        round = actions.lead_on(round, by=by, act=Act.BEGIN_MUTUAL_REVIEW)
    if target >= 3:
        round = actions.lead_on(round, by=by, act=Act.BEGIN_BALLOT)
    if target >= 4:
        vote(round, by=by)
        for participant in round.participants.graded():
            assess(participant, by=by)
        round = actions.approve_assessments(round, by=by, meeting=held_meeting(by), cap_reason="理由")
    if target >= 5:
        round = actions.finish_feedback(round, by=by, on=timezone.localdate())
    if target >= 6:
        actions.report_above(round, by=by, on=timezone.localdate(), to="上级党委")
        round = actions.archive(round, by=by)
    return round


def held_meeting(by: User) -> Meeting:
    return make_meeting(by=by, kinds=["committee_meeting"], state=Meeting.State.DRAFT_MINUTES)


def assess(
    participant, *, by: User, grade: str = "qualified", opinion: str = "工作认真", reason: str = ""
) -> Assessment:
    assessment = Assessment(participant=participant, grade=grade, opinion=opinion, reason=reason)
    return actions.propose(assessment, by=by)


def vote(round: Round, *, by: User, mark: int = 1) -> ballots.Stage:
    """Everybody who has an account marks every row alike; the first two watch."""
    users = [
        each.member.user
        for each in round.participants.select_related("member__user")
        if has_account(each.member)
    ]
    watchers = users[:2]
    ballot = actions.set_up_ballot(
        round, by=by, scrutineers=[each.member for each in watchers], voters=[each.member for each in users]
    )
    stage = ballots.Stage(ballot, by, users, watchers)
    ballots.hand_in_keys(stage)
    ballot_actions.open_voting(ballot, by=by)
    stage.refresh()
    rows = ballot.questions.count()
    for user in users:
        ballots.vote(stage, user, [mark] * rows)
    ballots.close(stage)
    ballots.decrypt(stage)
    round.refresh_from_db()
    return stage


def has_account(member: Member) -> bool:
    return User.objects.filter(member=member).exists()
