"""New keys for old: the master key from one day to the next, or the data key too."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from branch_portal.encryption import keys, master
from branch_portal.encryption.fields import EncryptedTextField
from branch_portal.encryption.models import DataKey


@transaction.atomic
def rewrap() -> int:
    """Seal every data key by the first master key; how many were sealed by another one. No text is touched."""
    changed = 0
    for key in DataKey.objects.select_for_update():
        if not master.is_current(key.wrapped):
            key.wrapped = master.wrap(master.unwrap(key.wrapped))
            key.save(update_fields=["wrapped"])
            changed += 1
    return changed


@transaction.atomic
def renew() -> int:
    """A new data key, and every text of the records sealed by it; how many texts. History keeps the old keys."""
    DataKey.objects.select_for_update().filter(purpose=DataKey.Purpose.TEXTS, retired_at=None).update(
        retired_at=timezone.now()
    )
    keys.current(DataKey.Purpose.TEXTS)
    return sum(_reseal(model, names) for model, names in sealed_columns())


def sealed_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with sealed texts, history aside, and which of its fields they are."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]
        if names and not hasattr(model, "pgh_tracked_model"):
            yield model, names


def _reseal(model: type[models.Model], names: list[str]) -> int:
    texts = 0
    for row in model._base_manager.select_for_update().iterator(chunk_size=500):
        row.save(update_fields=names)
        texts += sum(bool(getattr(row, name)) for name in names)
    return texts
