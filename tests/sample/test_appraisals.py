"""The sample's three rounds of the appraisal."""

from __future__ import annotations

import pytest

from appraisals.ballots.archives import write_archive
from appraisals.ballots.figures import rows_of, turnout_of
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.verification import verify_archive
from appraisals.models import Assessment, Round
from tests.sample.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_one_is_finished_one_votes_and_one_is_planned():
    found = dict(Round.objects.values_list("year", "state"))
    assert found == {NOW.year - 1: "archived", NOW.year: "ballot", NOW.year + 1: "plan"}


def test_the_finished_one_has_an_archive_that_verifies(tmp_path):
    round = Round.objects.get(state="archived")
    path = tmp_path / "sample.bel"
    with path.open("wb") as file:
        write_archive(round.ballot, file)
    report = verify_archive(path, processes=1)
    assert report.ballots == round.ballot.online_returned >= 15
    assert len(rows_of(round.ballot)) == round.participants.graded().count()
    assert not Assessment.objects.filter(participant__round=round, grade="").exists()
    assert round.assessment_meeting == round.meeting


def test_the_open_one_waits_for_the_accounts_that_are_shown(loaded):
    ballot = Round.objects.get(state="ballot").ballot
    assert ballot.state == SecretBallot.State.OPEN
    turnout = turnout_of(ballot)
    assert (turnout.returned_online, turnout.issued_on_paper) == (6, 1)
    assert [sheet.login for sheet in loaded.sheets] == ["discipline", "leader"]
    assert all(len(sheet.text) == 14 * 6 - 1 for sheet in loaded.sheets)
