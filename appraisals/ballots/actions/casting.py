"""Casting: checked, stored under the voter's seat, acknowledged. Nothing of it reaches the voter's row or the history."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.ballots import link_keys, receipts
from appraisals.ballots.actions.locking import hold_voter, share
from appraisals.ballots.models import Seat, SecretBallot, Voter
from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.credentials import CredentialList
from appraisals.ballots.receipts import Receipt
from appraisals.ballots.texts import election_of
from members.models import Member


class Reason(models.TextChoices):
    """Why a ballot is not accepted; the protocol's own reasons come as ``ProtocolError``."""

    NOT_ON_ROLL = "not_on_roll", _("You are not on the roll of this ballot.")
    NOT_OPEN_YET = "not_open_yet", _("Voting has not begun.")
    CLOSED = "closed", _("Voting is closed.")
    PAPER = "paper", _("You were given a paper ballot; it counts instead of one from here.")
    NOT_YOURS = "not_yours", _("This ballot was made with another person's credential.")
    REPLACED = "replaced", _("Another ballot of yours was accepted in the meantime.")
    LINK_LOST = (
        "link_lost",
        _("The server has lost what it needs for this ballot. Please tell the secretary."),
    )


class Refused(Exception):
    """A ballot that was not accepted; ``reason`` says why. Nothing was stored."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Cast:
    """An accepted ballot: its receipt, and whether it was there already (a retry)."""

    receipt: Receipt
    was_there: bool


@dataclass(frozen=True)
class Place:
    """A voter's right to vote as long as the ballot is open: the private credential, and what lies in the seat now."""

    credential: str
    tracker: str | None


def place_of(ballot: SecretBallot, member: Member, *, now: datetime.datetime) -> Place:
    """What the voter's own browser needs; raises ``Refused`` for whoever cannot vote now."""
    voter = _voter(ballot, member)
    _check_now(ballot, voter, now)
    link = _link(ballot)
    return Place(link.credential(voter.pk), _seat(link.handle(voter.pk)).tracker)


def cast(
    ballot: SecretBallot,
    member: Member,
    *,
    data: bytes,
    replaces: str | None,
    clock: Callable[[], datetime.datetime] = timezone.now,
) -> Cast:
    """Accept the member's sealed ballot, in place of the one with the tracker ``replaces`` (None: of none).

    The same ballot again is acknowledged again. If another one was accepted since the sender last looked, nothing is
    replaced: ``Refused``. Raises ``ProtocolError`` for a ballot that is not right. What counts is the moment at which it is
    stored, not when it was sent.
    """
    voter = _voter(ballot, member)
    _check_now(ballot, voter, clock())
    election = election_of(ballot)
    sealed = Ballot.from_json(data, election)
    link = _link(ballot)
    handle = link.handle(voter.pk)
    seat = _seat(handle)
    if sealed.credential.encode() != seat.credential:
        raise Refused(Reason.NOT_YOURS)
    if sealed.tracker != seat.tracker:  # what lies there already was checked when it came
        check_ballot(sealed, election, CredentialList({sealed.credential: 1}, b""))
    with transaction.atomic():
        share(ballot.pk)
        hold_voter(voter.pk)
        _check_now(SecretBallot.objects.get(pk=ballot.pk), _voter(ballot, member), clock())
        standing = Seat.objects.values_list("tracker", flat=True).get(pk=handle)
        if standing != sealed.tracker:
            if standing != replaces:
                raise Refused(Reason.REPLACED)
            Seat.objects.filter(pk=handle).update(data=data.decode(), tracker=sealed.tracker)
    return Cast(receipts.sign(link, election, sealed.tracker), standing == sealed.tracker)


def _voter(ballot: SecretBallot, member: Member | None) -> Voter:
    voter = ballot.voters.filter(member=member).first() if member else None
    if voter is None:
        raise Refused(Reason.NOT_ON_ROLL)
    return voter


def _check_now(ballot: SecretBallot, voter: Voter, now: datetime.datetime) -> None:
    if ballot.state == SecretBallot.State.SETUP:
        raise Refused(Reason.NOT_OPEN_YET)
    if ballot.state != SecretBallot.State.OPEN or (ballot.closes_at and now >= ballot.closes_at):
        raise Refused(Reason.CLOSED)
    if voter.way == Voter.Way.PAPER:
        raise Refused(Reason.PAPER)


def _link(ballot: SecretBallot) -> link_keys.LinkKey:
    try:
        return link_keys.load(ballot.uuid, receipt_key=ballot.receipt_key)
    except link_keys.LinkLost:
        is_open = (
            SecretBallot.objects.open().filter(pk=ballot.pk).exists()
        )  # or was it closed in this moment?
        raise Refused(Reason.LINK_LOST if is_open else Reason.CLOSED) from None


def _seat(handle: str) -> Seat:
    """Its credential and tracker; the seats of a ballot are gone as soon as it is closed."""
    seat = Seat.objects.only("credential", "tracker").filter(pk=handle).first()
    if seat is None:
        raise Refused(Reason.CLOSED)
    return seat
