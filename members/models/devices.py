"""Devices on which a person has signed in before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.accounts import User
from members.querysets import KnownDeviceQuerySet


class KnownDevice(models.Model):
    """One person on one device. The device holds a secret, here is its digest alone, and nothing about the device."""

    user = models.ForeignKey(User, models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(default=timezone.now)

    objects = KnownDeviceQuerySet.as_manager()

    class Meta:
        ordering = ("-used_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="device_keeps_a_digest_and_no_secret", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
