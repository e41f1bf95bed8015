"""Settings from the environment: what is missing or broken is one line and a non-zero exit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "k" * 60 + "0123456789",
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal:secret@db.example.org:5432/portal",
    "RECORD_KEYS": "r" * 20 + "0123456789012345",
}


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """manage.py with nothing in its environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_documented_production_settings_pass_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_debug_is_off_unless_asked_for():
    code = "from django.conf import settings; print(settings.DEBUG, settings.SESSION_COOKIE_SECURE)"
    assert manage("shell", "-v0", "-c", code, **PRODUCTION).stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://host:port/name"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://host"}, "DATABASE_URL"),
        ({"RECORD_KEYS": ""}, "RECORD_KEYS"),
        ({"RECORD_KEYS": "short"}, "RECORD_KEYS"),
        ({"DEBUG": "maybe"}, "DEBUG"),
        ({"HSTS_SECONDS": "a year"}, "HSTS_SECONDS"),
        ({"TRUSTED_PROXY_COUNT": "-1"}, "TRUSTED_PROXY_COUNT"),
        ({"PORTAL_ADDRESS": "portal.example.org"}, "PORTAL_ADDRESS"),
        ({"PORTAL_ADDRESS": "http://portal.example.org"}, "PORTAL_ADDRESS"),
        ({"WECOM_WEBHOOK_SECRET": "http://robot.example.org/send?key=secret@"}, "WECOM_WEBHOOK_SECRET"),
        ({"WECOM_WEBHOOK_SECRET": "https://[secret@"}, "WECOM_WEBHOOK_SECRET"),
    ],
)
def test_a_missing_or_broken_setting_is_one_line_that_names_it(changed, named):
    done = manage("check", **(PRODUCTION | changed))
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert named in lines[0]
    assert PRODUCTION["SECRET_KEY"] not in done.stderr
    assert PRODUCTION["RECORD_KEYS"] not in done.stderr
    assert "secret@" not in done.stderr
