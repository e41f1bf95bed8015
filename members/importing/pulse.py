"""How far a confirmation is, told out of its own transaction: as the name of its session, which PostgreSQL shows to the others
at once and takes away when the transaction ends, however that is. So what is shown is never stale and needs no cleaning."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

_NAME = "portal-import:{pk}:"


@dataclass(frozen=True)
class Pulse:
    """How many steps of how many are done."""

    done: int
    total: int


def beat(pk: int, done: int, total: int) -> None:
    """For the draft of that number, to the end of the caller's transaction."""
    name = f"{_NAME.format(pk=pk)}{done}:{total}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, true)", [name])


def of(pk: int) -> Pulse | None:
    """None while no other session writes that draft."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND starts_with(application_name, %s)",
            [_NAME.format(pk=pk)],
        )
        names = [name for (name,) in cursor.fetchall()]
    pulses = [Pulse(*map(int, name.split(":")[2:])) for name in names]
    return max(pulses, key=lambda pulse: pulse.done, default=None)
