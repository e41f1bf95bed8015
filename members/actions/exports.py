"""Lists of people that leave the portal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction

from members.models import Export, User

# Part of a telephone or an identity number, which the record of exports must not keep.
_NUMBER = re.compile(r"\d{4,}")


@transaction.atomic
def record_export(
    *,
    by: User,
    format: Export.Format,
    columns: Iterable[str],
    people: int,
    filters: dict[str, str] | None = None,
) -> Export:
    """That the user took a list out: kept for ever, before the file is sent. ``filters``: those in use, by name, as the
    address has them; long numbers in them are not kept."""
    kept = {name: _NUMBER.sub("****", value)[:100] for name, value in (filters or {}).items()}
    return Export.objects.create(by=by, format=format, columns=list(columns), people=people, filters=kept)
