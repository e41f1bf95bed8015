"""Everything that must be right before a change is taken: style, directions of imports, tests."""

from __future__ import annotations

import os
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from .console import PYTHON, ROOT, VENV, capture, say, start, wait_for
from .installation import node

RESULTS = ROOT / "var" / "test-results"
BIOME = ROOT / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"


@dataclass(frozen=True)
class Outcome:
    """What one part of the checks came to."""

    name: str
    passed: int
    failed: int
    skipped: int = 0


def test(*pytest_arguments: str) -> int:
    """All parts, whatever becomes of the earlier ones; the last line counts their tests together."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    outcomes = [*check_style(), *run_javascript_tests(), run_python_tests(*pytest_arguments)]
    say(permissions_checked(RESULTS / "python.xml"))
    return conclude(outcomes)


def lint() -> int:
    return conclude(check_style())


def conclude(outcomes: list[Outcome]) -> int:
    failures = [outcome.name for outcome in outcomes if outcome.failed]
    say(f"\nFailed: {', '.join(failures)}" if failures else "")
    passed, failed = sum(each.passed for each in outcomes), sum(each.failed for each in outcomes)
    skipped = sum(each.skipped for each in outcomes)
    say(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failures else 0


# --- style ----------------------------------------------------------------------------------------


def style_commands() -> dict[str, list[object]]:
    return {
        "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        "biome": node(BIOME, "check", "--no-errors-on-unmatched", "--log-level=warn"),
        "import-linter": [
            PYTHON,
            VENV / "bin" / "lint-imports",
            "--no-logo",
            "--cache-dir=var/import_linter",
        ],
    }


def check_style() -> list[Outcome]:
    return [check(name, command) for name, command in style_commands().items()]


def check(name: str, command: list[object]) -> Outcome:
    began = time.monotonic()
    code, output = capture(*command)
    say(f"{name}: {'failed' if code else 'passed'} in {time.monotonic() - began:.1f} s")
    if code:
        say(output)
    return Outcome(name, passed=int(not code), failed=int(bool(code)))


def format_code() -> int:
    """What a program can put right; ``lint`` says what is left."""
    for command in (
        [PYTHON, "-m", "ruff", "check", "--fix", "--exit-zero", "--quiet", "."],
        [PYTHON, "-m", "ruff", "format", "."],
        node(BIOME, "check", "--write", "--no-errors-on-unmatched", "--log-level=warn"),
    ):
        wait_for(start(*command))
    return lint()


# --- tests ----------------------------------------------------------------------------------------


def run_javascript_tests() -> list[Outcome]:
    files = sorted(path.relative_to(ROOT) for path in (ROOT / "tests" / "js").rglob("*.test.js"))
    if not files:
        return []
    report = RESULTS / "javascript.xml"
    reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
    reporters += ["--test-reporter=junit", f"--test-reporter-destination={report}"]
    return [counted("JavaScript tests", report, node("--test", *reporters, *files))]


def permissions_checked(report: Path) -> str:
    """One line on the size of the matrix of permissions, from what its tests noted; "" if they were not run."""
    root = ElementTree.parse(report) if report.exists() else None  # noqa: S314 - our own
    figures: dict[str, list[int]] = {}
    for note in root.iter("property") if root else []:
        if note.get("name", "").startswith("permissions_"):
            figures.setdefault(note.get("name"), []).append(int(note.get("value")))
    if "permissions_checked" not in figures:
        return ""
    checked, deviations = sum(figures["permissions_checked"]), sum(figures["permissions_deviations"])
    routes = max(figures["permissions_routes"])
    return (
        f"\nPermissions: {routes} routes × roles × own and others' objects × methods: "
        f"{checked} answers checked, {deviations} deviations"
    )


def run_python_tests(*arguments: str) -> Outcome:
    os.environ["PORTAL_TEST_RUN"] = str(os.getpid())  # the name of this run's databases
    report = RESULTS / "python.xml"
    command = [PYTHON, "-m", "pytest", "--numprocesses=2", f"--junit-xml={report}", *arguments]
    return counted("Python tests", report, command)


def counted(name: str, report: Path, command: list[object]) -> Outcome:
    """Run tests on the open screen, and count them in the report that they leave."""
    report.unlink(missing_ok=True)
    code = wait_for(start(*command))
    cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314 - our own
    marks = [{mark.tag for mark in case} for case in cases]
    failed = sum(bool(mark & {"failure", "error"}) for mark in marks)
    skipped = sum("skipped" in mark for mark in marks)
    if code and not failed:  # it broke down, or found no test at all
        failed = 1
    return Outcome(name, passed=max(len(cases) - failed - skipped, 0), failed=failed, skipped=skipped)
