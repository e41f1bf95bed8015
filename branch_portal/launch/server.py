"""Serves the portal on this machine until Ctrl-C."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import subprocess
import time
from pathlib import Path

from .console import PYTHON, ROOT, Failed, Stopped, capture, end, quietly, say, start, step
from .installation import STAMPS, Stamp, check_machine, install, node

HOST = "127.0.0.1"
NAME = "localhost"  # browsers make passkeys for a name, never for a number
START_SECONDS = 60
CLOCK_SECONDS = 60


def run() -> int:
    """Set up, bring the database up to date, serve; 0 when asked to stop while serving."""
    port = chosen_port()
    check_machine()
    check_port_is_free(port)
    install()
    prepare_database()
    debug = os.environ.get("DEBUG", "").strip().lower() not in {"", "0", "false", "no", "off"}
    if not debug:
        collect_static_files()
    serve(port, debug)
    return 0


def chosen_port() -> int:
    text = os.environ.get("PORT", "").strip() or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Failed(f"PORT={text} is not a port: it takes a number from 1 to 65535.")
    return int(text)


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            busy = error.errno == errno.EADDRINUSE
            reason = "is in use by another program" if busy else f"cannot be used ({error.strerror})"
            raise Failed(f"Port {port} {reason}: try another, as in `make run PORT=8001`.") from None


def prepare_database() -> None:
    with step("Database"):
        quietly("Bringing the database up to date", PYTHON, "manage.py", "migrate", "--verbosity=0")
    with step("Sample branch") as remarks:
        output = quietly("Loading the sample branch", PYTHON, "manage.py", "load_sample", "--if-empty")
        remarks += output.splitlines()[-1:]


def collect_static_files() -> None:
    inputs = [ROOT / "static", ROOT / "package-lock.json", ROOT / "requirements.txt"]
    settings = ROOT / "branch_portal" / "settings.py"
    stamp = Stamp(STAMPS / "static", *inputs, settings, os.environ.get("VAR_DIR", ""))
    if stamp.is_fresh() and (ROOT / "var" / "static").exists():
        return
    with step("Static files"):
        quietly(
            "Collecting the static files", PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity=0"
        )
        stamp.write()


def serve(port: int, debug: bool) -> None:
    programs: list[subprocess.Popen] = []
    try:
        with step("Server"):
            programs += [start(*command) for command in (development(port) if debug else production(port))]
            code, logins = capture(PYTHON, "manage.py", "show_sample_logins")
            wait_until_it_answers(port, programs[0])
            programs.append(start(*clock()))
        say(f"\nThe portal is at http://{NAME}:{port}/ - Ctrl-C stops it.\n")
        say("" if code else logins.strip())
        wait_for_any(programs)
    except Stopped:
        with step("\nStopping"):
            stop_all(programs)
    finally:
        stop_all(programs)


def stop_all(programs: list[subprocess.Popen]) -> None:
    """The programs, and the embedded database if one of them had no time to stop it."""
    while programs:
        end(programs.pop())
    home = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "pg"
    if (home / "data" / "postmaster.pid").exists():
        capture(PYTHON, "-m", "branch_portal.embedded_postgres", home)


def production(port: int) -> list[list[object]]:
    options = ["--worker-class=gthread", "--workers=2", "--threads=4", f"--bind={HOST}:{port}"]
    quiet = ["--log-level=warning", "--no-control-socket", "--graceful-timeout=5"]
    return [[PYTHON, "-m", "gunicorn", *options, *quiet, "branch_portal.wsgi"]]


def development(port: int) -> list[list[object]]:
    """Both watch the files: Django starts itself again, esbuild bundles again."""
    return [
        [PYTHON, "manage.py", "runserver", f"{HOST}:{port}"],
        node(ROOT / "static" / "build.mjs", "--watch"),
    ]


def clock() -> list[object]:
    """Does what falls due where nobody looks."""
    return [PYTHON, "manage.py", "tick", f"--every={CLOCK_SECONDS}"]


def wait_until_it_answers(port: int, program: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if program.poll() is not None:
            raise Failed(f"The server ended at once (code {program.returncode}); its reasons are above.")
        if time.monotonic() > deadline:
            raise Failed(f"The server gave no answer for {START_SECONDS} s.")
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Any answer will do; what the pages say is the tests' business."""
    connection = http.client.HTTPConnection(HOST, port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_for_any(programs: list[subprocess.Popen]) -> None:
    """One that ends by itself takes the others along."""
    while all(program.poll() is None for program in programs):
        time.sleep(0.2)
    code = next(program.returncode for program in programs if program.poll() is not None)
    raise Failed(f"The server ended by itself (code {code}); its reasons are above.")
