"""Programs that are run for the person at the keyboard: stopped with us, quiet unless they fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from branch_portal.launch import checks, console
from branch_portal.launch.console import ROOT, Failed


def launcher(text: str, **variables: str) -> subprocess.Popen:
    """A process whose one command is the given text."""
    source = "import os, sys, time\nfrom branch_portal.launch import __main__, console\ndef command(*_):\n"
    source += textwrap.indent(textwrap.dedent(text), "    ") + "\n    return 0\n"
    source += "__main__.command = command\nsys.exit(__main__.main([]))"
    return subprocess.Popen(
        [sys.executable, "-c", source],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in {"", "Z"}


@pytest.mark.parametrize(
    ("request_to_end", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_stopped_step_takes_its_program_along(request_to_end, code):
    process = launcher(
        """
        with console.step("Long step"):
            program = console.start("sleep", "60")
            console.say(f"pid {program.pid}")
            console.wait_for(program)
        """
    )
    pid = int(process.stdout.readline().split()[-1])
    assert is_alive(pid)
    process.send_signal(request_to_end)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out.strip(), err) == (code, "stopped", "")
    assert not is_alive(pid)


def test_a_program_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr(console, "PATIENCE", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    program = console.start(sys.executable, "-c", deaf, stdout=subprocess.PIPE)
    program.stdout.readline()
    began = time.monotonic()
    console.end(program)
    assert time.monotonic() - began < 5
    assert program.returncode == -signal.SIGKILL
    program.stdout.close()


def test_output_of_a_step_is_shown_when_it_fails_and_only_then(capsys):
    talk = "import sys; print('many words'); sys.exit(int(sys.argv[1]))"
    with console.step("Good"):
        assert console.quietly("Good", sys.executable, "-c", talk, "0") == "many words\n"
    with pytest.raises(Failed, match=r"(?s)many words.*Bad failed \(code 3\)\.$"):
        console.quietly("Bad", sys.executable, "-c", talk, "3")
    assert capsys.readouterr().out.startswith("Good ... 0.")


def test_failure_is_words_and_a_code_without_traceback():
    process = launcher("raise console.Failed('The reason.')")
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out.strip(), err) == (1, "", "The reason.\n")


def test_terminal_without_chinese_letters_is_no_reason_to_stop():
    process = launcher("console.say('organisation 组织')", PYTHONIOENCODING="ascii", LC_ALL="C")
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "organisation ??\n", "")


def test_nothing_of_another_project_reaches_the_programs(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    monkeypatch.setenv("PYTHONPATH", "/other")
    monkeypatch.delenv("LOCAL", raising=False)
    ours = console.environment()
    assert not {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"} & set(ours)
    assert (ours["LOCAL"], ours["PATH"].split(os.pathsep)[0]) == ("1", str(console.VENV / "bin"))


REPORT = "<testsuites><testcase/><testcase/><testcase><failure/></testcase><testcase><skipped/></testcase></testsuites>"


@pytest.mark.parametrize(
    ("report", "code", "expected"),
    [
        (REPORT, 1, (2, 1, 1)),
        ("<testsuites><testcase/></testsuites>", 0, (1, 0, 0)),
        ("<testsuites><testcase/></testsuites>", 3, (0, 1, 0)),  # it broke down after that test
        ("", 5, (0, 1, 0)),  # no report: it found no test
    ],
)
def test_tests_are_counted_in_their_report(tmp_path, report, code, expected):
    file = tmp_path / "report.xml"
    write = "import sys; text = sys.argv[2]; text and open(sys.argv[1], 'w').write(text); sys.exit(int(sys.argv[3]))"
    outcome = checks.counted("Tests", file, [sys.executable, "-c", write, file, report, code])
    assert (outcome.passed, outcome.failed, outcome.skipped) == expected


def test_closing_line_counts_all_parts(capsys):
    parts = [checks.Outcome("style", 1, 0), checks.Outcome("a", 7, 2, 1), checks.Outcome("b", 3, 0)]
    assert checks.conclude(parts) == 1
    assert capsys.readouterr().out == "\nFailed: a\n11 passed, 2 failed, 1 skipped\n"
    assert checks.conclude([checks.Outcome("style", 1, 0)]) == 0
