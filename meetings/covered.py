"""What a signature under minutes covers: everything that the record says, as one digest.

The meeting's own facts, every row of its record, and what other parts of organizational life keep on it (``also_covers``).
Who touched a row when is left out: it changes nothing of what is said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from meetings.models import RECORD_ROWS, Meeting

_MARKS = {"revision", "changed_by", "changed_at"}
# How the meeting came about and how far it is, as against what was said there.
_STEPS = {"state", "signed_off_by", "signed_off_at", "cancel_reason", "plan_key", "created_by"}

# A meeting's id → plain rows, always in the same order.
Reader = Callable[[int], Iterable[dict]]
_readers: dict[str, Reader] = {}


def also_covers(name: str, reader: Reader) -> None:
    """From now on a signature covers these rows too; ``name`` tells them from others."""
    _readers[name] = reader


def digest(meeting: Meeting) -> str:
    """SHA-256 of the minutes as they stand in the database, in hexadecimal. One query for each kind of rows."""
    content = {"meeting": rows(Meeting.objects.filter(pk=meeting.pk), apart_from=_STEPS)}
    for model in RECORD_ROWS:
        content[model._meta.model_name] = rows(model.objects.filter(meeting=meeting))
    for name, reader in _readers.items():
        content[name] = list(reader(meeting.pk))
    text = json.dumps(
        content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def rows(found: models.QuerySet, *, apart_from: Iterable[str] = ()) -> list[dict]:
    """The rows without the marks of who touched them, in the order of their keys. One query."""
    without = _MARKS | set(apart_from)
    fields = found.model._meta.concrete_fields
    return list(
        found.order_by("pk").values(*(field.attname for field in fields if field.name not in without))
    )
