"""The secret that leads from a voter to a seat while voting is open, and to nobody once it is destroyed.

It is one file outside the database for each open ballot. The handle of a voter's seat, the voter's private credential and
the key that signs receipts are all derived from it, so none of them is stored anywhere: no column of a dump of the database, its
log or a backup pairs anybody with a ballot. Destroying the file at closing destroys the link in every copy of the database
there is (S-3 of the handbook). ``settings.BALLOT_KEYS`` must not be part of a backup: docs/operations.md.

What this does not hide: a copy made *while people vote* has the seats in the order in which they were filled (rows, ``xmin``),
and beside it the times at which people signed in. Who signs in and votes at once can be guessed from the two orders, as
somebody can who stands beside the box. So no copy is made while a vote is open; afterwards neither order is there.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import uuid
from pathlib import Path

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from appraisals.ballots.protocol.credentials import generate_credential

_LENGTH = 32


class LinkLost(Exception):
    """The ballot is open but its file is not on this machine: nobody can vote, and it has to be repeated."""


class LinkKey:
    """The secret of one ballot; prints as nothing."""

    def __init__(self, secret: bytes) -> None:
        self.__secret = secret

    def handle(self, voter: uuid.UUID) -> str:
        """The primary key of the voter's seat: 64 hexadecimal digits."""
        return self._derive(b"seat", voter.bytes).hex()

    def credential(self, voter: uuid.UUID) -> str:
        """The voter's private credential, the same at each call."""
        return generate_credential(self._stream(b"credential", voter.bytes))

    def sign(self, message: bytes) -> str:
        """Base64 of an Ed25519 signature."""
        return base64.b64encode(self._signing_key.sign(message).signature).decode()

    @property
    def receipt_key(self) -> str:
        """Base64 of the public half, which is fixed at opening."""
        return base64.b64encode(bytes(self._signing_key.verify_key)).decode()

    @property
    def _signing_key(self) -> SigningKey:
        return SigningKey(self._derive(b"receipts", b""))

    def _derive(self, purpose: bytes, about: bytes) -> bytes:
        return hmac.new(self.__secret, purpose + b"\0" + about, hashlib.sha256).digest()

    def _stream(self, purpose: bytes, about: bytes):
        """As many bytes as are asked for, always the same ones."""
        block, buffer = 0, b""

        def randomness(length: int) -> bytes:
            nonlocal block, buffer
            while len(buffer) < length:
                buffer += self._derive(purpose, about + block.to_bytes(4, "big"))
                block += 1
            taken, buffer = buffer[:length], buffer[length:]
            return taken

        return randomness


def is_signed(receipt_key: str, message: bytes, signature: str) -> bool:
    """Whether the holder of that public key signed the message."""
    try:
        VerifyKey(base64.b64decode(receipt_key)).verify(message, base64.b64decode(signature, validate=True))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def create(ballot: str) -> LinkKey:
    """A new secret, on the disk before anything relies on it. An earlier one of an opening that failed is overwritten."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = secrets.token_bytes(_LENGTH)
    unfinished = folder / f"{ballot}.{secrets.token_hex(4)}"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(_path(ballot))
    _sync(folder)
    return LinkKey(secret)


def load(ballot: str, *, receipt_key: str | None = None) -> LinkKey:
    """Raises ``LinkLost`` where there is none, or another one than that whose ``receipt_key`` was fixed at opening: its
    handles would lead to no seat, and everybody would seem not to have voted."""
    try:
        secret = _path(ballot).read_bytes()
    except FileNotFoundError:
        raise LinkLost(ballot) from None
    if len(secret) != _LENGTH:
        raise LinkLost(ballot)
    link = LinkKey(secret)
    if receipt_key is not None and link.receipt_key != receipt_key:
        raise LinkLost(ballot)
    return link


def is_there(ballot: str, *, receipt_key: str) -> bool:
    """Whether ``load`` finds the one that belongs to the ballot."""
    try:
        load(ballot, receipt_key=receipt_key)
    except LinkLost:
        return False
    return True


def destroy(ballot: str) -> None:
    """Overwritten, then removed; nothing to do if it is gone."""
    path = _path(ballot)
    with contextlib.suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            file.write(secrets.token_bytes(_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)


def kept() -> list[str]:
    """The ballots whose secret lies on this machine."""
    return sorted(path.stem for path in _folder().glob("*.link"))


def _folder() -> Path:
    return Path(settings.BALLOT_KEYS)


def _path(ballot: str) -> Path:
    return _folder() / f"{ballot}.link"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
