"""Every hash of the protocol. All are SHA-256; what differs is what goes in and how the digest is spelled."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from .group import ORDER, Element


def sha256_hex(data: bytes) -> str:
    """The spelling inside archives: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_base64(data: bytes) -> str:
    """The spelling that people see, of fingerprints and trackers: 43 characters of Base64, no padding."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode("ascii").rstrip("=")


def challenge(prefix: str, elements: Iterable[Element]) -> int:
    """H(prefix; elements) modulo q, where ``prefix`` ends with a bar (Specification, "proofs")."""
    text = prefix + ",".join(element.encode() for element in elements)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big") % ORDER


def derive_exponent(uuid: str, private_credential: str) -> int:
    """The secret exponent of a private credential, which is hashed with its hyphens (Specification, "credentials")."""
    digests = (
        hashlib.sha256(f"derive_credential|{uuid}|{part}|{private_credential}".encode()).digest()
        for part in (0, 1)
    )
    return int.from_bytes(b"".join(digests), "big") % ORDER
