"""The server of one data folder: started by the first process that needs it, stopped by the last one.

What is promised, and what keeps it:

- *Lazy.* Nothing starts before the first connection; commands that need no database start no server.
- *Shared.* Every process that uses the server holds a shared lock on ``use.lock`` and drops it by ending,
  however it ends: the kernel keeps these locks. Who can make it exclusive at exit is the last and stops the
  server.
- *One at a time.* Starting and stopping happen under ``start.lock``: many processes may begin at once.
- *All or nothing.* A new cluster is made beside its place and renamed; an interrupted one is made again.
- *Private.* No network address, a socket in a folder that only the server's user enters.
- *Not root.* See ``places``: root's server runs as ``nobody``, and no folder is opened for it.
- *Forks.* A child forgets its parent's lock and takes its own when it connects.
- *kill -9.* Of a client: the server stays until the next command ends. Of the server: the next connection
  starts it again, and PostgreSQL recovers what was committed.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shlex
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from . import places
from .places import ClusterError

try:
    import fcntl
except ImportError:  # Windows: server_user() says so in words
    fcntl = None

START_SECONDS = 120  # recovery after a crash may take its time
STOP_SECONDS = 60
REFUSING = 1  # what pg_isready answers while the server is starting, recovering or stopping
DYING_SECONDS = 10  # how long a killed server and its children may take to leave
SIGNS_OF_DYING = ('"postmaster.pid" already exists', "pre-existing shared memory")
COMPLAINTS = ("FATAL:", "PANIC:", "error:", "DETAIL:", "HINT:")
TIME_AND_PROCESS = r"^[\d-]+ [\d:.]+ \w+ \[\d+\] "  # with which each line of the log begins

_clusters: dict[Path, Cluster] = {}


def cluster_at(home: Path | str) -> Cluster:
    """This process's one Cluster for that folder: threads share it, and so its lock."""
    path = Path(home).absolute()
    return _clusters.setdefault(path, Cluster(path))


class Cluster:
    """A data folder with its server. A client needs only ``hold()``; then ``sockets`` is the address."""

    def __init__(self, home: Path):
        self._asked_home = home
        self._forget_lock()

    def hold(self) -> None:
        """Have the server running from now until this process ends. Raises ClusterError."""
        with self._mutex:
            if self._use is None:
                with _in_one_line():
                    self._use = self._join()
                    self._pid = os.getpid()
                atexit.register(self._let_go)

    def revive(self) -> None:
        """After a refused connection: start the server if it died, wait if it is still recovering."""
        with self._mutex, _in_one_line(), self._starting():
            if self._answers():
                self._wait_until_ready()
            else:
                self._start()

    @staticmethod
    def program(name: str) -> Path:
        """One of PostgreSQL's client programs: psql, pg_dump, pg_restore …"""
        program = places.packaged_programs() / "bin" / name
        if not program.exists():
            raise ClusterError(f"PostgreSQL has no program {name}; there are those in {program.parent}.")
        return program

    # --- sharing -----------------------------------------------------------------------------

    def _forget_lock(self) -> None:
        """As at the beginning; in a forked child the closing leaves the parent's lock as it is."""
        self._mutex = threading.RLock()
        self._use: IO | None = None
        self._pid = 0

    def _join(self) -> IO:
        self.user = places.server_user()
        self.home = places.settle(self._asked_home, self.user)
        self.data = self.home / "data"
        self.sockets = places.socket_folder(self.home)
        use = (self.home / "use.lock").open("a")
        with self._starting():
            fcntl.flock(use, fcntl.LOCK_SH)
            if not self._answers():
                self._start()
        return use

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        with (self.home / "start.lock").open("a") as start:
            fcntl.flock(start, fcntl.LOCK_EX)
            yield

    def _let_go(self) -> None:
        if self._use is None or self._pid != os.getpid():
            return
        with contextlib.suppress(ClusterError, OSError), self._starting():  # the folder may be gone by now
            if self._is_last() and self._answers():
                self._tool("pg_ctl", "stop", "-w", "-m", "fast", "-t", str(STOP_SECONDS))

    def _is_last(self) -> bool:
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    # --- the server --------------------------------------------------------------------------

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(os.fsencode(places.socket_in(self.sockets))) == 0

    def _wait_until_ready(self) -> None:
        self._tool("pg_ctl", "status")
        ready = [self.program("pg_isready"), "-q", "-h", self.sockets, "-p", str(places.PORT)]
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(ready, check=False).returncode == REFUSING and time.monotonic() < deadline:
            time.sleep(0.1)

    def _start(self) -> None:
        """Start the server, making the cluster first where there is none. Needs start.lock."""
        places.make_private(self.sockets, self.user)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        deadline = time.monotonic() + DYING_SECONDS
        while True:
            self._disown_dead_server()
            try:
                return self._start_once()
            except ClusterError as error:
                if not any(sign in str(error) for sign in SIGNS_OF_DYING) or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _disown_dead_server(self) -> None:
        """After kill -9 the lock file may name a zombie (containers have nobody who buries them) or by now
        another program, and PostgreSQL would take that for a running server. If it names the starter, it is
        ignored, but not what else it says: PostgreSQL still makes sure that the dead server's children left.
        """
        file = self.data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError):
            number, newline, rest = file.read_bytes().partition(b"\n")
            if not _is_running_postgres(int(number)):
                file.write_bytes(b"%d" % os.getpid() + newline + rest)
                places.socket_in(self.sockets).with_suffix(f".{places.PORT}.lock").unlink(missing_ok=True)

    def _start_once(self) -> None:
        folder = str(self.sockets).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{folder}"',
            "port": places.PORT,
            # A failed statement carries what was typed or voted, and its DETAIL the row: neither is written down.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        try:
            self._tool("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-l", "server.log", "-o", options)
        except ClusterError as error:
            # Terse as the log is, it does not say which version the data are of.
            if "incompatible with server" not in str(error):
                raise
            version = (self.data / "PG_VERSION").read_text().strip()
            raise ClusterError(
                f"The data were initialized by PostgreSQL version {version}: {error}"
            ) from None

    def _make_cluster(self) -> None:
        """The builtin provider gives the same order and letters on every system, Chinese ones included."""
        new = self.home / "data.new"
        for leftover in (self.data, new):  # of an interrupted try
            shutil.rmtree(leftover, ignore_errors=True)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        self._tool("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale, data=new)
        new.rename(self.data)

    def _tool(self, name: str, *args: str, data: Path | None = None) -> None:
        """Run one of the server's programs as the server's user; its last words become the error."""
        log = self.home / "server.log"
        read = log.stat().st_size if log.exists() else 0
        # The server outlives the command and keeps its output open: a file, since a pipe would never close.
        with (self.home / "command.log").open("w+b") as output:
            done = subprocess.run(
                [places.server_programs(self.user) / "bin" / name, *args],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                env=_environment(data or self.data),
                check=False,
                **self._identity(),
            )
            if done.returncode:
                output.seek(0)
                said = output.read() + (log.read_bytes()[read:] if log.exists() else b"")
                raise ClusterError(f"{name} failed: {_reason(said)} (log: {log})")

    def _identity(self) -> dict:
        if not self.user.is_another:
            return {}
        return {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}


def _environment(data: Path) -> dict[str, str]:
    """Nothing of ours: no secrets for another user's process, and no PGPORT or PGOPTIONS to confuse it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", "PGDATA": str(data)}


def _is_running_postgres(pid: int) -> bool:
    proc = Path("/proc")
    if not (proc / "self").exists():  # macOS, where the dead are always buried
        return True
    try:
        name, _, state = (
            (proc / str(pid) / "stat").read_text(errors="replace").partition("(")[2].rpartition(")")
        )
    except OSError:
        return False
    return name == "postgres" and not state.lstrip().startswith("Z")


def _reason(said: bytes) -> str:
    """PostgreSQL's own explanation within what it said: the complaint with its detail, or the last line."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in COMPLAINTS)]
    return " ".join(re.sub(TIME_AND_PROCESS, "", line).strip() for line in (telling or lines)[-2:])


@contextlib.contextmanager
def _in_one_line() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise ClusterError(
            f"The embedded database cannot be used: {where}{error.strerror or error}."
        ) from error


def _forget_locks() -> None:
    for cluster in _clusters.values():
        cluster._forget_lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_locks)
