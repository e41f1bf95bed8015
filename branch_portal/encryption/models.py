"""The keys that seal texts. None of them is readable without a master key from the environment."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """``wrapped``: the key, sealed by a master key (``master``). The current one of a purpose seals what is written now;
    retired ones still open what they sealed, in records and in their history."""

    class Purpose(models.TextChoices):
        TEXTS = "texts"
        DIGESTS = "digests"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose)
    wrapped = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(retired_at=None), name="one_data_key_of_a_purpose_is_current"
            ),
        ]
