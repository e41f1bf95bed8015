"""Three rounds of the yearly appraisal: one finished, with an archive that verifies; one with its ballot open; one in planning.

Everything goes through the portal's own actions, and every ballot is really sealed. The marks, opinions and papers are
invented, as the people are. The scrutineers of the open ballot have real keys too: their recovery sheets are handed back, to
be printed for whoever tries the count out.
"""

from __future__ import annotations

import datetime
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from appraisals import actions
from appraisals.ballots import actions as ballots
from appraisals.ballots.actions.casting import place_of
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.backup import write_backup
from appraisals.ballots.protocol.canonical import serialise
from appraisals.ballots.protocol.credentials import derive_credential
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.encryption import encrypt_ballot
from appraisals.ballots.protocol.trustees import TrusteeKey, generate_trustee_key, prove_trustee
from appraisals.ballots.texts import election_of, encrypted_tally_of
from appraisals.grades import FOUR, Grade
from appraisals.models import Assessment, Round
from appraisals.workflow import Act
from branch_portal.sample.load_people import Cast
from branch_portal.sample.people import PROFILE, SECRETARY
from meetings.models import Attendance, Meeting
from members.models import Member, User

_SCRUTINEERS = ("覃守正", "田嘉禾")
_CAME = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]
_PLAN = (
    "<p>按照上级党委部署，召开组织生活会并民主评议党员，程序为：学习动员、个人自评、党员互评、民主测评、组织评定、"
    "结果反馈。民主测评无记名进行，设监票人两名。</p>"
)
_PAPER = (
    "<p>对照党员标准和入党誓词，一年来能够参加组织生活，完成学会交办的工作。存在的不足：理论学习不够系统，"
    "到基层的次数偏少。原因是把业务忙当作理由。今后每月至少参加一次下社区活动，学习笔记按季整理。</p>"
)
_OPINIONS = {
    Grade.EXCELLENT: "政治坚定，工作主动，多次牵头健康服务进社区，群众评价好。",
    Grade.QUALIFIED: "按要求参加组织生活，完成承担的工作，希望进一步加强理论学习。",
    Grade.BASICALLY_QUALIFIED: "能够参加组织生活，但联系群众不够，须按整改措施抓紧改进。",
}
_REVIEWS = (
    "业务扎实，建议多带年轻同志下基层。",
    "学习抓得紧，希望会上多提不同意见。",
    "工作细致，布置任务可以再早一些。",
)


@dataclass(frozen=True)
class Sheet:
    """A scrutineer's recovery sheet of the open ballot."""

    name: str
    login: str
    text: str


def load_appraisals(cast: Cast, *, now: datetime.datetime) -> list[Sheet]:
    """The three rounds; the recovery sheets of the ballot that is open."""
    by = cast.accounts[SECRETARY]
    year = _present_year(now)
    _load_finished(cast, by, before=year)
    sheets = _load_open(cast, by, year)
    planned = Round(
        year=year + 1,
        grades=FOUR,
        plan=_PLAN,
        self_reviews_due_on=datetime.date(year + 1, 12, 10),
        smallest_count=5,
    )
    actions.plan_round(planned, by=by)
    return sheets


def _present_year(now: datetime.datetime) -> int:
    """An appraisal of the first quarter is still for the year before (R-3.2)."""
    return now.year - 1 if now.month <= 3 else now.year


# --- a finished round -----------------------------------------------------------------------------
def _load_finished(cast: Cast, by: User, *, before: int) -> None:
    meeting = (
        Meeting.objects.filter(
            kinds__contains=["appraisal"], state=Meeting.State.SIGNED_OFF, for_year__lt=before
        )
        .order_by("-for_year")
        .first()
    )
    invited = [row.member for row in meeting.attendances.select_related("member")]
    round = _approved(by, meeting.for_year, invited, meeting, announces=Round.Announcement.EXCELLENT)
    _write_papers(round, by, of=len(invited))
    round = actions.lead_on(round, by=by, act=Act.BEGIN_MUTUAL_REVIEW)
    _review_one_another(round, by)
    round = actions.lead_on(round, by=by, act=Act.BEGIN_BALLOT)
    round = actions.link_meeting(round, by=by, meeting=meeting)
    came = meeting.attendances.filter(status__in=_CAME, member__stage=Member.Stage.FULL).select_related(
        "member"
    )
    ballot = actions.set_up_ballot(
        round, by=by, scrutineers=_scrutineers(cast), voters=[row.member for row in came]
    )
    keys = _make_keys(ballot, cast)
    ballots.open_voting(ballot, by=by)
    ballot = _again(ballot)
    draw = random.Random(meeting.for_year)
    _vote(ballot, [row.member for row in came], draw)
    ballots.close(ballot, by=by)
    _count(_again(ballot), cast, keys)
    ballots.announce(_again(ballot), by=by)
    round.refresh_from_db()
    _assess(round, by)
    round = actions.approve_assessments(round, by=by, meeting=meeting)
    _say_something(round)
    told = min(timezone.localdate(meeting.starts_at) + datetime.timedelta(days=7), timezone.localdate())
    actions.finish_feedback(round, by=by, on=told)
    actions.report_above(round, by=by, on=told, to=PROFILE["higher_committee"])
    actions.archive(round, by=by)


def _write_papers(round: Round, by: User, *, of: int) -> None:
    """Handed in by the first so many who have an account."""
    with_account = round.participants.filter(member__user__isnull=False).select_related(
        "member__user", "round"
    )
    for participant in with_account[:of]:
        user = participant.member.user
        actions.save_self_review(participant, by=user, text=_PAPER)
        actions.hand_in_self_review(participant, by=user)


def _review_one_another(round: Round, by: User) -> None:
    people = list(round.participants.select_related("member", "round"))
    for number, text in enumerate(_REVIEWS):
        actions.review_other(people[number], by=by, author=people[number + 3].member, text=text)


def _assess(round: Round, by: User) -> None:
    """Within the cap; two of the ballot's majority are given another grade, with the reason."""
    graded = list(round.participants.graded().select_related("member", "round"))
    most = len(graded) // 3
    for number, participant in enumerate(graded):
        grade = Grade.EXCELLENT if number < most else Grade.QUALIFIED
        if number == len(graded) - 1:
            grade = Grade.BASICALLY_QUALIFIED
        assessment = Assessment(
            participant=participant, grade=grade, opinion=_OPINIONS[grade], reason="结合日常表现综合评定。"
        )
        actions.propose(assessment, by=by)


def _say_something(round: Round) -> None:
    participant = (
        round.participants.filter(member__user__isnull=False).select_related("member__user", "round").first()
    )
    actions.say_statement(participant, by=participant.member.user, text="同意组织意见，按整改措施落实。")


# --- a ballot that is open ------------------------------------------------------------------------
def _load_open(cast: Cast, by: User, year: int) -> list[Sheet]:
    people = list(Member.objects.party_members())
    meeting = Meeting.objects.filter(state=Meeting.State.SIGNED_OFF).first()
    round = _approved(by, year, people, meeting, rates_the_committee=True)
    _write_papers(round, by, of=len(people) - 3)
    round = actions.lead_on(round, by=by, act=Act.BEGIN_MUTUAL_REVIEW)
    _review_one_another(round, by)
    round = actions.lead_on(round, by=by, act=Act.BEGIN_BALLOT)
    ballot = actions.set_up_ballot(round, by=by, scrutineers=_scrutineers(cast))
    keys = _make_keys(ballot, cast)
    ballots.open_voting(ballot, by=by)
    ballot = _again(ballot)
    voters = [row.member for row in ballot.voters.select_related("member")]
    ballots.issue_paper(ballot, ballot.voters.get(member=voters[-1]), by=by)
    # The accounts that are shown for trying out have not voted yet.
    shown = {cast.members[name].pk for name in (SECRETARY, *_SCRUTINEERS, "邱小棠")}
    voted = [member for member in voters[:-1] if member.pk not in shown][:6]
    _vote(ballot, voted, random.Random(year))
    return [Sheet(name, cast.accounts[name].username, write_backup(keys[name])) for name in _SCRUTINEERS]


# --- steps that both have -------------------------------------------------------------------------
def _approved(by: User, year: int, people: Sequence[Member], meeting: Meeting, **rules) -> Round:
    round = Round(
        year=year, grades=FOUR, plan=_PLAN, self_reviews_due_on=datetime.date(year, 12, 10), **rules
    )
    round = actions.plan_round(round, by=by, participants=people)
    return actions.approve_plan(round, by=by, meeting=meeting)


def _scrutineers(cast: Cast) -> list[Member]:
    return [cast.members[name] for name in _SCRUTINEERS]


def _make_keys(ballot: SecretBallot, cast: Cast) -> dict[str, TrusteeKey]:
    """What the scrutineers' browsers do."""
    keys = {name: generate_trustee_key(secrets.token_bytes) for name in _SCRUTINEERS}
    for name, key in keys.items():
        data = serialise(prove_trustee(key, None, secrets.token_bytes).to_json())
        ballots.hand_in_key(ballot, by=cast.accounts[name], data=data)
    return keys


def _vote(ballot: SecretBallot, members: Sequence[Member], draw: random.Random) -> None:
    """What the members' browsers do: good marks mostly, now and then none."""
    election = election_of(ballot)
    subjects = list(ballot.questions.values_list("subject", flat=True))
    for member in members:
        place = place_of(ballot, member, now=ballot.opened_at)
        marks = [
            None if subject == member.pk else draw.choices([0, 1, 2, None], [50, 44, 4, 2])[0]
            for subject in subjects
        ]
        choices = [
            [int(index == mark) for index in range(len(question.answers))]
            for mark, question in zip(marks, election.questions, strict=True)
        ]
        credential = derive_credential(ballot.uuid, place.credential)
        sealed = encrypt_ballot(election, credential, choices, secrets.token_bytes)
        ballots.cast(ballot, member, data=sealed.data, replaces=None)


def _count(ballot: SecretBallot, cast: Cast, keys: dict[str, TrusteeKey]) -> None:
    election, tally = election_of(ballot), encrypted_tally_of(ballot)
    for name, key in keys.items():
        share = decrypt_partially(election, tally, key, secrets.token_bytes).to_json()
        ballots.hand_in_share(ballot, by=cast.accounts[name], data=share)


def _again(ballot: SecretBallot) -> SecretBallot:
    return SecretBallot.objects.get(pk=ballot.pk)
