"""The sample is loaded once for a module: drawing its pictures is the slow part."""

import datetime

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from branch_portal.sample.loading import load_sample

# A Monday afternoon, when ten months lie between the fixed years and the present.
NOW = timezone.make_aware(datetime.datetime(2026, 11, 23, 15, 20))


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample in the database for every test of the module; its own transaction takes it away again."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield load_sample(now=NOW)
        transaction.set_rollback(True)
