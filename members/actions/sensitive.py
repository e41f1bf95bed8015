"""Sensitive data: shown with a trace, changed by who may see them."""

from __future__ import annotations

from collections.abc import Iterable

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from branch_portal.encryption import keys
from members.actions.locking import locked
from members.models import Member, SensitiveLook, SensitiveRecord, User

FIELDS = ("id_number", "difficulties", "discipline", "dues_base")
_ID_NUMBERS = "members.id_number"


@transaction.atomic
def look_at(member: Member, fields: Iterable[str], *, by: User, occasion: str) -> dict[str, str]:
    """The texts, by field; every look is recorded first, but for one's own data. Empty fields need no look."""
    record = SensitiveRecord.objects.filter(member=member).first()
    texts = {name: getattr(record, name) if record else "" for name in fields}
    if by.member_id != member.pk:
        SensitiveLook.objects.bulk_create(
            SensitiveLook(member=member, user=by, field=name, occasion=occasion)
            for name, text in texts.items()
            if text
        )
    return texts


@transaction.atomic
def change_sensitive(member: Member, texts: dict[str, str], *, by: User) -> SensitiveRecord:
    """Store the given fields; the others stay. One identity number stands in one record."""
    member = locked(member)
    record = SensitiveRecord.objects.select_for_update().filter(member=member).first()
    record = record or SensitiveRecord(member=member)
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
