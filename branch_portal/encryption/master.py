"""The master keys: settings.RECORD_KEYS, the first of which seals; the others open what an earlier one sealed."""

from __future__ import annotations

import base64
import hashlib

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


class KeyMissing(Exception):
    """No master key of the environment opens what is stored: it is another installation's, or one was taken out too early."""


def wrap(key: bytes) -> str:
    """``name.base64``: the key sealed by the first master key."""
    secret = settings.RECORD_KEYS[0]
    return f"{_name(secret)}.{base64.b64encode(_box(secret).encrypt(key)).decode()}"


def unwrap(wrapped: str) -> bytes:
    """Raises ``KeyMissing`` if none of the master keys sealed it."""
    name, _, sealed = wrapped.partition(".")
    for secret in settings.RECORD_KEYS:
        if _name(secret) == name:
            try:
                return _box(secret).decrypt(base64.b64decode(sealed))
            except (CryptoError, ValueError):
                break
    raise KeyMissing(f"RECORD_KEYS holds no key named {name}.")


def is_current(wrapped: str) -> bool:
    """Whether the first master key sealed it."""
    return wrapped.partition(".")[0] == _name(settings.RECORD_KEYS[0])


def _name(secret: str) -> str:
    """Eight digits that tell master keys apart and tell nothing about them."""
    return hashlib.sha256(b"name\0" + secret.encode()).hexdigest()[:8]


def _box(secret: str) -> SecretBox:
    return SecretBox(hashlib.sha256(b"master\0" + secret.encode()).digest())
