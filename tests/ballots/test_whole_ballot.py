"""A ballot from set-up to the announced result, through the actions."""

from __future__ import annotations

import pytest

from appraisals.ballots import actions, link_keys
from appraisals.ballots.archives import file_name, write_archive
from appraisals.ballots.figures import rows_of, turnout_of
from appraisals.ballots.models import PaperCount, Seat, SecretBallot, Voter
from appraisals.ballots.protocol.verification import verify_archive
from tests.ballots import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_marked_is_what_is_counted(tmp_path):
    stage = factories.opened(voters=7, questions=3, smallest_count=2)
    on_paper = stage.ballot.voters.get(member=stage.voters[6].member)
    actions.issue_paper(stage.ballot, on_paper, by=stage.secretary)
    marks = [[0, 1, None], [0, 0, 2], [1, 0, 3], [0, 0, None], [0, 1, 1]]
    trackers = [factories.vote(stage, voter, row) for voter, row in zip(stage.voters[:5], marks, strict=True)]
    factories.vote(stage, stage.voters[0], [3, 3, 3], replaces=trackers[0])
    assert turnout_of(stage.ballot).returned == 5

    factories.close(stage)
    assert stage.ballot.uuid not in link_keys.kept()
    assert Seat.objects.count() == 0
    assert {each.member_id: each.returned for each in stage.ballot.voters.all()} == {
        voter.member_id: (None if number == 6 else number < 5) for number, voter in enumerate(stage.voters)
    }

    factories.decrypt(stage)
    assert stage.ballot.state == SecretBallot.State.CLOSED  # the paper is not counted yet
    paper = {
        "returned": 1,
        "invalid": 0,
        "blank": 0,
        "marks": [[0, 1, 0, 0], [0] * 4, [1, 0, 0, 0]],
        "invalid_rows": [0, 1, 0],
    }
    actions.enter_paper(stage.ballot, by=stage.secretary, count=PaperCount(**paper))
    assert stage.refresh().state == SecretBallot.State.CLOSED
    actions.enter_paper(stage.ballot, by=stage.scrutineers[0], count=PaperCount(**paper))
    assert stage.refresh().state == SecretBallot.State.COUNTED

    assert [(row.counts, row.abstentions, row.invalid) for row in rows_of(stage.ballot)] == [
        ((3, 2, 0, 1), 0, 0),
        ((3, 1, 0, 1), 0, 1),
        ((1, 1, 1, 2), 1, 0),
    ]
    path = tmp_path / file_name(stage.ballot)
    with path.open("wb") as file:
        last_event = write_archive(stage.ballot, file)
    report = verify_archive(path, processes=1)
    assert (report.ballots, report.last_event) == (5, last_event)
    assert Voter.objects.filter(ballot=stage.ballot).count() == 7
