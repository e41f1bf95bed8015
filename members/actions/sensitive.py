"""Sensitive data: shown with a trace, changed by who may see them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from branch_portal.encryption import keys
from members.actions.locking import locked
from members.models import Member, SensitiveLook, SensitiveRecord, User

_SUM = re.compile(r"(\d{1,7}(\.\d{1,2})?)?")
FIELDS = ("id_number", "difficulties", "discipline", "dues_base")
_ID_NUMBERS = "members.id_number"


def look_at(member: Member, fields: Iterable[str], *, by: User, occasion: str) -> dict[str, str]:
    """The texts, by field; every look is recorded first, but for one's own data. Empty fields need no look."""
    return look_at_many([member], fields, by=by, occasion=occasion)[member.pk]


@transaction.atomic
def look_at_many(
    members: Iterable[Member], fields: Iterable[str], *, by: User, occasion: str
) -> dict[int, dict[str, str]]:
    """The same for several people at once, by their ids. Two statements, however many people."""
    people, fields = list(members), list(fields)
    records = {record.member_id: record for record in SensitiveRecord.objects.filter(member__in=people)}
    texts = {
        person.pk: {
            name: getattr(records[person.pk], name) if person.pk in records else "" for name in fields
        }
        for person in people
    }
    SensitiveLook.objects.bulk_create(
        SensitiveLook(member_id=pk, user=by, field=name, occasion=occasion)
        for pk, found in texts.items()
        for name, text in found.items()
        if text and pk != by.member_id
    )
    return texts


def locked_sensitive(member: Member) -> SensitiveRecord:
    """The person's sensitive data as they stand now, locked to the end of the caller's transaction; unsaved if there are
    none yet."""
    member = locked(member)
    record = SensitiveRecord.objects.select_for_update().filter(member=member).first()
    return record or SensitiveRecord(member=member)


@transaction.atomic
def change_sensitive(member: Member, texts: dict[str, str], *, by: User) -> SensitiveRecord:
    """Store the given fields; the others stay. One identity number stands in one record; the dues base is a sum."""
    if not _SUM.fullmatch(texts.get("dues_base", "")):
        raise ValidationError({"dues_base": _("Enter a sum in yuan.")}, code="invalid")
    record = locked_sensitive(member)
    changed = [name for name, text in texts.items() if getattr(record, name) != text]
    for name in changed:
        setattr(record, name, texts[name])
    if "id_number" in changed:
        record.id_number_digest = id_number_digest(texts["id_number"])
        _check_unique(record)
    if changed or not record.pk:
        record.changed_by = by
        with pghistory.context(user=by.pk):
            if record.pk:
                record.save(update_fields=[*changed, "id_number_digest", "changed_by", "changed_at"])
            else:
                record.save()
    return record


def id_number_digest(number: str) -> str | None:
    """By which equal identity numbers are found; None for none."""
    return keys.digest(number, _ID_NUMBERS) if number else None


def id_number_digests(numbers: Iterable[str]) -> dict[str, str]:
    """The same for many numbers at once; "" has none."""
    return keys.digests({number for number in numbers if number}, _ID_NUMBERS)


def _check_unique(record: SensitiveRecord) -> None:
    digest = record.id_number_digest
    if digest and SensitiveRecord.objects.filter(id_number_digest=digest).exclude(pk=record.pk).exists():
        raise ValidationError({"id_number": _("Another record has this identity number.")}, code="unique")
