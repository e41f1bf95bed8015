"""The independent verifier. Where it is missing its tests are not run, and ../../conftest.py says so; with CI=true or
REQUIRE_VERIFIER=1 they fail.
"""

from __future__ import annotations

import os

import pytest

from . import independent
from .browser_half import BrowserHalf


@pytest.fixture(scope="session")
def belenios_tool() -> independent.Tool:
    found = independent.find()
    if found is None:
        required = any(
            os.environ.get(name, "") not in {"", "0", "false"} for name in ("CI", "REQUIRE_VERIFIER")
        )
        (pytest.fail if required else pytest.skip)(f"{independent.NOT_RUN}: {independent.REMEDY}")
    return found


@pytest.fixture(scope="session")
def browser_half():
    half = BrowserHalf()
    yield half
    half.close()
