"""How private a piece of a record is, said where the field is defined (handbook 10: P and S; R-12.4)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from branch_portal.encryption.fields import EncryptedTextField


class Privacy(StrEnum):
    BRANCH = "branch"  # everybody of the branch
    PERSONAL = "personal"  # the person, who may read personal data, and who keeps the register or the account it is of
    SENSITIVE = "sensitive"  # sealed at rest, shown on demand, every look recorded


def personal(field: models.Field) -> models.Field:
    """Mark a model's field as personal: hidden by default."""
    field.privacy = Privacy.PERSONAL
    return field


def privacy_of(field: models.Field) -> Privacy:
    """What sealed at rest is sensitive by its nature; what nothing is said of is for the branch."""
    if isinstance(field, EncryptedTextField):
        return Privacy.SENSITIVE
    return getattr(field, "privacy", Privacy.BRANCH)


def fields_of(model: type[models.Model], privacy: Privacy) -> list[models.Field]:
    """The model's own fields of that privacy, in their order."""
    return [field for field in model._meta.local_fields if privacy_of(field) == privacy]
