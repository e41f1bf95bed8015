"""Each step of the set-up is done when it must be, and only then."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from branch_portal.launch import installation
from branch_portal.launch.console import Failed
from branch_portal.launch.installation import Stamp

LAUNCH = Path(installation.__file__).parent


@pytest.fixture
def commands(tmp_path, monkeypatch) -> list[str]:
    """The set-up in an empty folder; commands are noted down, not run."""
    noted: list[str] = []

    def note(label: str, *command: object) -> str:
        noted.append(" ".join(map(str, command)))
        return ""

    for name in ("requirements.txt", "requirements-dev.txt", "package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(installation, "ROOT", tmp_path)
    monkeypatch.setattr(installation, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(installation, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(installation, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(installation, "quietly", note)
    monkeypatch.setattr(installation, "_node_folder", lambda: Path("node"))
    (tmp_path / ".venv").mkdir()
    return noted


def test_stamp_is_fresh_until_an_input_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(installation, "ROOT", tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.js").write_text("1")

    def stamp() -> Stamp:
        return Stamp(tmp_path / "stamps" / "s", tmp_path / "in", "text")

    assert not stamp().is_fresh()
    stamp().write()
    assert stamp().is_fresh()
    (tmp_path / "in" / "a.js").rename(tmp_path / "in" / "b.js")
    assert not stamp().is_fresh()
    stamp().write()
    (tmp_path / "in" / "b.js").write_text("2")
    assert not stamp().is_fresh()


def test_environment_is_made_once(commands):
    installation.make_environment()
    installation.make_environment()
    assert len(commands) == 1
    assert "-m venv --clear" in commands[0]


def test_environment_is_made_anew_after_an_interrupted_installation(commands, monkeypatch):
    installation.make_environment()

    def interrupted(label: str, *command: object) -> str:
        raise Failed("no network")

    with monkeypatch.context() as patch:
        patch.setattr(installation, "quietly", interrupted)
        with pytest.raises(Failed):
            installation.install_python_packages(for_tests=False)
    installation.make_environment()
    assert ["venv" in command for command in commands] == [True, True]


def test_environment_is_made_anew_where_its_python_is_gone(commands, monkeypatch):
    installation.make_environment()
    monkeypatch.setattr(installation, "PYTHON", Path("/nowhere/python"))
    installation.make_environment()
    assert len(commands) == 2


def test_environment_is_made_anew_in_a_moved_checkout(commands, tmp_path, monkeypatch):
    installation.make_environment()
    (tmp_path / ".venv").rename(tmp_path / "moved")
    monkeypatch.setattr(installation, "VENV", tmp_path / "moved")
    installation.make_environment()
    assert len(commands) == 2


def test_python_without_venv_is_told_the_command(commands, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(Failed, match="apt-get install python3-venv"):
        installation.make_environment()
    assert commands == []


def test_python_that_is_too_old_is_told_so(monkeypatch):
    version = namedtuple("version", "major minor micro")(3, 10, 12)
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(Failed, match=r"Python 3\.11 or newer is needed, this is 3\.10"):
        installation.check_machine()


@pytest.mark.parametrize("file", sorted(LAUNCH.glob("*.py")), ids=lambda file: file.name)
def test_an_old_python_can_read_as_far_as_that_message(file):
    ast.parse(file.read_text(), feature_version=(3, 8))


def test_packages_of_the_tests_serve_for_running_too(commands):
    installation.install_python_packages(for_tests=False)
    installation.install_python_packages(for_tests=False)
    installation.install_python_packages(for_tests=True)
    installation.install_python_packages(for_tests=False)
    assert [command.rsplit("/", 1)[-1] for command in commands] == [
        "requirements.txt",
        "requirements-dev.txt",
    ]
    assert all("--require-hashes" in command for command in commands)


def test_changed_lock_file_is_installed(commands, tmp_path):
    installation.install_python_packages(for_tests=True)
    (tmp_path / "requirements.txt").write_text("newer")
    installation.install_python_packages(for_tests=False)
    assert len(commands) == 2


def test_node_packages_of_the_tests_serve_for_running_too(commands):
    for for_tests in (False, False, True, False):
        installation.install_node_packages(for_tests)
    assert ["--omit=dev" in command for command in commands] == [True, False]
