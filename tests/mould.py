"""The database from which every test database is copied: the migrations run once for all runs that have the same ones."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

_PREFIX = "mould_"
_LOCK = 770_001  # of this purpose alone; any number


def use_mould() -> None:
    """Have the coming test database copied from the mould, which is made here if it is not there yet. Workers that come
    at once wait for the first."""
    name = _PREFIX + _fingerprint()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
        known = [row[0] for row in cursor]
        if name not in known:
            for older in known:
                _drop(cursor, older)
            _make(cursor, name)
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def _make(cursor, name: str) -> None:
    """Under another name until it is whole: a run that is broken off leaves no half a mould."""
    half = f"half_{name}"
    cursor.execute(f"DROP DATABASE IF EXISTS {half} WITH (FORCE)")
    with _test_name(half):
        own = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    cursor.execute(f"ALTER DATABASE {own} RENAME TO {name}")


@contextlib.contextmanager
def _test_name(name: str) -> Iterator[None]:
    test, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    wanted, test["NAME"] = test["NAME"], name
    try:
        yield
    finally:
        test["NAME"] = wanted
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before


def _drop(cursor, name: str) -> None:
    with contextlib.suppress(OperationalError):  # another run is copying it: the next one drops it
        cursor.execute(f"DROP DATABASE {name}")


def _fingerprint() -> str:
    """Of everything that makes the tables: the migrations of all apps, ours and the libraries'."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
