"""Ballots for tests, made through the portal's own actions; the scrutineers' keys are at hand, as in no portal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import pgtrigger
from django.utils import timezone

from appraisals.ballots import actions
from appraisals.ballots.actions.casting import place_of
from appraisals.ballots.actions.setting_up import NewQuestion
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.canonical import serialise
from appraisals.ballots.protocol.credentials import derive_credential
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.encryption import encrypt_ballot
from appraisals.ballots.protocol.trustees import TrusteeKey, generate_trustee_key, prove_trustee
from appraisals.ballots.texts import election_of, encrypted_tally_of
from members.models import Member, Position, User
from members.permissions import Role
from tests.factories import make_member, make_user

GRADES = ["优秀", "合格", "基本合格", "不合格"]
GRADES_EN = ["excellent", "qualified", "basically qualified", "unqualified"]


@dataclass
class Stage:
    """A ballot with everybody around it. ``keys``: the scrutineers' private halves, by member's id."""

    ballot: SecretBallot
    secretary: User
    voters: list[User]
    scrutineers: list[User]
    keys: dict[int, TrusteeKey] = field(default_factory=dict)

    def refresh(self) -> SecretBallot:
        self.ballot = SecretBallot.objects.get(pk=self.ballot.pk)
        return self.ballot


def set_up(
    *,
    voters: int = 6,
    questions: int | None = None,
    scrutineers: int = 2,
    also_voting: Sequence[User] = (),
    also_watching: Sequence[User] = (),
    **rules,
) -> Stage:
    """Members who rate one another; the first of them watch. ``questions``: rows, one a voter by default."""
    secretary = _secretary()
    people = [make_user(member=make_member()) for _number in range(voters)]
    rated: list[Member] = [each.member for each in people][: voters if questions is None else questions]
    watchers = [*people[:scrutineers], *also_watching]
    people += also_voting
    ballot = actions.set_up(
        by=secretary,
        title="民主测评",
        title_en="Appraisal ballot",
        questions=[NewQuestion(each.name, GRADES, "", GRADES_EN, each) for each in rated],
        voters=[each.member for each in people],
        scrutineers=[each.member for each in watchers],
        **rules,
    )
    return Stage(ballot, secretary, people, watchers)


def _secretary() -> User:
    """One person at a time holds the post, however many ballots a test sets up."""
    held = Position.objects.filter(post=Position.Post.SECRETARY, member__user__isnull=False).first()
    return held.member.user if held else make_user(Role.SECRETARY)


def hand_in_keys(stage: Stage) -> None:
    for scrutineer in stage.scrutineers:
        key = generate_trustee_key(secrets.token_bytes)
        stage.keys[scrutineer.member_id] = key
        data = serialise(prove_trustee(key, None, secrets.token_bytes).to_json())
        actions.hand_in_key(stage.ballot, by=scrutineer, data=data)


def opened(**options) -> Stage:
    stage = set_up(**options)
    hand_in_keys(stage)
    actions.open_voting(stage.ballot, by=stage.secretary)
    stage.refresh()
    return stage


def let_the_time_come(ballot: SecretBallot) -> None:
    """The set time of an open ballot is now: only a test can move it, past the trigger that freezes it."""
    with pgtrigger.ignore("ballots.SecretBallot:is_frozen_once_opened"):
        SecretBallot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())


def seal(stage: Stage, voter: User, marks: list[int | None]) -> bytes:
    """The ballot as the voter's browser makes it. ``marks``: for each question the place of the answer, or None."""
    election = election_of(stage.ballot)
    place = place_of(stage.ballot, voter.member, now=timezone.now())
    choices = [
        [int(index == mark) for index in range(len(question.answers))]
        for mark, question in zip(marks, election.questions, strict=True)
    ]
    credential = derive_credential(stage.ballot.uuid, place.credential)
    return encrypt_ballot(election, credential, choices, secrets.token_bytes).data


def vote(stage: Stage, voter: User, marks: list[int | None], *, replaces: str | None = None) -> str:
    """The tracker."""
    data = seal(stage, voter, marks)
    return actions.cast(stage.ballot, voter.member, data=data, replaces=replaces).receipt.tracker


def close(stage: Stage) -> SecretBallot:
    actions.close(stage.ballot, by=stage.secretary)
    return stage.refresh()


def share_of(stage: Stage, scrutineer: User) -> bytes:
    election, tally = election_of(stage.ballot), encrypted_tally_of(stage.ballot)
    return decrypt_partially(election, tally, stage.keys[scrutineer.member_id], secrets.token_bytes).to_json()


def decrypt(stage: Stage) -> SecretBallot:
    for scrutineer in stage.scrutineers:
        actions.hand_in_share(stage.ballot, by=scrutineer, data=share_of(stage, scrutineer))
    return stage.refresh()
