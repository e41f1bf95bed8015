"""The sample's three rounds of the appraisal."""

from __future__ import annotations

import json
import secrets
import subprocess
from pathlib import Path

import pytest

from appraisals.ballots import actions
from appraisals.ballots.archives import write_archive
from appraisals.ballots.figures import rows_of, turnout_of
from appraisals.ballots.models import PaperCount, SecretBallot
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.trustees import Trustee, TrusteeKey, trustee_key_from_secret
from appraisals.ballots.protocol.verification import verify_archive
from appraisals.ballots.texts import election_of, encrypted_tally_of
from appraisals.models import Assessment, Round
from branch_portal.launch.installation import node
from members.models import User
from tests.sample.conftest import NOW

READER = Path(__file__).resolve().parents[2] / "static" / "js" / "ballot" / "backup.js"
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


def keys_on(sheets) -> dict[str, TrusteeKey]:
    """What the scrutineers' own devices read from the sheets, by log-in."""
    script = (
        f"import {{ readBackup }} from {json.dumps(READER.as_uri())};"
        "console.log(JSON.stringify(process.argv.slice(1).map((text) => String(readBackup(text).secret))));"
    )
    command = [str(each) for each in node("--input-type=module", "-e", script)]
    done = subprocess.run(
        [*command, *(sheet.text for sheet in sheets)], capture_output=True, text=True, check=True
    )
    secret_of = zip(sheets, json.loads(done.stdout), strict=True)
    return {sheet.login: trustee_key_from_secret(secret) for sheet, secret in secret_of}


def test_the_open_one_is_counted_with_the_keys_on_the_printed_sheets(loaded):
    ballot = Round.objects.get(state="ballot").ballot
    keys = keys_on(loaded.sheets)
    for scrutineer in ballot.scrutineers.select_related("member__user"):
        handed_in = Trustee.from_json(json.loads(scrutineer.public_key))
        assert keys[scrutineer.member.user.username].public == handed_in.public_key

    secretary = User.objects.get(username="secretary")
    actions.close(ballot, by=secretary)
    ballot.refresh_from_db()
    by_login = {login: User.objects.get(username=login) for login in keys}
    for login, key in keys.items():
        share = decrypt_partially(
            election_of(ballot), encrypted_tally_of(ballot), key, secrets.token_bytes
        ).to_json()
        actions.hand_in_share(ballot, by=by_login[login], data=share)
    rows = ballot.questions.count()
    answers = len(ballot.questions.first().answers)
    for user in (secretary, by_login["leader"]):
        empty = {"marks": [[0] * answers] * rows, "invalid_rows": [0] * rows}
        actions.enter_paper(ballot, by=user, count=PaperCount(returned=1, invalid=0, blank=1, **empty))
    ballot.refresh_from_db()
    assert ballot.state == SecretBallot.State.COUNTED
    assert {sum(row.counts) + row.abstentions for row in rows_of(ballot)} == {7}
