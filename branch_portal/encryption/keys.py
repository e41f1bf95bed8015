"""Sealing and opening single texts: XChaCha20-Poly1305 of libsodium, bound to the place where the text stands."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError, transaction
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from branch_portal.encryption import master
from branch_portal.encryption.models import DataKey

_PREFIX = "sealed1"
_NONCE = 24
# Opened data keys of this process, by id: an id always means the same key.
_opened: dict[uuid.UUID, bytes] = {}
_held: ContextVar[dict[str, DataKey] | None] = ContextVar("held", default=None)


class Tampered(Exception):
    """The stored text is not what was sealed for this place."""


def seal(text: str, place: str) -> str:
    """``sealed1.<key>.<base64>``. ``place`` ("table.column") must be given again to open it. One query."""
    key = current(DataKey.Purpose.TEXTS)
    nonce = secrets.token_bytes(_NONCE)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(text.encode(), place.encode(), nonce, _open(key))
    return _joined(key.pk, nonce + sealed)


def unseal(stored: str, place: str) -> str:
    """The text. Raises ``Tampered`` if it was altered or belongs elsewhere, ``master.KeyMissing`` without the key."""
    try:
        _, number, encoded = stored.split(".")
        identifier, sealed = uuid.UUID(number), base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Tampered(place) from None
    # Both parts can be spelled in several ways (capitals, bits of the padding); only the one we write is ours.
    if stored != _joined(identifier, sealed):
        raise Tampered(place)
    key = _opened.get(identifier) or _open(DataKey.objects.get(pk=identifier))
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[_NONCE:], place.encode(), sealed[:_NONCE], key
        ).decode()
    except CryptoError:
        raise Tampered(place) from None


def key_of(stored: str) -> uuid.UUID:
    """The id of the data key that sealed the text."""
    return uuid.UUID(stored.split(".")[1])


def digest(text: str, place: str) -> str:
    """64 hexadecimal digits, equal for equal texts of one place; without the key they tell nothing. One query."""
    return digests([text], place)[text]


def digests(texts: Iterable[str], place: str) -> dict[str, str]:
    """The digest of every text. One query, however many."""
    key = _open(current(DataKey.Purpose.DIGESTS))
    before = place.encode() + b"\0"
    return {text: hmac.new(key, before + text.encode(), hashlib.sha256).hexdigest() for text in texts}


def current(purpose: str) -> DataKey:
    """The key of the purpose that seals now, made at the first need; two first needs at once agree on one."""
    held = _held.get()
    if held is not None and purpose in held:
        return held[purpose]
    key = DataKey.objects.filter(purpose=purpose, retired_at=None).first() or _make(purpose)
    if held is not None:
        held[purpose] = key
    return key


@contextmanager
def held() -> Iterator[None]:
    """For many texts at once: within it the current keys are asked for once. A key that is retired meanwhile still opens
    what it sealed."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def _joined(key: uuid.UUID, sealed: bytes) -> str:
    return f"{_PREFIX}.{key}.{base64.b64encode(sealed).decode()}"


def _make(purpose: str) -> DataKey:
    try:
        with transaction.atomic():
            return DataKey.objects.create(purpose=purpose, wrapped=master.wrap(secrets.token_bytes(32)))
    except IntegrityError:
        return DataKey.objects.get(purpose=purpose, retired_at=None)


def _open(key: DataKey) -> bytes:
    if key.pk not in _opened:
        _opened[key.pk] = master.unwrap(key.wrapped)
    return _opened[key.pk]
