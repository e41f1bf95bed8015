"""For all tests: where the database comes from and how it is emptied, and that no test speaks the language that an earlier
one left behind."""

from __future__ import annotations

import hypothesis
import pytest
from django.test import TransactionTestCase
from django.utils import translation

from tests.emptying import emptied_by
from tests.mould import use_mould

# A busy machine makes made-up input slowly; how long anything takes is for `make bench`.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _english():
    """Django's test client leaves the language of its last request active; every test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    with django_db_blocker.unblock():
        use_mould()


@pytest.fixture(autouse=True, scope="session")
def _emptied_quickly():
    teardown = emptied_by(TransactionTestCase._fixture_teardown)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
