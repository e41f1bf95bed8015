"""Rows counted by several things at once, in one pass."""

from __future__ import annotations

from collections import Counter

from django.db import connection
from django.db.models import QuerySet


def counted_by(rows: QuerySet, **by) -> dict[str, Counter]:
    """How many rows have each value, by the name of what they are counted by. ``by``: a name and an expression, or the
    name of a field. One query and one pass over the table, however many things (SQL's GROUPING SETS, which Django's
    queries do not have)."""
    things = [f"by_{name}" for name in by]
    wanted = rows.order_by().annotate(**dict(zip(things, by.values(), strict=True))).values_list(*things)
    people, parameters = wanted.query.sql_with_params()
    columns, sets = ", ".join(things), ", ".join(f"({thing})" for thing in things)
    # GROUPING tells by its bits which columns a line does not stand for, the first column by the highest bit.
    sql = f"""
        SELECT GROUPING({columns}), COUNT(*), {columns} FROM ({people}) AS counted({columns})
        GROUP BY GROUPING SETS ({sets})"""  # noqa: S608 - SQL that Django wrote, with its parameters apart
    found: dict[str, Counter] = {name: Counter() for name in by}
    everything = 2 ** len(things) - 1
    place = {everything ^ (1 << (len(things) - 1 - index)): index for index in range(len(things))}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for left_out, number, *values in cursor:
            index = place[left_out]
            found[list(by)[index]][values[index]] = number
    return found
