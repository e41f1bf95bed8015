"""The two proofs from which everything else is made: knowing an exponent, and one of several statements being true.

Responses are ``w − secret · challenge``, so the verifier finds the commitment as ``base^response · public^challenge``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import array, fields
from .group import (
    GENERATOR,
    ORDER,
    Element,
    Randomness,
    decode_scalar,
    encode_scalar,
    minus_product,
    plus_product,
    power_of_generator,
    random_scalar,
)
from .hashing import challenge


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and its response, numbers modulo q."""

    challenge: int
    response: int

    @classmethod
    def from_json(cls, value: Any) -> Proof:
        fields(value, ("challenge", "response"), what="proof")
        return cls(decode_scalar(value["challenge"]), decode_scalar(value["response"]))

    def to_json(self) -> dict[str, str]:
        return {"challenge": encode_scalar(self.challenge), "response": encode_scalar(self.response)}


def proofs_from_json(value: Any, length: int) -> tuple[Proof, ...]:
    return tuple(Proof.from_json(each) for each in array(value, length, "proofs"))


# --- knowledge of an exponent ---------------------------------------------------------------------


def prove_knowledge(
    secret: int, prefix: str, randomness: Randomness, bases: Sequence[Element] = (GENERATOR,)
) -> Proof:
    """That one ``secret`` is the exponent over every base (Schnorr; Chaum and Pedersen for two bases)."""
    w = random_scalar(randomness)
    c = challenge(prefix, [base**w for base in bases])
    return Proof(c, minus_product(w, secret, c))


def knowledge_holds(proof: Proof, prefix: str, pairs: Iterable[tuple[Element, Element]]) -> bool:
    """Whether the prover knew the one exponent that makes each ``(base, public)`` true: base^secret = public."""
    commitments = [base**proof.response * public**proof.challenge for base, public in pairs]
    return challenge(prefix, commitments) == proof.challenge


# --- one of several statements --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """What a prover knows of one statement "(a, b) encrypts 0": a = g^exponent, b = y^exponent · g^offset.

    The statement is true when ``offset`` is 0; ``is_true`` says so as a number, 0 or 1, and is 1 for one claim alone.
    """

    exponent: int
    offset: int
    is_true: int


def prove_one_of(
    claims: Sequence[Claim], y: Element, prefix: str, randomness: Randomness
) -> tuple[Proof, ...]:
    """That one of the claims is true, without telling which (Cramer, Damgård and Schoenmakers).

    A prover who knows all exponents finds every commitment, simulated or not, by the same fixed-base powers; only the
    last step treats the true claim differently, by a factor of 1 in place of 0. Nothing branches on which it is.
    """
    drawn = [(random_scalar(randomness), random_scalar(randomness)) for _ in claims]
    commitments = []
    for claim, (c, r) in zip(claims, drawn, strict=True):
        e = plus_product(r, claim.exponent, c)
        commitments.append(GENERATOR**e)
        commitments.append(y**e * power_of_generator(plus_product(0, claim.offset, c)))
    missing = (challenge(prefix, commitments) - sum(c for c, _ in drawn)) % ORDER
    proofs = []
    for claim, (c, r) in zip(claims, drawn, strict=True):
        share = plus_product(0, claim.is_true, missing)
        proofs.append(Proof(plus_product(c, 1, share), minus_product(r, claim.exponent, share)))
    return tuple(proofs)


def one_of_holds(
    proofs: Sequence[Proof], statements: Sequence[tuple[Element, Element]], y: Element, prefix: str
) -> bool:
    """Whether one of the statements (a, b), "log a over g is log b over y", was shown to be true."""
    commitments = []
    for proof, (a, b) in zip(proofs, statements, strict=True):
        commitments.append(GENERATOR**proof.response * a**proof.challenge)
        commitments.append(y**proof.response * b**proof.challenge)
    return challenge(prefix, commitments) == sum(proof.challenge for proof in proofs) % ORDER
