"""From a round to its secret ballot."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from appraisals.actions.locking import locked, save
from appraisals.ballots import actions as ballots
from appraisals.ballots.actions.setting_up import NewQuestion
from appraisals.ballots.models import SecretBallot
from appraisals.grades import CommitteeGrade, labels
from appraisals.models import Round
from appraisals.workflow import Act
from meetings.models import Attendance
from members.models import Member, User

_CAME = [Attendance.Status.PRESENT, Attendance.Status.ONLINE]


def entitled(round: Round) -> list[Member]:
    """Who may vote: the full members taking part, and the probationary ones if the rules say so."""
    found = round.participants.select_related("member")
    stages = [Member.Stage.FULL]
    if round.counts_probationary_ballots:
        stages.append(Member.Stage.PROBATIONARY)
    return [each.member for each in found if each.member.stage in stages and each.member.left_on is None]


def proposed_roll(round: Round) -> list[Member]:
    """Those entitled who came to the meeting; all of them while its attendance is not taken."""
    everybody = entitled(round)
    if round.meeting_id is None:
        return everybody
    came = set(round.meeting.attendances.filter(status__in=_CAME).values_list("member_id", flat=True))
    return [member for member in everybody if member.pk in came] if came else everybody


def set_up_ballot(
    round: Round, *, by: User, scrutineers: Iterable[Member] = (), voters: Iterable[Member] | None = None
) -> SecretBallot:
    """One row for each member graded here, one for the committee if the rules say so; a second ballot is refused."""
    with locked(round, by=by, act=Act.SET_UP_BALLOT) as row:
        if row.ballot_id:
            raise ValidationError(_("The ballot of this round is set up already."))
        with override("zh-hans"):
            title = str(row)
        with override("en"):
            title_en = str(row)
        row.ballot = ballots.set_up(
            by=by,
            title=title,
            title_en=title_en,
            questions=questions(row),
            voters=proposed_roll(row) if voters is None else voters,
            scrutineers=list(scrutineers),
            series=uuid.uuid4(),
            smallest_count=row.smallest_count,
            turnout_needed=row.turnout_needed,
            turnout_wanted=row.turnout_wanted,
            entitled=len(entitled(row)) or None,
            hides_own_row=row.hides_own_row,
            eligible=entitled(row),
        )
        save(row, "ballot", by=by)
    return row.ballot


def take_roll(round: Round, *, by: User) -> int:
    """Put exactly those on the roll who are entitled and came, as the attendance stands now; how many they are."""
    with locked(round, by=by, act=Act.SET_UP_BALLOT) as row:
        if row.ballot is None:
            raise ValidationError(_("The ballot of this round is not set up yet."))
        people = [member for member in proposed_roll(row) if member.pk in (row.ballot.eligible or [])]
        ballots.change_roll(row.ballot, by=by, voters=people)
    return len(people)


def questions(round: Round) -> list[NewQuestion]:
    answers, answers_en = labels(round.grades)
    rated = [
        NewQuestion(each.member.name, answers, "", answers_en, each.member)
        for each in round.participants.assessed_here().select_related("member")
    ]
    if round.rates_the_committee:
        answers, answers_en = labels(CommitteeGrade.values, CommitteeGrade)
        with override("zh-hans"):
            name = str(_("branch committee"))
        rated.append(NewQuestion(name, answers, "Branch committee", answers_en))
    return rated


def repeat_ballot(round: Round, *, by: User) -> SecretBallot:
    """Instead of a void one; whoever has repeated it already wins."""
    with locked(round, by=by, act=Act.SET_UP_BALLOT) as row:
        if row.ballot is None or row.ballot.state != SecretBallot.State.VOID:
            raise ValidationError(_("Only a void ballot is repeated."))
        living = SecretBallot.objects.living().filter(series=row.ballot.series).first()
        row.ballot = living or ballots.repeat(row.ballot, by=by)
        save(row, "ballot", by=by)
    return row.ballot
