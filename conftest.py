"""For all test runs: browser tests that did not run are said aloud, never passed over."""

from __future__ import annotations

NOT_RUN = "NOT RUN: no browser"


def pytest_terminal_summary(terminalreporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)]
    missing = [reason for reason in reasons if NOT_RUN in reason]
    if missing:
        terminalreporter.write_sep("!", f"{len(missing)} BROWSER TESTS WERE NOT RUN", red=True, bold=True)
        terminalreporter.write_line(missing[0], red=True)
