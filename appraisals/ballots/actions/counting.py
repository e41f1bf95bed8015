"""The count: the scrutineers' shares, the totals of the paper ballots, the sums, the announcement."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.actions.locking import locked, note
from appraisals.ballots.models import OwnReason, PaperCount, Scrutineer, SecretBallot, Step, Voter
from appraisals.ballots.protocol.decryption import PartialDecryption, check_partial_decryption
from appraisals.ballots.protocol.result import compute_result
from appraisals.ballots.texts import (
    descriptor_of,
    election_of,
    encrypted_tally_of,
    partial_decryption_of,
    trustees_of,
)
from appraisals.ballots.workflow import Act
from members.models import User

LONGEST_SHARE = 1_000_000  # bytes; 100 rows of 12 answers come to a third of it


def hand_in_share(ballot: SecretBallot, *, by: User, data: bytes) -> SecretBallot:
    """Store a scrutineer's partial decryption; with the last one the result is there.

    Raises ``ProtocolError`` if it is not the right share of the published key. The same person's second share is
    acknowledged and not stored: each gives the same sums.
    """
    with locked(ballot, by=by, act=Act.DECRYPT) as row:
        scrutineer = row.scrutineers.select_related("member").get(member=by.member_id)
        if awaits_paper(row):
            raise ValidationError(_("The paper ballots are counted first, since few ballots came in online."))
        if scrutineer.has_decrypted:
            return row
        election = election_of(row)
        partial = PartialDecryption.from_json(data, election)
        trustee = trustees_of(row).members[scrutineer.position - 1]
        check_partial_decryption(partial, election, encrypted_tally_of(row), trustee.public_key)
        scrutineer.partial_decryption = data.decode()
        scrutineer.save(update_fields=["partial_decryption"])
        note(row, Step.Kind.DECRYPTED, by=by, about=scrutineer.member)
        _finish_if_complete(row)
    return row


def enter_paper(ballot: SecretBallot, *, by: User, count: PaperCount) -> SecretBallot:
    """Store what one person read from the paper ballots, in place of what the same person entered before.

    ``count`` carries the figures only. When two people's agree they stand; more returned than issued makes the vote void.
    """
    with locked(ballot, by=by, act=Act.ENTER_PAPER) as row:
        if not row.voters.on_paper().exists():
            raise ValidationError(_("No paper ballot was issued."))
        if agreed_paper(row) is not None:
            raise ValidationError(_("Two people's totals agree already; they stand."))
        count.ballot, count.entered_by = row, by
        _check_paper(row, count)
        PaperCount.objects.update_or_create(
            ballot=row,
            entered_by=by,
            defaults={
                name: getattr(count, name)
                for name in ("returned", "invalid", "blank", "marks", "invalid_rows")
            },
        )
        note(row, Step.Kind.PAPER_COUNTED, by=by)
        if (agreed := agreed_paper(row)) is not None:
            if agreed.returned > row.voters.on_paper().count():
                _void_for_too_many(row)
            else:
                _finish_if_complete(row)
    return row


def announce(ballot: SecretBallot, *, by: User) -> SecretBallot:
    """Let everybody on the roll see the result and have the archive."""
    with locked(ballot, by=by, act=Act.ANNOUNCE) as row:
        if row.announced_at is None:
            row.announced_at = timezone.now()
            row.save(update_fields=["announced_at"])
            note(row, Step.Kind.ANNOUNCED, by=by)
    return row


def rely_on(ballot: SecretBallot) -> None:
    """Something is decided on the result, which stands from now on; refused unless it is counted at this moment. One
    statement, so that it waits for whoever is just declaring the ballot void and then sees that."""
    counted = SecretBallot.objects.filter(pk=ballot.pk, state=SecretBallot.State.COUNTED)
    with transaction.atomic():
        if not counted.update(relied_on_at=Coalesce("relied_on_at", timezone.now())):
            raise ValidationError(_("The ballot is not counted."), code="state")


# --- paper ----------------------------------------------------------------------------------------
def agreed_paper(ballot: SecretBallot) -> PaperCount | None:
    """The totals on which two people agree, if there are any."""
    counts = list(ballot.paper_counts.all())
    for number, one in enumerate(counts):
        if any(one.figures == other.figures for other in counts[number + 1 :]):
            return one
    return None


def paper_is_settled(ballot: SecretBallot) -> bool:
    """No paper was issued, or two people agree on what it says."""
    return not ballot.voters.on_paper().exists() or agreed_paper(ballot) is not None


def awaits_paper(ballot: SecretBallot) -> bool:
    """Too few came in online to be opened by themselves: nothing is decrypted before the paper is counted."""
    return ballot.online_returned < ballot.smallest_count and not paper_is_settled(ballot)


def _check_paper(ballot: SecretBallot, count: PaperCount) -> None:
    """Every row adds up: marks and invalid rows are not more than the ballots that could carry them."""
    count.full_clean(exclude=["ballot", "entered_by"], validate_unique=False, validate_constraints=False)
    count.validate_constraints(exclude=["ballot", "entered_by"])
    widths = [len(each.answers) for each in ballot.questions.all()]
    if not (_is_numbers(count.invalid_rows, len(widths)) and _is_table(count.marks, widths)):
        raise ValidationError(_("The totals do not fit the rows of this ballot."), code="shape")
    marked = count.returned - count.invalid - count.blank
    errors = {}
    for position, (marks, invalid) in enumerate(zip(count.marks, count.invalid_rows, strict=True)):
        if sum(marks) + invalid > marked:
            errors[position] = _(
                "%(sum)d marks and invalid rows, but only %(ballots)d ballots carry marks."
            ) % {
                "sum": sum(marks) + invalid,
                "ballots": marked,
            }
    if errors:
        raise ValidationError(
            [ValidationError(text, code="row", params={"row": row}) for row, text in errors.items()]
        )


def _is_table(value: object, widths: list[int]) -> bool:
    return (
        isinstance(value, list)
        and len(value) == len(widths)
        and all(_is_numbers(row, width) for row, width in zip(value, widths, strict=True))
    )


def _is_numbers(value: object, length: int) -> bool:
    """So many whole numbers, none below 0; True is none."""
    return (
        isinstance(value, list)
        and len(value) == length
        and all(type(each) is int and each >= 0 for each in value)
    )


def _void_for_too_many(ballot: SecretBallot) -> None:
    """Handbook 7.2, step 10: more returned than issued, so the vote is repeated."""
    ballot.state = SecretBallot.State.VOID
    ballot.void_reason = OwnReason.TOO_MUCH_PAPER
    ballot.save()
    note(ballot, Step.Kind.VOIDED, by=None, text=ballot.void_reason)


# --- the sums -------------------------------------------------------------------------------------
def _valid(ballot: SecretBallot) -> int:
    paper = agreed_paper(ballot)
    return ballot.online_returned + (paper.returned - paper.invalid if paper else 0)


def _finish_if_complete(ballot: SecretBallot) -> None:
    """Counted once nothing is missing. With too few valid ballots nothing is decrypted at all."""
    if not paper_is_settled(ballot):
        return
    if _valid(ballot) < ballot.smallest_count:
        _finish(ballot, is_withheld=True)
        return
    scrutineers = list(ballot.scrutineers.select_related("ballot"))
    if all(each.has_decrypted for each in scrutineers):
        _finish(ballot, result=_sums(ballot, scrutineers))


def settle_without_ballots(ballot: SecretBallot) -> None:
    """At closing: with too few ballots and no paper to come there is nothing to wait for."""
    if not ballot.voters.filter(way=Voter.Way.PAPER).exists() and _valid(ballot) < ballot.smallest_count:
        _finish(ballot, is_withheld=True)


def _sums(ballot: SecretBallot, scrutineers: list[Scrutineer]) -> str:
    tally, partials = encrypted_tally_of(ballot), [partial_decryption_of(each) for each in scrutineers]
    return compute_result(tally, partials, descriptor_of(ballot).total_weight).to_json().decode()


def _finish(ballot: SecretBallot, *, result: str | None = None, is_withheld: bool = False) -> None:
    ballot.result, ballot.is_withheld = result, is_withheld
    ballot.counted_at = timezone.now()
    ballot.state = SecretBallot.State.COUNTED
    ballot.save()
    note(ballot, Step.Kind.COUNTED, by=None)
