"""People as a question takes them: a queryset stays one question to the database, rows become their ids."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from members.models import Member


def ids_of(members: Iterable[Member]) -> QuerySet | list[int]:
    """What ``member__in`` takes."""
    if isinstance(members, QuerySet) and not members.query.is_sliced:
        return members.order_by().values("pk")
    return [member.pk for member in members]
