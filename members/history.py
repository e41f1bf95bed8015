"""What was changed in a person's record, read back from the history tables that the database itself writes.

Sensitive fields are not loaded: the history tells that they were changed, when and by whom, and nothing of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Subquery, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.models import (
    Award,
    Member,
    MemberFile,
    MobileContact,
    MobilePeriod,
    PartyGroup,
    Position,
    SensitiveRecord,
    TimelineEntry,
    Training,
    Transfer,
    User,
)

KINDS = (
    Member,
    TimelineEntry,
    Position,
    Transfer,
    Award,
    Training,
    MobilePeriod,
    MobileContact,
    MemberFile,
    SensitiveRecord,
)

# What tells a reader nothing: keys, what is reckoned from other fields or from the file, and who wrote and when (stands
# beside the change).
_UNTOLD = {
    "id",
    "member",
    "period",
    "changed_by",
    "initials",
    "made_at",
    "added_at",
    "key",
    "content_type",
    "size",
}


@dataclass(frozen=True)
class Change:
    """One field, before and after, in words; empty where the field was empty or the row did not exist."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One row put in, changed or taken out. ``who`` and ``reason`` are empty where nothing was noted."""

    what: str
    label: str  # insert, update, delete
    at: datetime.datetime
    who: str
    reason: str
    was_asked_for: bool
    is_sealed: bool
    changes: list[Change]


def references(member: Member, *, reader: User, with_sensitive: bool) -> models.QuerySet:
    """Which events the record has, newest first: number of the kind and of the event, to be paged. Of papers those that
    the reader may open."""
    kinds = [model for model in KINDS if with_sensitive or model is not SensitiveRecord]
    first, *others = [
        _events(model, member, reader)
        .annotate(of_kind=Value(KINDS.index(model), models.IntegerField()))
        .values("of_kind", "pgh_id", "pgh_created_at")
        for model in kinds
    ]
    return first.union(*others, all=True).order_by("-pgh_created_at", "-of_kind", "-pgh_id")


def lines(page: Iterable[dict]) -> list[Line]:
    """The events of one page in words. Queries: at most two a kind and three for names, however many events."""
    page = list(page)
    wanted: dict[int, list[int]] = {}
    for reference in page:
        wanted.setdefault(reference["of_kind"], []).append(reference["pgh_id"])
    found = {kind: _with_earlier(KINDS[kind], keys) for kind, keys in wanted.items()}
    pairs = [(KINDS[one["of_kind"]], *found[one["of_kind"]][one["pgh_id"]]) for one in page]
    names = _Names(pairs)
    return [_line(model, event, earlier, names) for model, event, earlier in pairs]


def _events(model: type[models.Model], member: Member, reader: User) -> models.QuerySet:
    events = model.pgh_event_model.objects.order_by()
    if model is Member:
        return events.filter(pgh_obj_id=member.pk)
    if model is MobileContact:
        periods = MobilePeriod.pgh_event_model.objects.filter(member_id=member.pk)
        return events.filter(period_id__in=periods.values("pgh_obj_id"))
    events = events.filter(member_id=member.pk)
    return _open_papers(events, reader) if model is MemberFile else events


def _open_papers(events: models.QuerySet, reader: User) -> models.QuerySet:
    """A paper's access may have changed: it counts as it stands now, or stood last, and as it stood at the event."""
    is_open = MemberFile.objects.open_to(reader)
    later = events.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"))
    last = events.filter(~Exists(later)).filter(is_open)
    return events.filter(is_open, pgh_obj_id__in=last.values("pgh_obj_id"))


def _with_earlier(model: type[models.Model], keys: list[int]) -> dict[int, tuple]:
    """The events of these numbers, each with the one before it of the same row. Sealed texts stay in the database."""
    events = model.pgh_event_model.objects
    before = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    found = events.filter(pgh_id__in=keys).annotate(
        earlier_id=Subquery(before.order_by("-pgh_id").values("pgh_id")[:1])
    )
    found = found.select_related("pgh_context")
    if model is SensitiveRecord:
        found = found.only("pgh_id", "pgh_label", "pgh_created_at", "pgh_context")
        return {event.pgh_id: (event, None) for event in found}
    found = list(found)
    earlier = events.in_bulk([event.earlier_id for event in found if event.earlier_id])
    return {event.pgh_id: (event, earlier.get(event.earlier_id)) for event in found}


class _Names:
    """Who and what the keys in the events stand for, three queries in all."""

    def __init__(self, pairs: list[tuple]) -> None:
        events = [event for _model, *both in pairs for event in both if event is not None]
        users = {_metadata(event).get("user") for _model, event, _earlier in pairs} - {None}
        self.users = User.objects.select_related("member").in_bulk(users)
        people = {getattr(event, "contact_person_id", None) for event in events} - {None}
        self._of = {Member: Member.objects.in_bulk(people), PartyGroup: PartyGroup.objects.in_bulk()}

    def of(self, model: type[models.Model], key: Any) -> str:
        return str(self._of[model].get(key, "–"))


def _line(model: type[models.Model], event, earlier, names: _Names) -> Line:
    noted = _metadata(event)
    is_sealed = model is SensitiveRecord
    return Line(
        what=_title(model, event, names),
        label=event.pgh_label,
        at=event.pgh_created_at,
        who=str(names.users.get(noted.get("user"), "")),
        reason=noted.get("reason") or "",
        was_asked_for="change_request" in noted,
        is_sealed=is_sealed,
        changes=[] if is_sealed else _changes(model, event, earlier, names),
    )


def _metadata(event) -> dict:
    return event.pgh_context.metadata if event.pgh_context else {}


def _title(model: type[models.Model], event, names: _Names) -> str:
    """The kind of row, and which one: the event, the post, the award that its first field names."""
    if model is Member:
        return capfirst(_("the record itself"))
    name = capfirst(model._meta.verbose_name)
    if model is SensitiveRecord:
        return name
    first = _told(model)[0]
    return f"{name} · {_shown(first, getattr(event, first.attname), names)}"


def _changes(model: type[models.Model], event, earlier, names: _Names) -> list[Change]:
    """Field by field; a row that was put in or taken out shows all that it says."""
    before, after = (event, None) if event.pgh_label == "delete" else (earlier, event)
    if event.pgh_label == "insert":
        before = None
    changes = []
    for field in _told(model):
        old, new = (None if row is None else getattr(row, field.attname) for row in (before, after))
        if old != new and (old, new) not in {(None, ""), ("", None)}:
            shown = [_shown(field, value, names) for value in (old, new)]
            changes.append(Change(capfirst(field.verbose_name), *shown))
    return changes


def _told(model: type[models.Model]) -> list[models.Field]:
    kept = {field.name for field in model.pgh_event_model._meta.local_fields}
    return [field for field in model._meta.local_fields if field.name in kept and field.name not in _UNTOLD]


def _shown(field: models.Field, value: Any, names: _Names) -> str:
    """A stored value as its reader knows it."""
    if value in (None, ""):
        return ""
    if field.name == "photograph":  # the name of a file
        return _("a photograph")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        return names.of(field.related_model, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    return str(value)
