"""Running other programs: a line for each, their output only when they fail, an end to all at Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

TAIL_LINES = 40
PATIENCE = 15  # seconds that a program gets to end by itself


class Failed(Exception):
    """Something the person at the keyboard can do something about; the message is one line."""


class Stopped(Exception):
    """Ctrl-C, a closed terminal or a polite kill."""

    def __init__(self, number: int):
        super().__init__(number)
        self.exit_code = 128 + number


def stop_on_signals() -> None:
    """Raise Stopped at the first request to end, and let no later one interrupt the tidying up.

    SIGINT too: a shell's background jobs would otherwise ignore it.
    """

    def stop(number: int, frame: object) -> None:
        for each in requests:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    requests = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for each in requests:
        signal.signal(each, stop)


def say(text: str = "", end: str = "\n") -> None:
    print(text, end=end, flush=True)


def environment() -> dict[str, str]:
    """What every program is started with: this checkout's Python first, nothing of another project's."""
    foreign = {"PYTHONHOME", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
    own = {name: value for name, value in os.environ.items() if name not in foreign}
    own.setdefault("LOCAL", "1")
    own["PYTHON"] = str(PYTHON)
    own["VIRTUAL_ENV"] = str(VENV)
    own["PATH"] = os.pathsep.join([str(VENV / "bin"), own.get("PATH", os.defpath)])
    return own


@contextmanager
def step(label: str):
    """One line on the screen: the label at once, the seconds when it is done."""
    say(f"{label} ... ", end="")
    began = time.monotonic()
    remarks: list[str] = []
    try:
        yield remarks
    except BaseException:
        say("failed" if not isinstance(sys.exc_info()[1], Stopped) else "stopped")
        raise
    say(": ".join([f"{time.monotonic() - began:.1f} s", *remarks]))


def quietly(label: str, *command: object) -> str:
    """Run to the end and return the output; of a failure, print the end of the output and raise Failed."""
    code, output = capture(*command)
    if code:
        raise Failed(
            "\n".join(["", *output.splitlines()[-TAIL_LINES:], "", f"{label} failed (code {code})."])
        )
    return output


def capture(*command: object) -> tuple[int, str]:
    """A file and not a pipe: a server that is left behind would keep a pipe open."""
    with tempfile.TemporaryFile() as output:
        code = wait_for(start(*command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT))
        output.seek(0)
        return code, output.read().decode(errors="replace")


def start(*command: object, **options: object) -> subprocess.Popen:
    """In a process group of its own: at Ctrl-C it hears from us, once, and not from the terminal as well."""
    words = [str(part) for part in command]
    return subprocess.Popen(words, cwd=ROOT, env=environment(), process_group=0, **options)


def wait_for(program: subprocess.Popen) -> int:
    """The program's exit code; whatever happens, it does not run on when we are gone."""
    try:
        return program.wait()
    finally:
        end(program)


def end(program: subprocess.Popen) -> None:
    """Ask as Ctrl-C does, which lets a Python program tidy up; wait; insist."""
    if program.poll() is None:
        program.send_signal(signal.SIGINT)
        try:
            program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
