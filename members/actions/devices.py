"""Known devices: remembered at each sign-in, found at the next, forgotten when a way in is changed or taken away."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from members.models import KnownDevice, User

KEPT = 10  # of one account; the longest unused goes first


def find_device(login: str, held: Iterable[str]) -> KnownDevice | None:
    """The device that holds one of the secrets, if the person of this login name or number signed in on it before."""
    digests = [_digest(secret) for secret in held]
    return KnownDevice.objects.of_login(login).filter(digest__in=digests).first()


@transaction.atomic
def remember_device(user: User, held: Iterable[str]) -> tuple[str, str | None]:
    """After a sign-in: the device's new secret for this person, and the one of ``held`` that it replaces."""
    user = User.objects.select_for_update().get(pk=user.pk)
    by_digest = {_digest(secret): secret for secret in held}
    device = user.known_devices.filter(digest__in=by_digest).first() or KnownDevice(user=user)
    replaced = by_digest.get(device.digest)
    secret = secrets.token_urlsafe(32)
    device.digest, device.used_at = _digest(secret), timezone.now()
    device.save()
    kept = user.known_devices.values("pk")[:KEPT]
    user.known_devices.exclude(pk__in=kept).delete()
    return secret, replaced


def forget_devices(user: User) -> None:
    """No device is known any more; each is again after its next sign-in."""
    user.known_devices.all().delete()


def _digest(secret: str) -> str:
    """The secret is 256 bits of chance: nobody guesses one, so a plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
