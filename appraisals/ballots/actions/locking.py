"""Which locks the actions take.

Casting locks no row: a row lock would leave the number of its transaction in the voter's row and in the sealed ballot's,
and so pair them. It takes advisory locks instead, which leave no trace: a shared one on the ballot, its own on the voter.
Whoever opens, closes or voids takes the ballot's exclusively.
"""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from collections.abc import Iterator

from django.db import connection, transaction

from appraisals.ballots import workflow
from appraisals.ballots.models import SecretBallot, Step
from appraisals.ballots.workflow import Act
from members.models import Member, User

_SPACE = "ballots"


@contextlib.contextmanager
def locked(ballot: SecretBallot, *, by: User | None, act: Act) -> Iterator[SecretBallot]:
    """The ballot alone, to the end of the transaction, checked for the act. ``by`` None: the clock does it."""
    with transaction.atomic():
        _advisory("pg_advisory_xact_lock", f"ballot {ballot.pk}")
        # Not against those who only refer to the row: the closing of another ballot writes the whole roll anew.
        row = SecretBallot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
        if by is None:
            workflow.check_state(act, row)
        else:
            workflow.check(by, act, row)
        yield row


def share(ballot_pk: int) -> None:
    """Nobody closes the ballot until the end of this transaction; others may cast meanwhile."""
    _advisory("pg_advisory_xact_lock_shared", f"ballot {ballot_pk}")


def hold_voter(voter: uuid.UUID) -> None:
    """This voter's casting and issuing of paper, one after the other."""
    _advisory("pg_advisory_xact_lock", f"voter {voter}")


def rewrite_alone() -> None:
    """One closing at a time, until the end of this transaction. Taken before the first look at the roll and the seats: two
    that had read both tables would each wait for the other to let go of them."""
    _advisory("pg_advisory_xact_lock", "rewriting")


def lock_tables(*models) -> None:
    """Nobody reads or writes these tables until the end of this transaction. Taken after the locks on a ballot and a voter,
    never before, so that no two transactions wait for each other."""
    names = ", ".join(f'"{model._meta.db_table}"' for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


def note(
    ballot: SecretBallot, kind: Step.Kind, *, by: User | None, about: Member | None = None, text: str = ""
) -> None:
    """One step of the ballot's history."""
    Step.objects.create(ballot=ballot, kind=kind, by=by, about=about, note=text[:300])


def _advisory(function: str, name: str) -> None:
    digest = hashlib.sha256(f"{_SPACE} {name}".encode()).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
