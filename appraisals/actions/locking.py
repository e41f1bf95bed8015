"""The lock under which everything of a round happens."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pghistory
from django.db import transaction

from appraisals import workflow
from appraisals.models import Round
from appraisals.workflow import Act
from members.models import User


@contextlib.contextmanager
def locked(round: Round, *, by: User, act: Act) -> Iterator[Round]:
    """The round's row to the end of the transaction, checked for the act."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
        workflow.check(by, act, row)
        yield row


def save(round: Round, *fields: str, by: User) -> None:
    round.changed_by = by
    round.save(update_fields=[*fields, "changed_by", "changed_at"])
