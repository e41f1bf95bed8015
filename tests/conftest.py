"""For all tests: a test never speaks the language that an earlier one left behind."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """Django's test client leaves the language of its last request active; every test begins in English."""
    with translation.override("en"):
        yield
