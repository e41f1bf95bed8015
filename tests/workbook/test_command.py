"""``manage.py workbook``: a whole file or none, wrong arguments in one line, progress where somebody looks."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from branch_portal.management.commands import workbook as command
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_user

FOLDER = Path(settings.BASE_DIR)


@pytest.fixture
def branch(db):
    make_branch()
    make_meeting(by=make_user(Role.SECRETARY), title="春季党员大会", state="signed_off")


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        return file.read("word/document.xml").decode()


def test_writes_the_workbook_of_the_year(branch, tmp_path):
    path, said = tmp_path / "2025.docx", io.StringIO()
    call_command("workbook", "2025", str(path), stdout=said)
    assert "春季党员大会" in text_of(path)
    assert said.getvalue().startswith(f"{path}: 24 chapters, ")
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["2025.docx"]


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "支委会会议"), ("en", "Committee meetings")])
def test_writes_in_the_language_asked_for(branch, tmp_path, language, title):
    call_command("workbook", "2025", str(tmp_path / "a.docx"), language=language, verbosity=0)
    assert title in text_of(tmp_path / "a.docx")


@pytest.mark.parametrize(("verbosity", "number"), [(0, 0), (1, 0), (2, 24)])
def test_progress_is_shown_on_a_terminal_or_where_asked_for(branch, tmp_path, verbosity, number):
    told = io.StringIO()
    call_command(
        "workbook", "2025", str(tmp_path / "a.docx"), verbosity=verbosity, stdout=io.StringIO(), stderr=told
    )
    assert told.getvalue().count("of 24 chapters") == number


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["last", "a.docx"], "'last' is no year"),
        (["1900", "a.docx"], "'1900' is no year"),
        (["２０２５", "a.docx"], "is no year"),
        (["2025", "a.doc"], "does not end in .docx"),
        (["2025", "nowhere/a.docx"], "There is no folder 'nowhere'"),
        (["2025", "folder.docx"], "is a folder"),
    ],
)
def test_refuses_what_makes_no_sense_before_reading_anything(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(CommandError, match=said) as refused:
        call_command("workbook", *arguments)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "arguments",
    [["2025"], ["2025", "a.docx", "--language", "fr"]],
)
def test_wrong_arguments_are_one_line_and_an_exit_code(arguments, tmp_path):
    environment = {**os.environ, "LOCAL": "1", "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "workbook", *arguments],
        cwd=FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Usage: workbook YEAR FILE.docx" in done.stderr


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_else(branch, tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")

    def fails(_source, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.os, "replace", fails)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        call_command("workbook", "2025", str(path), verbosity=0)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.docx"]
