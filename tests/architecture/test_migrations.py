"""The migrations make the very tables that the models describe, and a fresh database can go back again."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = ("members", "meetings", "news")


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("app", OURS)
def test_each_app_has_one_line_of_migrations(app):
    leaves = [name for label, name in MigrationLoader(connection).graph.leaf_nodes() if label == app]
    assert len(leaves) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["meetings_meeting", "meetings_attendance", "news_report"])
def test_the_triggers_are_in_the_database(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        names = [name for (name,) in cursor.fetchall()]
    assert any(name.startswith("pgtrigger_") for name in names)
