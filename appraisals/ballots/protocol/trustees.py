"""Trustees (the scrutineers): their keys, the proof that each knows its own, and the election's key made of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import array, fields, parse_canonical, serialise, string
from .errors import Fault, NotSupported, ProtocolError
from .group import (
    GENERATOR,
    Element,
    Randomness,
    decode_element,
    decode_scalar,
    encode_scalar,
    product,
    random_scalar,
)
from .hashing import sha256_base64
from .proofs import Proof, knowledge_holds, prove_knowledge


@dataclass(frozen=True, slots=True, repr=False)
class TrusteeKey:
    """A trustee's private exponent, used as it is (no clamping), and its public key g^secret."""

    secret: int
    public: Element

    def encode_secret(self) -> str:
        return encode_scalar(self.secret)


def generate_trustee_key(randomness: Randomness) -> TrusteeKey:
    return trustee_key(random_scalar(randomness))


def trustee_key(secret: int) -> TrusteeKey:
    return TrusteeKey(secret, GENERATOR**secret)


def trustee_key_from_secret(text: str) -> TrusteeKey:
    """The key from its private half in decimal digits; 0 is none."""
    key = trustee_key(decode_scalar(text))
    if key.public.is_neutral:
        raise ProtocolError(Fault.SCALAR_RANGE)
    return key


@dataclass(frozen=True, slots=True)
class Trustee:
    """A trustee as everybody sees it; the proof holds."""

    public_key: Element
    pok: Proof
    name: str | None = None

    @classmethod
    def from_json(cls, value: Any) -> Trustee:
        fields(value, ("pok", "public_key", "name"), ("name",), "trustee")
        name = string(value["name"], "trustee") if "name" in value else None
        trustee = cls(decode_element(value["public_key"]), Proof.from_json(value["pok"]), name)
        if not knowledge_holds(
            trustee.pok, _pok_prefix(trustee.public_key), [(GENERATOR, trustee.public_key)]
        ):
            raise ProtocolError(Fault.TRUSTEE_PROOF)
        return trustee

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {"pok": self.pok.to_json(), "public_key": self.public_key.encode()}
        if self.name is not None:
            value["name"] = self.name
        return value

    @property
    def fingerprint(self) -> str:
        """The hash of the public key's JSON, quotes and all, as the pages of Belenios show it."""
        return sha256_base64(serialise(self.public_key.encode()))


def prove_trustee(key: TrusteeKey, name: str | None, randomness: Randomness) -> Trustee:
    """The public trustee with the proof of knowing the key (Specification, "trustee public key")."""
    return Trustee(key.public, prove_knowledge(key.secret, _pok_prefix(key.public), randomness), name)


def _pok_prefix(public_key: Element) -> str:
    return f"pok|Ed25519|{public_key.encode()}|"


@dataclass(frozen=True, slots=True)
class Trustees:
    """All trustees of an election, in the order in which partial decryptions number their owners (from 1)."""

    members: tuple[Trustee, ...]

    @classmethod
    def of(cls, members: Sequence[Trustee]) -> Trustees:
        """Refuses an empty list and one key twice: a copied key would leave out the person who is thought to hold it."""
        if not members:
            raise ProtocolError(Fault.TRUSTEES_NONE)
        if len({each.public_key for each in members}) != len(members):
            raise ProtocolError(Fault.TRUSTEE_DUPLICATE)
        return cls(tuple(members))

    @classmethod
    def from_json(cls, data: bytes) -> Trustees:
        members = []
        for entry in array(parse_canonical(data), what="trustees"):
            kind, trustee = array(entry, 2, "trustees")
            if string(kind, "trustees") != "Single":
                raise NotSupported(_kind_of_trustee(kind))
            members.append(Trustee.from_json(trustee))
        return cls.of(members)

    def to_json(self) -> bytes:
        return serialise([["Single", each.to_json()] for each in self.members])

    def election_key(self) -> Element:
        """y, the product of the trustees' keys: only all of them together can decrypt."""
        return product(each.public_key for each in self.members)


def _kind_of_trustee(kind: str) -> str:
    return "threshold trustees" if kind == "Pedersen" else "this kind of trustee"
