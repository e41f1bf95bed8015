"""What was changed in the rules, read back from the history table that the database itself writes."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.duties.models import DutyRule
from meetings.duties.vocabulary import DUTY_LABELS
from members.history import Change, Line
from members.models import User

_UNTOLD = {"id", "kind", "changed_by", "changed_at"}


def lines() -> list[Line]:
    """Every change of every rule, the newest first; two queries."""
    events = list(DutyRule.pgh_event_model.objects.select_related("pgh_context").order_by("pgh_id"))
    writers = {_writer(event) for event in events} - {None}
    names = User.objects.select_related("member").in_bulk(writers)
    found, earlier = [], {}
    for event in events:
        changes = _changes(earlier.get(event.pgh_obj_id), event)
        found.append(
            Line(
                what=capfirst(str(DUTY_LABELS[event.kind])),
                label=event.pgh_label,
                at=event.pgh_created_at,
                who=str(names.get(_writer(event), "")),
                reason="",
                was_asked_for=False,
                is_sealed=False,
                changes=changes,
            )
        )
        earlier[event.pgh_obj_id] = event
    return found[::-1]


def _writer(event) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _changes(before, after) -> list[Change]:
    changes = []
    for field in DutyRule._meta.local_fields:
        if field.name in _UNTOLD:
            continue
        old, new = ("" if row is None else _shown(field, getattr(row, field.name)) for row in (before, after))
        if old != new:
            changes.append(Change(capfirst(field.verbose_name), old, new))
    return changes


def _shown(field: models.Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    return str(value)
