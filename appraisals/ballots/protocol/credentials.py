"""Credentials: the right to vote, as a secret of 22 characters and a public key on the roll."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .canonical import array, decimal, parse_canonical, serialise, string
from .election import ALPHABET, random_characters
from .errors import Fault, ProtocolError
from .group import GENERATOR, Element, Randomness, decode_element
from .hashing import derive_exponent, sha256_base64

_GROUPS = (5, 6, 5, 6)
_PRIVATE = re.compile("-".join(f"[{ALPHABET}]{{{length}}}" for length in _GROUPS), re.ASCII)


def generate_credential(randomness: Randomness) -> str:
    """A new private credential, such as ``PYCuo-mPnedH-5frsX-7tPVVo``. It has no checksum."""
    characters = random_characters(sum(_GROUPS), randomness)
    starts = [sum(_GROUPS[:index]) for index in range(len(_GROUPS))]
    return "-".join(characters[start : start + length] for start, length in zip(starts, _GROUPS, strict=True))


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """What a voter holds: the private text, its secret exponent and the public key that the roll shows."""

    private: str
    secret: int
    public: Element


def derive_credential(uuid: str, private: str) -> Credential:
    """The credential of one election; in another the same characters give another key."""
    if not _PRIVATE.fullmatch(private):
        raise ProtocolError(Fault.CREDENTIAL_FORM)
    secret = derive_exponent(uuid, private)
    return Credential(private, secret, GENERATOR**secret)


@dataclass(frozen=True, slots=True)
class CredentialList:
    """The roll as the board shows it: public credentials in their published order, each with its weight, and the exact text."""

    weights: dict[Element, int]
    data: bytes

    @classmethod
    def of(cls, publics: Sequence[Element]) -> CredentialList:
        """A roll of one vote each, sorted, so that its order tells nothing."""
        ordered = sorted(publics, key=Element.encode)
        if len(set(ordered)) != len(ordered):
            raise ProtocolError(Fault.CREDENTIAL_DUPLICATE)
        return cls(dict.fromkeys(ordered, 1), serialise([public.encode() for public in ordered]))

    @classmethod
    def from_json(cls, data: bytes) -> CredentialList:
        weights: dict[Element, int] = {}
        for entry in array(parse_canonical(data), what="credentials"):
            text, comma, after = string(entry, "credentials").partition(",")
            public = decode_element(text)
            if public in weights:
                raise ProtocolError(Fault.CREDENTIAL_DUPLICATE)
            weights[public] = decimal(after, "credentials") if comma else 1
        return cls(weights, data)

    @property
    def fingerprint(self) -> str:
        return sha256_base64(self.data)
