"""The commands; see the package's docstring."""

from __future__ import annotations

import os
import sys

from . import checks, installation, server
from .console import PYTHON, ROOT, Failed, Stopped, environment, say, stop_on_signals

COMMANDS = ("run", "test", "lint", "format", "lock", "build", "bench", "manage")


def main(arguments: list[str]) -> int:
    """Carry out one command. Every failure that is not a fault of this program is one clear line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal without Chinese letters is no reason to stop
    stop_on_signals()
    try:
        return command(*arguments)
    except Failed as failure:
        say()
        print(failure, file=sys.stderr, flush=True)
        return 1
    except Stopped as stopped:
        return stopped.exit_code


def command(name: str = "", *arguments: str) -> int:
    if name not in COMMANDS:
        raise Failed(f"Usage: python3 -m branch_portal.launch {'|'.join(COMMANDS)} [arguments]")
    if name == "run":
        return server.run()
    if name == "lock":
        installation.lock(*arguments)
        return 0
    installation.install(for_tests=name in {"test", "lint", "format", "bench"})
    return after_installation(name, *arguments)


def after_installation(name: str, *arguments: str) -> int:
    if name == "test":
        return checks.test(*arguments)
    if name == "lint":
        return checks.lint()
    if name == "format":
        return checks.format_code()
    if name == "manage":
        become("manage.py", *arguments)
    if name == "bench":
        become("-m", "bench", *arguments)
    return 0


def become(*arguments: str) -> None:
    """Hand the terminal over for good."""
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], environment())  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
