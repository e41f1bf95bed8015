"""`make run` from the outside: what it refuses, how it serves, and that nothing is left when it ends."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from branch_portal.launch.console import ROOT


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_busy_port_is_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("-m", "branch_portal.launch", "run", PORT=str(port))
    assert done.returncode == 1
    assert (
        done.stderr == f"Port {port} is in use by another program: try another, as in `make run PORT=8001`.\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "http", "８０００"])
def test_impossible_port_is_one_line(port):
    done = run("-m", "branch_portal.launch", "run", PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"PORT={port} is not a port: it takes a number from 1 to 65535.\n"


def test_unknown_command_is_one_line():
    done = run("-m", "branch_portal.launch", "fly")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u:p@localhost/x", "postgres://localhost", "postgres://h:x/n"]
)
def test_bad_database_address_is_one_line(url):
    done = run("manage.py", "check", DATABASE_URL=url, LOCAL="1")
    assert done.returncode == 1
    assert done.stderr.startswith("Settings: DATABASE_URL ")
    assert done.stderr.count("\n") == 1


SERVE = """
import sys
from branch_portal.launch import __main__, server
def command():
    server.serve(int(sys.argv[1]), False)
    return 0
__main__.command = command
sys.exit(__main__.main([]))
"""


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
def test_served_until_asked_to_stop_and_nothing_is_left(folder, request_to_end):
    port = free_port()
    process = serve(folder, port)
    try:
        lines = iter(process.stdout.readline, "")
        announced = next((line for line in lines if "portal is at" in line), process.poll())
        assert announced == f"The portal is at http://localhost:{port}/ - Ctrl-C stops it.\n"
        assert health(port) == 200
        assert (folder / "pg" / "data" / "postmaster.pid").exists()
        assert any("tick --every=60" in line for line in descendants(process.pid))
    finally:
        process.send_signal(request_to_end)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Stopping ... " in out
    assert "Traceback" not in out + err
    assert not (folder / "pg" / "data" / "postmaster.pid").exists()
    assert still_running(folder, port) == []


def serve(folder: Path, port: int) -> subprocess.Popen:
    foreign = {"DATABASE_URL", "PORTAL_TEST_RUN", "DEBUG"}
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)],
        cwd=ROOT,
        env={**environment, "VAR_DIR": str(folder), "LOCAL": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def health(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/healthz")
    status = connection.getresponse().status
    connection.close()
    return status


def descendants(pid: int) -> list[str]:
    """Command lines of the programs that it started."""
    shown = subprocess.run(["ps", "-eo", "ppid=,args="], capture_output=True, text=True, check=True)
    return [line for line in shown.stdout.splitlines() if line.split(maxsplit=1)[0] == str(pid)]


def still_running(folder: Path, port: int) -> list[str]:
    shown = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in shown.stdout.splitlines() if str(folder) in line or f"127.0.0.1:{port}" in line]
