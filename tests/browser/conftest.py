"""A browser for the tests in this folder, in the reader's language; screenshots of failures in var/test-results.

Where no browser is found, these tests are not run, and ../../conftest.py says so; with CI=true or
REQUIRE_BROWSER=1 they fail.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from . import chromium

# Playwright keeps an event loop in the tests' thread, in which Django would refuse to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
AXE = chromium.ROOT / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    found = chromium.find()
    if found is None:
        required = any(
            os.environ.get(name, "") not in {"", "0", "false"} for name in ("CI", "REQUIRE_BROWSER")
        )
        (pytest.fail if required else pytest.skip)(f"{chromium.NOT_RUN}: {chromium.REMEDY}")
    return {**browser_type_launch_args, **found.launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    size = {"width": 1280, "height": 800}
    return {**browser_context_args, "timezone_id": "Asia/Shanghai", "viewport": size}


@pytest.fixture
def locale() -> str:
    """The reader's language; for another one: @pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])."""
    return "zh-CN"


@pytest.fixture
def context(new_context, locale: str):
    return new_context(locale=locale)


@pytest.fixture
def axe():
    """Call it with a page: a line for each thing that people with a screen reader or a keyboard would miss."""

    def faults(page) -> list[str]:
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{each['id']}: {each['help']}: {node['html']}" for each in found for node in each["nodes"]]

    return faults
