"""The scrutineers' keys, and opening: from then on nothing of the set-up changes."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from appraisals.ballots import link_keys
from appraisals.ballots.actions.locking import locked, note
from appraisals.ballots.models import LEAST_SCRUTINEERS, Scrutineer, Seat, SecretBallot, Step
from appraisals.ballots.protocol.canonical import parse_canonical, serialise
from appraisals.ballots.protocol.credentials import CredentialList, derive_credential
from appraisals.ballots.protocol.election import Question, write_election
from appraisals.ballots.protocol.trustees import Trustee, Trustees
from appraisals.ballots.turnout import Threshold
from appraisals.ballots.workflow import Act
from members.models import User

LONGEST_KEY = 2000  # characters; a public key with its proof has some 300


def hand_in_key(ballot: SecretBallot, *, by: User, data: bytes) -> Scrutineer:
    """Store the public half of a scrutineer's key, with its proof. One handed in before is replaced.

    Raises ``ProtocolError`` if the proof does not hold. The name in the data is not believed: the record's stands.
    """
    with locked(ballot, by=by, act=Act.HAND_IN_KEY) as row:
        scrutineer = row.scrutineers.select_related("member").get(member=by.member_id)
        claimed = Trustee.from_json(parse_canonical(data))
        trustee = Trustee(claimed.public_key, claimed.pok, scrutineer.member.name)
        others = [_trustee(each) for each in row.scrutineers.exclude(pk=scrutineer.pk) if each.is_ready]
        Trustees.of([trustee, *others])
        scrutineer.public_key = serialise(trustee.to_json()).decode()
        scrutineer.save(update_fields=["public_key"])
        note(row, Step.Kind.KEY_HANDED_IN, by=by, about=scrutineer.member, text=trustee.fingerprint)
    return scrutineer


def _trustee(scrutineer: Scrutineer) -> Trustee:
    return Trustee.from_json(parse_canonical(scrutineer.public_key.encode()))


def fingerprint(scrutineer: Scrutineer) -> str:
    """Of the public key, as the scrutineer's own device shows it; "" while there is none."""
    return _trustee(scrutineer).fingerprint if scrutineer.is_ready else ""


def missing(ballot: SecretBallot) -> list[str]:
    """What opening still needs, in words; three queries."""
    found = []
    scrutineers = list(ballot.scrutineers.all())
    if len(scrutineers) < LEAST_SCRUTINEERS:
        found.append(_("At least two scrutineers have to be appointed."))
    if waiting := sum(not each.is_ready for each in scrutineers):
        found.append(
            ngettext_lazy(
                "%(count)d scrutineer has not made a key yet.",
                "%(count)d scrutineers have not made their keys yet.",
                waiting,
            )
            % {"count": waiting}
        )
    if not ballot.questions.exists():
        found.append(_("The ballot has no questions."))
    if ballot.voters.count() < ballot.smallest_count:
        found.append(
            _("The roll has fewer people than the fewest ballots that are counted (%(count)d).")
            % {"count": ballot.smallest_count}
        )
    return found


# In the ballot's own language, whoever opens it: the fingerprint must not hang on a catalogue.
_THRESHOLDS = {
    Threshold.NONE: "不作要求",
    Threshold.MORE_THAN_HALF: "超过半数",
    Threshold.TWO_THIRDS: "三分之二以上",
    Threshold.FOUR_FIFTHS: "五分之四以上",
    Threshold.NINETY_FIVE_PERCENT: "百分之九十五以上",
}


def described(ballot: SecretBallot) -> str:
    """The election's description: the explanation and the rules, so that the fingerprint of the ballot covers them."""
    own = "不列本人" if ballot.hides_own_row else "列出本人"
    closing = ballot.closes_at.astimezone(datetime.UTC).isoformat() if ballot.closes_at else "由人工结束"
    rules = (
        f"规则：有效票不足{ballot.smallest_count}张不予统计；应到{ballot.entitled}人；"
        f"参加投票{_THRESHOLDS[ballot.turnout_needed]}，提醒线{_THRESHOLDS[ballot.turnout_wanted]}；"
        f"{own}；投票结束：{closing}。"
    )
    return f"{ballot.description}\n{rules}".strip()


def open_voting(ballot: SecretBallot, *, by: User) -> SecretBallot:
    """Freeze the set-up, issue the credentials, begin. Whoever is on the roll has a ballot issued from now on."""
    with locked(ballot, by=by, act=Act.OPEN) as row:
        if problems := missing(row):
            raise ValidationError(problems)
        if row.closes_at and row.closes_at <= timezone.now():
            raise ValidationError(_("The time at which the ballot closes has passed already."))
        trustees = Trustees.of([_trustee(each) for each in row.scrutineers.all()])
        row.entitled = row.entitled or row.voters.count()
        link = link_keys.create(row.uuid)
        voters = list(row.voters.values_list("pk", flat=True))
        publics = {
            link.handle(voter): derive_credential(row.uuid, link.credential(voter)).public for voter in voters
        }
        credentials = CredentialList.of(list(publics.values()))
        election = write_election(
            uuid=row.uuid,
            name=row.title,
            description=described(row),
            trustees=trustees,
            questions=[
                Question.checked(tuple(each.answers), 0, 1, each.text) for each in row.questions.all()
            ],
        )
        row.trustees = trustees.to_json().decode()
        row.credentials = credentials.data.decode()
        row.election = election.data.decode()
        row.receipt_key = link.receipt_key
        row.opened_at = timezone.now()
        row.state = SecretBallot.State.OPEN
        row.save()
        # In the order of the credentials, which has nothing to do with the roll's.
        Seat.objects.bulk_create(
            Seat(handle=handle, ballot=row, credential=public)
            for handle, public in sorted(
                ((handle, public.encode()) for handle, public in publics.items()), key=lambda pair: pair[1]
            )
        )
        note(row, Step.Kind.OPENED, by=by, text=election.fingerprint)
    return row
