"""What corrections changed, read back from the history tables that the database itself writes.

The tables are append-only and filled by triggers, so this page shows what happened, not what a program says.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from django.db import models
from django.forms import ModelForm
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from meetings.forms.plan import FactsForm
from meetings.forms.rows import ROW_FORMS
from meetings.kinds import MeetingKind
from meetings.models import Correction, Meeting
from meetings.recording import FACTS
from members.models import Member

_CORRECTION = "correction"  # the key in the context that actions.correcting leaves with every event


@dataclass(frozen=True)
class Change:
    """One field of one row, before and after; None where the row did not exist."""

    row: str
    field: str
    before: str | None
    after: str | None


@dataclass
class CorrectionRecord:
    correction: Correction
    changes: list[Change] = field(default_factory=list)


def corrections(
    meeting: Meeting, also: Mapping[str, type[ModelForm]] = MappingProxyType({})
) -> list[CorrectionRecord]:
    """Every correction of the meeting, oldest first, with what it changed. ``also``: by the name of their kind, the forms of
    rows that other parts of organizational life keep in the record. Queries: two for each kind of rows."""
    records = {
        row.pk: CorrectionRecord(row)
        for row in meeting.corrections.select_related("made_by__member", "signature")
    }
    if not records:
        return []
    names = {member.pk: str(member) for member in Member.objects.all()}
    for kind, form_class in {FACTS: FactsForm, **ROW_FORMS, **also}.items():
        for event, before in _corrected(form_class._meta.model, meeting):
            record = records.get(event.pgh_context.metadata[_CORRECTION])
            if record:
                record.changes += _changes(kind, form_class, event, before, names)
    return list(records.values())


def _corrected(model: type[models.Model], meeting: Meeting):
    """Events made by corrections, each with the event before it of the same row."""
    of_meeting = "pgh_obj_id" if model is Meeting else "meeting_id"
    events = model.pgh_event_model.objects.filter(**{of_meeting: meeting.pk})
    touched = events.filter(pgh_context__metadata__has_key=_CORRECTION).values("pgh_obj_id")
    by_row = defaultdict(list)
    for event in events.filter(pgh_obj_id__in=touched).select_related("pgh_context").order_by("pgh_id"):
        by_row[event.pgh_obj_id].append(event)
    for chain in by_row.values():
        for before, event in pairwise([None, *chain]):
            if event.pgh_context and _CORRECTION in event.pgh_context.metadata:
                yield event, before


def _changes(kind: str, form_class, event, before, names: dict[int, str]) -> list[Change]:
    """Field by field; a row added or taken out shows all its text."""
    model = form_class._meta.model
    title = _title(kind, form_class, event, names)
    found = []
    for name in form_class._meta.fields:
        model_field = model._meta.get_field(name)
        old = _shown(before, model_field, names) if before is not None else None
        new = _shown(event, model_field, names) if event.pgh_label != "delete" else None
        if (old or "") != (new or ""):
            found.append(Change(title, str(model_field.verbose_name), old, new))
    if event.pgh_label == "delete" and not found:
        found.append(Change(title, _("whole row"), title, None))
    return found


def _title(kind: str, form_class, event, names: dict[int, str]) -> str:
    """What the row is called on the page."""
    if kind == FACTS:
        return str(Meeting._meta.verbose_name)
    label = form_class.title
    if kind == "attendance":
        return f"{label} · {names.get(event.member_id, '')}"
    for name in ("title", "description", "name", "caption", "text", "topic"):
        if text := getattr(event, name, ""):
            return f"{label} · {str(text)[:40]}"
    return str(label)


def _shown(event, model_field: models.Field, names: dict[int, str]) -> str:
    value: Any = getattr(event, model_field.attname)
    if value in (None, ""):
        return ""
    if model_field.is_relation:
        return names.get(value, str(value)) if model_field.related_model is Member else str(value)
    if isinstance(value, list):
        return "、".join(str(MeetingKind(one).label) for one in value)
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    return strip_tags(str(value))
