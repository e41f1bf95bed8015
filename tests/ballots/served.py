"""A portal of its own with a ballot open, served as ``make run`` serves it: for casting by many at once, and for killing it.

``python -m tests.ballots.served PEOPLE ROWS FILE`` fills the database of the environment and writes what the voters send;
``python -m tests.ballots.served cancel`` makes the next vote fail in the database.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from branch_portal.launch.server import production

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a" * 32


@dataclass(frozen=True)
class Vote:
    """What one voter sends: the session's cookie and the sealed ballot; and whose it is and what it says, for searching."""

    session: str
    data: bytes
    name: str
    marks: list[int]


class Portal:
    """A running server; ``votes`` are ready to be sent."""

    def __init__(self, folder: Path, port: int, votes: list[Vote], path: str) -> None:
        self.folder, self.port, self.votes, self.path = folder, port, votes, path
        self.server: subprocess.Popen | None = None

    def cast(self, vote: Vote, *, timeout: float = 30) -> tuple[int, dict]:
        """The status and the answer; OSError if the connection is lost, as a telephone sees it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            self._send(connection, vote)
            answer = connection.getresponse()
            body = answer.read()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status, json.loads(body) if is_json else {}

    def hang_up(self, vote: Vote, *, after: float) -> None:
        """Send the ballot and lose the connection so many seconds later, answered or not."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            self._send(connection, vote)
            time.sleep(after)
        finally:
            connection.close()

    def _send(self, connection: http.client.HTTPConnection, vote: Vote) -> None:
        headers = {
            "Cookie": f"sessionid={vote.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "X-Replaces": "",
            "Content-Type": "application/json",
        }
        connection.request("POST", self.path, vote.data, headers)

    def start(self) -> None:
        command = [str(each) for each in production(self.port)[0]]
        with (self.folder / "server.err").open("ab") as errors:
            self.server = subprocess.Popen(command, cwd=ROOT, env=environment(self.folder), stderr=errors)
        deadline = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < deadline, "the server gave no answer"
            time.sleep(0.1)

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill_workers(self) -> None:
        """As the kernel does when memory runs out: no farewell."""
        for pid in children(self.server.pid):
            kill(pid)

    def kill_database(self) -> None:
        """The server and everything it has started, at once."""
        pid = int((self.folder / "pg" / "data" / "postmaster.pid").read_text().split()[0])
        for each in [pid, *children(pid)]:
            kill(each)

    def trackers(self) -> list[str]:
        """What lies in the box, asked by another program than the server."""
        script = (
            "import django; django.setup(); from appraisals.ballots.models import Seat; "
            "print(*Seat.objects.taken().values_list('tracker', flat=True), sep='\\n')"
        )
        return run(self.folder, "-c", script).split()

    def logs(self) -> dict[str, str]:
        """What the server and its database have written down so far."""
        files = {"server": self.folder / "server.err", "database": self.folder / "pg" / "server.log"}
        return {name: file.read_text(errors="replace") for name, file in files.items()}

    def cast_and_fail(self, vote: Vote) -> int:
        """Send a ballot whose storing the database cancels; the status that the voter gets."""
        command = [sys.executable, "-m", "tests.ballots.served", "cancel"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment(self.folder), stdout=subprocess.PIPE
        ) as canceller:
            assert canceller.stdout.readline() == b"held\n"
            status, _answer = self.cast(vote, timeout=60)
        assert canceller.returncode == 0
        return status

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(30)


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BALLOT_KEYS"}}
    settings = {"DJANGO_SETTINGS_MODULE": "branch_portal.settings", "LOCAL": "1", "VAR_DIR": str(folder)}
    return {**kept, **settings}


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment(folder), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def served(folder: Path, *, people: int, rows: int) -> Iterator[Portal]:
    """A portal below ``folder`` with a ballot of so many people and rows, open; stopped at the end."""
    run(folder, "manage.py", "migrate", "--verbosity=0")
    file = folder / "votes.json"
    run(folder, "-m", "tests.ballots.served", str(people), str(rows), str(file))
    prepared = json.loads(file.read_text())
    votes = [Vote(**{**vote, "data": vote["data"].encode()}) for vote in prepared["votes"]]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    portal = Portal(folder, port, votes, prepared["path"])
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()


def children(pid: int) -> list[int]:
    """The processes that this one has started, from /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found.append(int(entry.parent.name))
    return found


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


# --- in a process of its own, on that portal's database -----------------------------------------------
def prepare(people: int, rows: int, file: Path) -> None:
    from django.test import Client
    from django.urls import reverse

    from tests.ballots import factories

    stage = factories.opened(voters=people, questions=rows, smallest_count=2, hides_own_row=False)
    sessions = []
    for user in stage.voters:
        client = Client()
        client.force_login(user)
        sessions.append(client.cookies["sessionid"].value)
    with ProcessPoolExecutor(initializer=django_in_child) as processes:
        marks = [[user.member_id % 4] * rows for user in stage.voters]
        jobs = [
            (stage.ballot.pk, user.member_id, each) for user, each in zip(stage.voters, marks, strict=True)
        ]
        sealed = list(processes.map(seal, jobs, chunksize=4))
    names = [user.member.name for user in stage.voters]
    path = reverse("ballots:cast", args=[stage.ballot.pk])
    votes = [
        {"session": session, "data": data, "name": name, "marks": marked}
        for session, data, name, marked in zip(sessions, sealed, names, marks, strict=True)
    ]
    file.write_text(json.dumps({"path": path, "votes": votes}))


def django_in_child() -> None:
    """A forked connection must not be shared."""
    from django.db import connections

    connections.close_all()


def seal(job: tuple[int, int, list[int]]) -> str:
    from appraisals.ballots.models import SecretBallot
    from members.models import User
    from tests.ballots import factories

    ballot, member, marks = job
    stage = factories.Stage(SecretBallot.objects.get(pk=ballot), None, [], [])
    return factories.seal(stage, User.objects.get(member=member), marks).decode()


def cancel() -> None:
    """Hold the box until a vote waits to be stored, then have the database refuse that vote's statement."""
    from django.db import connection, transaction

    waiting = (
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE \"ballots_seat\"%'"
    )
    deadline = time.monotonic() + 60
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ballots_seat IN EXCLUSIVE MODE")
        print("held", flush=True)
        cursor.execute(waiting)
        while not cursor.fetchall():
            assert time.monotonic() < deadline, "nobody voted"
            time.sleep(0.05)
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "cancel":
        cancel()
    else:
        prepare(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
