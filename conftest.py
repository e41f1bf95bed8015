"""For all test runs: tests that did not run for want of a browser or a verifier are said aloud, never passed over."""

from __future__ import annotations

NOT_RUN = {
    "NOT RUN: no browser": "BROWSER TESTS",
    "NOT RUN: no independent verifier": "TESTS WITH THE VERIFIER",
}


def pytest_terminal_summary(terminalreporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)]
    for beginning, tests in NOT_RUN.items():
        missing = [reason for reason in reasons if beginning in reason]
        if missing:
            title = f"{len(missing)} {tests} WERE NOT RUN"
            terminalreporter.write_sep("!", title, red=True, bold=True)
            terminalreporter.write_line(missing[0], red=True)
