from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Memory, where there is enough of it: these tests make and crash many a server.
MEMORY = Path("/dev/shm")
QUICK_PLACE = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * 1024**3 else None

# What every script below begins with: Django on the embedded database in the folder argv[1].
DJANGO = """
import os, sys, django
from django.conf import settings
from pathlib import Path
database = {"ENGINE": "branch_portal.embedded_postgres", "OPTIONS": {"home": Path(sys.argv[1])}}
settings.configure(DATABASES={"default": database})
django.setup()
from django.db import connection, transaction

def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that ``nobody`` can reach, unlike pytest's own; servers in it are stopped at the end."""
    path = Path(tempfile.mkdtemp(prefix="portal-launch-", dir=QUICK_PLACE)).resolve()
    path.chmod(0o755)
    yield path
    for home in {file.parent.parent for file in path.rglob("postmaster.pid")}:
        subprocess.run([sys.executable, "-m", "branch_portal.embedded_postgres", home], cwd=ROOT, check=True)
    shutil.rmtree(path)


@pytest.fixture
def new_home(folder: Path) -> Path:
    """Where no cluster is as yet."""
    return folder / "var" / "pg"


@pytest.fixture
def home(new_home: Path, made_once: Path) -> Path:
    """With a cluster that has been used and left."""
    new_home.parent.mkdir()
    subprocess.run(["cp", "-a", made_once, new_home], check=True)
    return new_home


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """Making a cluster takes seconds on a slow disk."""
    with tempfile.TemporaryDirectory(prefix="portal-launch-", dir=QUICK_PLACE) as path:
        Path(path).chmod(0o755)
        Script(Path(path, "pg").resolve(), "ask('select 1')").finish()
        yield Path(path, "pg").resolve()


class Script:
    """A Python process with Django on the embedded database, as a command of the portal would be."""

    def __init__(self, home: Path, text: str):
        source = DJANGO + textwrap.dedent(text)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", source, str(home)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def line(self) -> str:
        """The next line it prints; '' if it ended instead."""
        return self.process.stdout.readline().strip()

    def finish(self) -> str:
        """Let it go on and end; what it still printed."""
        out, err = self.process.communicate("\n", timeout=30)
        assert self.process.returncode == 0, err
        return out.strip()

    def fail(self) -> str:
        """The last line of its complaint."""
        _, err = self.process.communicate("\n", timeout=30)
        assert self.process.returncode != 0
        return err.strip().splitlines()[-1]


@pytest.fixture
def script(new_home: Path):
    started: list[Script] = []

    def start(text: str, at: Path = new_home) -> Script:
        started.append(Script(at, text))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()
