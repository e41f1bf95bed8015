"""Setting up: what is asked, by which rules, who may vote, who watches."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.actions.locking import locked, note
from appraisals.ballots.models import LEAST_SCRUTINEERS, Question, Scrutineer, SecretBallot, Step, Voter
from appraisals.ballots.protocol.election import generate_uuid
from appraisals.ballots.workflow import Act
from members.models import Member, User
from members.permissions import Capability

# What may still be changed where a plan has approved the rest.
FREE_RULES = ("closes_at",)
RULES = ("smallest_count", "turnout_needed", "turnout_wanted", "entitled", "hides_own_row", "closes_at")


@dataclass(frozen=True)
class NewQuestion:
    """A row of the ballot to be; ``answers`` and ``answers_en`` in the order of the columns."""

    text: str
    answers: Sequence[str]
    text_en: str = ""
    answers_en: Sequence[str] = field(default_factory=tuple)
    subject: Member | None = None


@transaction.atomic
def set_up(
    *,
    by: User,
    title: str,
    questions: Sequence[NewQuestion],
    voters: Iterable[Member] = (),
    scrutineers: Sequence[Member] = (),
    title_en: str = "",
    description: str = "",
    series: uuid.UUID | None = None,
    eligible: Iterable[Member] | None = None,
    **rules,
) -> SecretBallot:
    """A new ballot. ``rules``: any of ``RULES``. A series that has a living ballot refuses a second one.

    ``eligible``: whom the roll may name, where a plan has decided that; then its rules stand too, but for the closing time.
    """
    if not by.may(Capability.RUN_BALLOTS):
        raise PermissionDenied
    if not questions:
        raise ValidationError(_("A ballot needs at least one question."))
    ballot = SecretBallot(
        uuid=generate_uuid(secrets.token_bytes),
        title=title,
        title_en=title_en,
        description=description,
        series=series or uuid.uuid4(),
        eligible=None if eligible is None else sorted(member.pk for member in eligible),
        **_only_rules(rules),
    )
    ballot.full_clean(exclude=["series"], validate_constraints=False)
    try:
        with transaction.atomic():
            ballot.save()
    except IntegrityError as error:
        if "one_ballot_of_a_series_lives_at_a_time" in str(error):
            raise ValidationError(
                _("There is a ballot about this already; only a void one is repeated.")
            ) from None
        raise
    for position, question in enumerate(questions, start=1):
        Question.objects.create(
            ballot=ballot,
            position=position,
            text=question.text,
            text_en=question.text_en,
            answers=list(question.answers),
            answers_en=list(question.answers_en),
            subject=question.subject,
        )
    voters = list(voters)
    _check_eligible(ballot, voters)
    _put_on_roll(ballot, voters)
    _appoint(ballot, scrutineers)
    note(ballot, Step.Kind.SET_UP, by=by)
    return ballot


def change_rules(ballot: SecretBallot, *, by: User, **rules) -> SecretBallot:
    """Change any of ``RULES`` before opening."""
    with locked(ballot, by=by, act=Act.CHANGE_SETUP) as row:
        if row.eligible is not None and any(
            getattr(row, name) != value for name, value in rules.items() if name not in FREE_RULES
        ):
            raise ValidationError(_("The rules of this ballot were approved with the plan and stand."))
        for name, value in _only_rules(rules).items():
            setattr(row, name, value)
        row.full_clean(exclude=["series", "uuid"], validate_constraints=False)
        row.save(update_fields=list(rules))
        note(row, Step.Kind.CHANGED, by=by)
    return row


def change_roll(ballot: SecretBallot, *, by: User, voters: Iterable[Member]) -> None:
    """Exactly these people are on the roll."""
    voters = set(voters)
    with locked(ballot, by=by, act=Act.CHANGE_SETUP) as row:
        _check_eligible(row, voters)
        row.voters.exclude(member__in=voters).delete()
        known = set(row.voters.values_list("member_id", flat=True))
        _put_on_roll(row, [member for member in voters if member.pk not in known])
        note(row, Step.Kind.CHANGED, by=by)


def appoint_scrutineers(ballot: SecretBallot, *, by: User, scrutineers: Sequence[Member]) -> None:
    """Exactly these people watch, in this order. Who stays keeps the key that was handed in."""
    if len(set(scrutineers)) < LEAST_SCRUTINEERS:
        raise ValidationError(
            _("At least two different people are needed: one alone could open every ballot.")
        )
    with locked(ballot, by=by, act=Act.CHANGE_SETUP) as row:
        keys = dict(row.scrutineers.values_list("member_id", "public_key"))
        row.scrutineers.all().delete()
        _appoint(row, scrutineers, keys)
        note(row, Step.Kind.CHANGED, by=by)


def repeat(void: SecretBallot, *, by: User, voters: Iterable[Member] | None = None) -> SecretBallot:
    """A new ballot with the same questions, rules and scrutineers instead of a void one; their keys are made anew."""
    if void.state != SecretBallot.State.VOID:
        raise ValidationError(_("Only a void ballot is repeated."))
    questions = [
        NewQuestion(each.text, each.answers, each.text_en, each.answers_en, each.subject)
        for each in void.questions.select_related("subject")
    ]
    roll = [each.member for each in void.voters.select_related("member")] if voters is None else voters
    rules = {name: getattr(void, name) for name in RULES} | {"closes_at": None}
    if void.entitled == void.voters.count():  # filled in at its opening; the new roll may be another
        rules["entitled"] = None
    return set_up(
        by=by,
        title=void.title,
        title_en=void.title_en,
        description=void.description,
        questions=questions,
        voters=roll,
        scrutineers=[each.member for each in void.scrutineers.select_related("member")],
        series=void.series,
        eligible=None if void.eligible is None else Member.objects.filter(pk__in=void.eligible),
        **rules,
    )


def _only_rules(rules: dict) -> dict:
    if unknown := set(rules) - set(RULES):
        raise TypeError(f"no rules of a ballot: {', '.join(sorted(unknown))}")
    return rules


def _check_eligible(ballot: SecretBallot, voters: Iterable[Member]) -> None:
    if ballot.eligible is None:
        return
    others = sorted(member.name for member in voters if member.pk not in set(ballot.eligible))
    if others:
        raise ValidationError(_("Not entitled by the plan: %(names)s."), params={"names": "、".join(others)})


def _put_on_roll(ballot: SecretBallot, members: Iterable[Member]) -> None:
    Voter.objects.bulk_create(Voter(ballot=ballot, member=member) for member in members)


def _appoint(
    ballot: SecretBallot, members: Sequence[Member], keys: dict[int, str | None] | None = None
) -> None:
    for position, member in enumerate(dict.fromkeys(members), start=1):
        Scrutineer.objects.create(
            ballot=ballot, member=member, position=position, public_key=(keys or {}).get(member.pk)
        )
