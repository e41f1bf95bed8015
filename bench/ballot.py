"""What an election costs: encrypting a ballot, checking it, verifying the archive of a whole branch.

Beside the independent verifier where it is installed (``.ci/belenios-tool``, ``BELENIOS_TOOL``), and beside libsodium
alone: the same operations of the group on the same data with nothing around them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from nacl._sodium import ffi, lib

from appraisals.ballots.protocol import group
from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.checks import check_ballot
from appraisals.ballots.protocol.verification import verify_archive
from branch_portal.launch.installation import node
from tests.browser import chromium
from tests.browser.ballot_stand import ballot_stand
from tests.protocol import independent
from tests.protocol.elections import Made, make_election, rows

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS, VOTERS, RUNS = (10, 30, 50), 50, 3
NAME = "ballot protocol"


def measure(words: list[str]) -> None:
    if words and not any(word in NAME for word in words):
        return
    elections = {number: make_election(rows(number), voters=VOTERS) for number in QUESTIONS}
    made = elections[30]
    board = made.board([made.ballot(voter, votes(30, voter)) for voter in range(VOTERS)])
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, f"{made.election.uuid}.bel")
        archive.write_bytes(board.write())
        show_node(elections)
        show_chromium(elections, board.write())
        show_python(made, board.ballots[0])
        show_whole_archive(archive, made.election.uuid, board)
        show_share_of_libsodium(archive)
        show_memory(Path(folder))


def votes(questions: int, voter: int) -> list[list[int]]:
    """One of the four grades, or none, for everybody."""
    return [[int(answer == (voter + row) % 5) for answer in range(4)] for row in range(questions)]


def line(what: str, value: float, unit: str, remark: str = "") -> None:
    print(
        f"{what:<58} {value:8.{0 if value >= 100 else 1 if value >= 10 else 2}f} {unit:<3} {remark}".rstrip()
    )


def median(run: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


# --- JavaScript -----------------------------------------------------------------------------------


def show_node(elections: dict[int, Made]) -> None:
    requests = [
        {
            "do": "encrypt",
            "election": made.election.data.decode(),
            "private": made.credentials[0].private,
            "choices": votes(number, 0),
        }
        for number, made in elections.items()
    ]
    made = elections[30]
    ballot = made.ballot(0, votes(30, 0)).decode()
    setup = {"election": made.election.data.decode(), "credentials": made.roll.data.decode()}
    requests.append({"do": "check", "ballot": ballot, **setup})
    command = [str(each) for each in node(ROOT / "bench" / "ballot.mjs")]
    lines = "".join(json.dumps(each) + "\n" for each in requests)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    *encrypting, checking = map(json.loads, done.stdout.splitlines())
    for number, took in zip(elections, encrypting, strict=True):
        line(f"encrypt {number} questions x 4 answers, Node", took, "ms")
    line("check a ballot of 30 x 4, Node, one core", checking, "ms")


def show_chromium(elections: dict[int, Made], archive: bytes) -> None:
    found = chromium.find()
    if found is None:
        print(chromium.NOT_RUN)
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with ballot_stand() as stand, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**found.launch_options())
        page = browser.new_page()
        page.goto(stand.url)
        page.wait_for_function("() => globalThis.stand !== undefined")
        for number, made in elections.items():
            setup = made.board([]).write()
            cast = page.evaluate(
                "given => globalThis.stand.vote(given)",
                {
                    "archive": stand.put(f"{number}.bel", setup),
                    "credential": made.credentials[0].private,
                    "choices": votes(number, 0),
                },
            )
            (first, blocked), (again, blocked_again) = cast["first"], cast["second"]
            remark = f"with starting the worker; page busy at most {max(blocked, blocked_again):.0f} ms"
            line(f"encrypt {number} questions x 4 answers, Chromium", first, "ms", remark)
            line("  once more in the same worker", again, "ms")
        made = elections[30]
        counted = page.evaluate(
            "given => globalThis.stand.count(given)",
            {"archive": stand.put("count.bel", archive), "secret": made.keys[0].encode_secret()},
        )
        for name, what in {
            "fromNothing": f"board of {VOTERS} voters x 30, Chromium, from nothing",
            "checked": "  ballots checked as they came",
            "afterReload": "  the same after opening the page again",
            "decrypted": "  partial decryption",
        }.items():
            took, blocked = counted[name]
            line(what, took / 1000, "s", f"page busy at most {blocked:.0f} ms")
        browser.close()


# --- Python ---------------------------------------------------------------------------------------


def show_python(made: Made, data: bytes) -> None:
    def check() -> None:
        check_ballot(Ballot.from_json(data, made.election), made.election, made.roll)

    line("check a ballot of 30 x 4, Python, one core", median(check, 7) * 1000, "ms")


def show_whole_archive(archive: Path, uuid: str, board) -> None:
    """Library and command, in one process and in as many as there are cores, then the tool's commands."""
    what = f"archive of {VOTERS} voters x 30"
    line(f"{what}, one process", median(lambda: verify_archive(archive, processes=1)), "s")
    line(f"{what}, all cores", median(lambda: verify_archive(archive)), "s")
    command = [sys.executable, "manage.py", "verify_ballots", str(archive)]
    environment = {"PATH": os.environ["PATH"]}  # as an auditor has it: no settings

    def verify_ballots() -> None:
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    ours = median(verify_ballots)
    line(f"{what}, manage.py verify_ballots", ours, "s")
    tool = independent.find()
    if tool is None:
        print(independent.NOT_RUN)
        return
    content = archive.read_bytes()
    verify = median(lambda: tool.accepts_archive(content, uuid))
    name = "belenios-tool " + ".".join(map(str, tool.version[:2]))
    line(f"{what}, {name} election verify", verify, "s", f"verify_ballots takes {ours / verify:.2f} of it")
    one = median(lambda: tool.accepts_ballot(board.ballots[0], board.write_setup(), uuid))
    each = verify + VOTERS * one
    line(
        f"  and verify-ballot, {one:.2f} s for each",
        each,
        "s",
        f"verify_ballots takes {ours / each:.2f} of it",
    )


COUNTED = (
    "crypto_scalarmult_ed25519_noclamp",
    "crypto_scalarmult_ed25519_base_noclamp",
    "crypto_core_ed25519_add",
    "crypto_core_ed25519_sub",
    "crypto_core_ed25519_is_valid_point",
)


def show_share_of_libsodium(archive: Path) -> None:
    """The very calls of one verification, recorded, and made again with nothing around them."""
    calls: list[tuple[Callable[..., object], tuple[bytes, ...]]] = []
    with recorded(calls):
        verify_archive(archive, processes=1)
    buffer = ffi.new("unsigned char[32]")

    def replay() -> None:
        for function, arguments in calls:
            function(*arguments) if function is lib.crypto_core_ed25519_is_valid_point else function(
                buffer, *arguments
            )

    alone, whole = [], []
    for _ in range(RUNS):  # by turns, so that a busy machine harms both alike
        alone.append(median(replay, 1))
        whole.append(median(lambda: verify_archive(archive, processes=1), 1))
    share = statistics.median(alone) / statistics.median(whole)
    number = Counter(function for function, _ in calls)[lib.crypto_scalarmult_ed25519_noclamp]
    line("  inside libsodium", 100 * share, "%", f"{len(calls)} calls, {number} of them multiplications")


@contextmanager
def recorded(calls: list):
    def recorder(name: str):
        original, function = getattr(group, name), getattr(lib, name)

        def record(*arguments: bytes):
            calls.append((function, arguments))
            return original(*arguments)

        return record

    with patch.multiple(group, **{name: recorder(name) for name in COUNTED}):
        yield


def show_memory(folder: Path) -> None:
    """The largest memory of a process that verifies few ballots, and ten times as many."""
    script = (
        "import re, sys; from appraisals.ballots.protocol.verification import verify_archive;"
        "verify_archive(sys.argv[1], processes=1);"
        # Not getrusage: its largest is that of the process that started this one.
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
    )
    peaks = []
    for voters in (20, 200):
        made = make_election(rows(5), voters=voters)
        path = folder / f"memory-{voters}.bel"
        path.write_bytes(made.board([made.ballot(voter, votes(5, voter)) for voter in range(voters)]).write())
        command = [sys.executable, "-c", script, str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        peaks.append((float(done.stdout), path.stat().st_size / 2**20))
    (few, small), (many, large) = peaks
    line("memory of verifying 20 ballots", few, "MB", f"archive of {small:.1f} MB")
    line("memory of verifying 200 ballots", many, "MB", f"archive of {large:.1f} MB")
