"""A paper ballot instead of voting on a device."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.ballots import link_keys
from appraisals.ballots.actions.casting import Reason
from appraisals.ballots.actions.locking import hold_voter, locked, note
from appraisals.ballots.models import Seat, SecretBallot, Step, Voter
from appraisals.ballots.workflow import Act
from members.models import User


def issue_paper(
    ballot: SecretBallot,
    voter: Voter,
    *,
    by: User,
    clock: Callable[[], datetime.datetime] = timezone.now,
) -> Voter:
    """The voter is handed a sheet and cannot vote online any more. Refused once a ballot of theirs lies online.

    It is not taken back: whoever has held a sheet could put it into the box. The refusal tells whether somebody has voted, so
    every one is noted in the history, without a name and without its reason: who tries it out is seen.
    """
    try:
        return _issue(ballot, voter, by=by, clock=clock)
    except ValidationError as refusal:
        if refusal.code != "state":
            note(ballot, Step.Kind.PAPER_REFUSED, by=by)
        raise


def _issue(ballot: SecretBallot, voter: Voter, *, by: User, clock: Callable[[], datetime.datetime]) -> Voter:
    with locked(ballot, by=by, act=Act.ISSUE_PAPER) as row:
        if row.closes_at and clock() >= row.closes_at:
            raise ValidationError(Reason.CLOSED.label)
        hold_voter(voter.pk)
        voter = row.voters.select_related("member").get(pk=voter.pk)
        if voter.way == Voter.Way.PAPER:
            raise ValidationError(_("%(name)s has a paper ballot already."), params={"name": voter.member})
        try:
            handle = link_keys.load(row.uuid, receipt_key=row.receipt_key).handle(voter.pk)
        except link_keys.LinkLost:
            raise ValidationError(
                _("The server has lost what it needs for this ballot; declare it void.")
            ) from None
        if Seat.objects.taken().filter(pk=handle).exists():
            raise ValidationError(
                _("%(name)s has voted online; both ways at once are not possible."),
                params={"name": voter.member},
            )
        voter.way = Voter.Way.PAPER
        voter.save(update_fields=["way"])
        note(row, Step.Kind.PAPER_ISSUED, by=by)  # the roll says to whom, and no time
    return voter
