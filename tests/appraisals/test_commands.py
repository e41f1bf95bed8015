"""The archive of a year from the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from appraisals import actions
from appraisals.ballots import actions as ballot_actions
from appraisals.ballots.protocol.verification import verify_archive
from members.permissions import Role
from tests.appraisals.factories import make_round, vote
from tests.ballots import factories
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_archive_of_a_year_is_written_and_verifies(tmp_path):
    secretary = make_user(Role.SECRETARY, member=make_member())
    people = [make_user(member=make_member()) for _number in range(3)]
    round = make_round(by=secretary, members=[each.member for each in people], state="ballot", year=2024)
    path = tmp_path / "2024.bel"
    with pytest.raises(CommandError, match="There is no ballot for 2024"):
        call_command("export_ballots", "2024", str(path))
    vote(round, by=secretary)
    output = StringIO()
    call_command("export_ballots", "2024", str(path), stdout=output)
    assert verify_archive(path, processes=1).last_event in output.getvalue()
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_ballots", "2024", str(path))
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export_ballots", "2024", str(tmp_path / "nowhere" / "x.bel"))
    assert [each.name for each in tmp_path.iterdir()] == ["2024.bel"]


def test_what_is_not_counted_or_would_betray_votes_is_not_written(tmp_path):
    secretary = make_user(Role.SECRETARY, member=make_member())
    people = [make_user(member=make_member()) for _number in range(3)]
    round = make_round(
        by=secretary, members=[each.member for each in people], state="ballot", smallest_count=3
    )
    ballot = actions.set_up_ballot(round, by=secretary, scrutineers=[each.member for each in people[:2]])
    with pytest.raises(CommandError, match="not counted"):
        call_command("export_ballots", "2025", str(tmp_path / "x.bel"))
    stage = factories.Stage(ballot, secretary, people, people[:2])
    factories.hand_in_keys(stage)
    ballot_actions.open_voting(ballot, by=secretary)
    stage.refresh()
    factories.vote(stage, people[0], [0, 0, 0])
    factories.close(stage)
    with pytest.raises(CommandError, match="would betray votes"):
        call_command("export_ballots", "2025", str(tmp_path / "x.bel"))
