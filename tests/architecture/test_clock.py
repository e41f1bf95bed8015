"""What ``manage.py tick`` does by the clock, and that one failing job stops neither the others nor the clock."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from members.importing import drafts
from members.importing.files import Table
from members.models import ImportDraft, ImportPart
from tests.ballots import factories
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_ballots_are_closed_when_their_time_has_come():
    stage = factories.opened(
        voters=5, questions=1, smallest_count=2, closes_at=timezone.now() + datetime.timedelta(hours=1)
    )
    output = StringIO()
    call_command("tick", stdout=output)
    assert output.getvalue() == ""
    factories.let_the_time_come(stage.ballot)
    call_command("tick", stdout=output)
    call_command("tick", stdout=output)
    assert output.getvalue() == f"Closed {stage.ballot.uuid}: 0 ballots online.\n"


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_clock_without_seconds_is_refused_in_one_line(seconds):
    with pytest.raises(CommandError, match="--every takes a number of seconds, 1 or more"):
        call_command("tick", every=seconds)


def test_the_clock_closes_ballots_again_and_again_and_outlives_an_error_of_the_database(monkeypatch):
    class Enough(BaseException):
        pass

    turns = iter([DatabaseError(), [], []])

    def close_those_due(_now):
        turn = next(turns, None)
        if turn is None:
            raise Enough
        if isinstance(turn, Exception):
            raise turn
        return turn

    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("appraisals.ballots.actions.close_those_due", close_those_due)
    errors = StringIO()
    with pytest.raises(Enough):
        call_command("tick", every=7, stderr=errors)
    assert slept == [7] * 4
    assert errors.getvalue() == "Ballots whose time has come could not be closed: DatabaseError.\n"


def test_tables_that_nobody_confirmed_for_a_day_are_forgotten_by_the_clock():
    old, new = (
        drafts.start(Table("花名册.csv", ["姓名"], [(2, ["陆秉文"])]), by=make_user()) for _number in range(2)
    )
    output = StringIO()
    call_command("tick", stdout=output)
    assert output.getvalue() == ""
    ImportDraft.objects.filter(pk=old.pk).update(made_at=timezone.now() - ImportDraft.LIFETIME)
    call_command("tick", stdout=output)
    assert output.getvalue() == "Uploaded tables that were a day old, forgotten: 1.\n"
    assert list(ImportDraft.objects.all()) == [new]
    assert list(ImportPart.objects.values_list("draft", flat=True)) == [new.pk]


def test_a_job_that_fails_keeps_no_other_from_being_done_and_is_told(monkeypatch):
    def fails(_now):
        raise DatabaseError("with the name of somebody")

    draft = drafts.start(Table("花名册.csv", ["姓名"], [(2, ["陆秉文"])]), by=make_user())
    ImportDraft.objects.update(made_at=timezone.now() - ImportDraft.LIFETIME)
    monkeypatch.setattr("appraisals.ballots.actions.close_those_due", fails)
    errors = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("tick", stderr=errors)
    assert end.value.code == 1
    assert errors.getvalue() == "Ballots whose time has come could not be closed: DatabaseError.\n"
    assert not ImportDraft.objects.filter(pk=draft.pk).exists()
