"""Closing: the link from voters to ballots is destroyed, and what remains is rewritten so that nothing pairs them."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.ballots import link_keys, locks
from appraisals.ballots.actions.counting import settle_without_ballots
from appraisals.ballots.actions.locking import lock_tables, locked, note, rewrite_alone
from appraisals.ballots.models import SealedBallot, Seat, SecretBallot, Step, Voter
from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.hashing import sha256_hex
from appraisals.ballots.protocol.tally import tally_ballots
from appraisals.ballots.texts import credentials_of, election_of
from appraisals.ballots.workflow import Act
from members.models import User


def close(ballot: SecretBallot, *, by: User | None) -> SecretBallot:
    """End voting for good and add up the sealed ballots, still sealed. ``by`` None: the set time has come."""
    with locked(ballot, by=by, act=Act.CLOSE) as row:
        rewrite_alone()
        sealed = sorted((sha256_hex(text.encode()), tracker, text) for tracker, text in _cast(row))
        election = election_of(row)
        tally, descriptor = tally_ballots(
            election,
            credentials_of(row),
            (Ballot.from_json(text.encode(), election) for _hash, _tracker, text in sealed),
        )
        _rewrite(row, returned=_who_returned(row))
        with _closing(row):
            SealedBallot.objects.bulk_create(
                SealedBallot(hash=digest, ballot=row, tracker=tracker, data=text)
                for digest, tracker, text in sealed
            )
        row.encrypted_tally = tally.to_json().decode()
        row.tally_descriptor = descriptor.to_json().decode()
        row.online_returned = len(sealed)
        row.closed_at = timezone.now()
        row.state = SecretBallot.State.CLOSED
        row.save()
        note(row, Step.Kind.CLOSED, by=by)
        settle_without_ballots(row)
    _destroy_links()
    return row


def close_those_due(now: datetime.datetime) -> list[SecretBallot]:
    """Close every ballot whose set time has come; whoever asks first does it, and the others find it done.

    What a crash left of an earlier closing is destroyed as well.
    """
    closed = []
    for ballot in SecretBallot.objects.due_for_closing(now):
        try:
            closed.append(close(ballot, by=None))
        except ValidationError as refusal:
            if refusal.code != "state":
                raise
    _destroy_links()
    return closed


def declare_void(ballot: SecretBallot, *, by: User | None, reason: str) -> SecretBallot:
    """The vote does not count and may be repeated; refused once it is announced, or once something rests on it.

    Ballots of a vote that was still open are destroyed unread.
    """
    if not reason.strip():
        raise ValidationError(_("Give the reason."), code="required")
    with locked(ballot, by=by, act=Act.VOID) as row:
        if row.state == SecretBallot.State.OPEN:
            rewrite_alone()
            _rewrite(row, returned={})
        row.state = SecretBallot.State.VOID
        row.void_reason = reason[:300]
        row.save()
        note(row, Step.Kind.VOIDED, by=by, text=reason)
    _destroy_links()
    return row


def _cast(ballot: SecretBallot) -> list[tuple[str, str]]:
    return list(Seat.objects.taken().filter(ballot=ballot).values_list("tracker", "data"))


def _who_returned(ballot: SecretBallot) -> dict:
    """Voter's id -> whether a ballot lies under their seat; {} if the link is lost, and then nobody knows."""
    try:
        link = link_keys.load(ballot.uuid, receipt_key=ballot.receipt_key)
    except link_keys.LinkLost:
        return {}
    taken = set(Seat.objects.taken().filter(ballot=ballot).values_list("pk", flat=True))
    online = ballot.voters.online().values_list("pk", flat=True)
    return {voter: link.handle(voter) in taken for voter in online}


def _rewrite(ballot: SecretBallot, *, returned: dict) -> None:
    """Write the roll and the seats of all ballots into new tables, in an order that tells nothing.

    TRUNCATE gives a table new files, so neither dead rows nor the numbers of the transactions in which people voted
    remain; afterwards every row has the number of this one. Seats of this ballot are left out, those of others stay.
    """
    lock_tables(Voter, Seat)  # before reading: what others are just writing must not be wiped out unseen
    voters = list(Voter.objects.order_by("ballot_id", "member__sort_key", "member_id"))
    seats = list(Seat.objects.exclude(ballot=ballot).order_by("credential"))
    for voter in voters:
        if voter.ballot_id == ballot.pk:
            voter.returned = returned.get(voter.pk)
    with _closing(ballot), connection.cursor() as cursor:
        # A table with checks still to come cannot be emptied: rows put in earlier in this transaction are checked now.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'TRUNCATE "{Voter._meta.db_table}", "{Seat._meta.db_table}"')
        Voter.objects.bulk_create(voters)
        Seat.objects.bulk_create(seats)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class _closing:  # noqa: N801 - reads as a statement
    """Within it the database lets the roll and the sealed ballots be written."""

    def __init__(self, ballot: SecretBallot) -> None:
        self._uuid = ballot.uuid

    def __enter__(self) -> None:
        _set(self._uuid)

    def __exit__(self, *failure: object) -> None:
        if failure[0] is None:  # after an error the transaction is over, and the setting with it
            _set("")


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [locks.CLOSING_SETTING, value])


def _destroy_links() -> None:
    """Once it is certain that the ballot is closed; an opening that failed, or a crash, leaves nothing behind for long."""
    transaction.on_commit(sweep)


def sweep() -> None:
    """Destroy the secret of every ballot that was open and is open no more."""
    kept = set(link_keys.kept())
    over = SecretBallot.objects.filter(uuid__in=kept).exclude(
        state__in=[SecretBallot.State.SETUP, SecretBallot.State.OPEN]
    )
    for uuid in over.values_list("uuid", flat=True):
        link_keys.destroy(uuid)
