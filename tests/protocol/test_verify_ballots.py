"""``manage.py verify_ballots``: what an auditor sees, run as an auditor runs it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.protocol.boards import small_board
from tests.protocol.elections import make_election, rows
from tests.protocol.test_tampering import set_at
from tests.protocol.vectors import NAMES, TAMPERED, VECTORS, archive_path, expected

ROOT = Path(__file__).parents[2]


def verify(*arguments: object) -> subprocess.CompletedProcess[str]:
    """In an environment without any setting: no secret, no database."""
    command = [sys.executable, "manage.py", "verify_ballots", *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_archive_is_reported_with_its_counts(name):
    done = verify(archive_path(name))
    wanted = expected(name)
    assert (done.returncode, done.stderr) == (0, "")
    for text in (wanted["uuid"], wanted["fingerprint"], wanted["last_event_sha256"]):
        assert text in done.stdout
    counts = [
        int(line.split()[0])
        for line in done.stdout.splitlines()
        if line.startswith("   ") and line.split()[0].isdigit()
    ]
    assert counts == [count for row in wanted["result"] for count in row]


def test_json_for_programs():
    done = verify(archive_path("mid"), "--json")
    wanted = expected("mid")
    report = json.loads(done.stdout)
    assert report["valid"] is True
    assert report["encrypted_tally"] == wanted["encrypted_tally_sha256"]
    assert report["ballots"] == {"checked": len(wanted["cast"]), "counted": wanted["num_tallied"]}
    shown = [
        [
            *([] if each["blank"] is None else [each["blank"]]),
            *(answer["count"] for answer in each["answers"]),
        ]
        for each in report["questions"]
    ]
    assert shown == wanted["result"]


@pytest.mark.parametrize("json_too", [False, True])
def test_a_tampered_archive_is_one_line_with_event_and_reason(json_too):
    case = next(each for each in TAMPERED if each["file"] == "04.bel")
    done = verify(VECTORS / "tampered" / "04.bel", *(["--json"] if json_too else []))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "event 2 (Ballot)" in line
    assert case["reason"] in line
    if json_too:
        report = json.loads(done.stdout)
        assert (report["valid"], report["event"]) == (False, "event 2 (Ballot)")
        assert case["reason"] in report["reason"]
    else:
        assert done.stdout == ""


def test_what_cannot_be_read_is_one_line_and_exit_code_2(tmp_path):
    (tmp_path / "empty.bel").touch()
    (tmp_path / "text.bel").write_text("hello")
    board = small_board()
    set_at("trustees", 0, 0, value="Pedersen")(board)
    (tmp_path / "threshold.bel").write_bytes(board.write())
    for path, reason in [
        (tmp_path / "missing.bel", "No such file"),
        (tmp_path, "Is a directory"),
        (tmp_path / "empty.bel", "not an archive"),
        (tmp_path / "text.bel", "not an archive"),
        (tmp_path / "threshold.bel", "not supported (threshold trustees)"),
    ]:
        done = verify(path)
        assert (done.returncode, done.stdout) == (2, ""), path
        (line,) = done.stderr.splitlines()
        assert reason in line


@pytest.mark.parametrize("arguments", [[], ["one.bel", "two.bel"], ["one.bel", "--xml"]], ids=str)
def test_a_wrong_command_line_is_one_line(arguments):
    done = verify(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_progress_is_shown_on_a_terminal_and_taken_away_again(tmp_path):
    made = make_election(rows(1), voters=7)
    path = tmp_path / "archive.bel"
    path.write_bytes(made.board([made.ballot(voter, [[0, 1, 0, 0]]) for voter in range(7)]).write())
    ours, theirs = pty.openpty()
    command = [sys.executable, "manage.py", "verify_ballots", str(path)]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]}, stdout=subprocess.PIPE, stderr=theirs, timeout=60
    )
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "Checked 3 of 7 ballots" in shown
    assert "Checked 7 of 7 ballots" in shown
    assert shown.endswith("\r\033[K")


def test_texts_of_an_election_cannot_forge_lines_of_the_report(tmp_path):
    question = rows(1)[0]
    forged = type(question)(("yes\n     9  no", "no\033[2J"), 0, 1, "?\r\nEverything holds", None)
    path = tmp_path / "archive.bel"
    path.write_bytes(make_election([forged]).board([]).write())
    done = verify(path)
    assert done.returncode == 0
    assert "yes      9  no" in done.stdout
    assert "\033" not in done.stdout
    assert done.stdout.count("\nEverything holds") == 1
