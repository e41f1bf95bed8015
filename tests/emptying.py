"""How a test with transactions of its own leaves the database: Django truncates every table; few of them hold anything."""

from __future__ import annotations

from collections.abc import Callable

import pgtrigger
from django.db import connection, transaction
from django.test import TransactionTestCase

# Filled when the tables were made, and changed by no test.
_OF_THE_TABLES = {"django_content_type", "auth_permission"}
_IS_SUPERUSER = "SELECT usesuper FROM pg_user WHERE usename = current_user"


def emptied_by(flush: Callable[[TransactionTestCase], None]) -> Callable[[TransactionTestCase], None]:
    """The teardown that takes the rows out of those tables that have any, past foreign keys and triggers, also of those
    that are never emptied. ``flush``: Django's own, for a database whose role may not do that."""

    def teardown(test: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_IS_SUPERUSER)
            (is_superuser,) = cursor.fetchone()
        if is_superuser:
            _take_rows_out()
        else:
            with pgtrigger.ignore():
                flush(test)

    return teardown


@transaction.atomic
def _take_rows_out() -> None:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    names = [connection.ops.quote_name(table) for table in tables if table not in _OF_THE_TABLES]
    asked = " UNION ALL ".join(
        f"SELECT %s WHERE EXISTS (SELECT FROM {name})"  # noqa: S608 - our own tables
        for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, names)
        filled = [row[0] for row in cursor]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
