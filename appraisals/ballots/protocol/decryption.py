"""Partial decryption: each trustee takes its share of the key off the tally, and proves that it did just that.

On the server this only checks. The function that uses a key is the reference for the browser's, which guards it: see
``static/js/ballot/board.js``.
"""

from __future__ import annotations

from dataclasses import dataclass

from .canonical import array, fields, parse_canonical, serialise
from .election import Election
from .errors import Fault, ProtocolError
from .group import GENERATOR, Element, Randomness, decode_element_or_neutral
from .proofs import Proof, knowledge_holds, prove_knowledge
from .tally import EncryptedTally
from .trustees import TrusteeKey


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """One trustee's factor alpha^x and proof for each ciphertext of the tally, in its shape."""

    factors: tuple[tuple[Element, ...], ...]
    proofs: tuple[tuple[Proof, ...], ...]

    @classmethod
    def from_json(cls, data: bytes, election: Election) -> PartialDecryption:
        names = ("decryption_factors", "decryption_proofs")
        value = fields(parse_canonical(data), names, what="partial decryption")
        factors, proofs = (array(value[name], len(election.shape), "partial decryption") for name in names)
        return cls(
            tuple(
                tuple(decode_element_or_neutral(each) for each in array(row, width, "partial decryption"))
                for row, width in zip(factors, election.shape, strict=True)
            ),
            tuple(
                tuple(Proof.from_json(each) for each in array(row, width, "partial decryption"))
                for row, width in zip(proofs, election.shape, strict=True)
            ),
        )

    def to_json(self) -> bytes:
        return serialise(
            {
                "decryption_factors": [[each.encode() for each in row] for row in self.factors],
                "decryption_proofs": [[each.to_json() for each in row] for row in self.proofs],
            }
        )


def decrypt_partially(
    election: Election, tally: EncryptedTally, key: TrusteeKey, randomness: Randomness
) -> PartialDecryption:
    """The share of ``key`` in decrypting ``tally``. The caller has recomputed that tally from checked ballots."""
    prefix = _prefix(election, key.public)
    factors, proofs = [], []
    for row in tally.rows:
        factors.append(tuple(each.alpha**key.secret for each in row))
        proofs.append(
            tuple(prove_knowledge(key.secret, prefix, randomness, (GENERATOR, each.alpha)) for each in row)
        )
    return PartialDecryption(tuple(factors), tuple(proofs))


def check_partial_decryption(
    partial: PartialDecryption, election: Election, tally: EncryptedTally, public_key: Element
) -> None:
    """Raise ``ProtocolError`` unless every factor is alpha to the exponent of ``public_key``.

    ``tally`` has to be recomputed from the ballots: the proof does not name it.
    """
    prefix = _prefix(election, public_key)
    for number, row in enumerate(tally.rows):
        for ciphertext, factor, proof in zip(
            row, partial.factors[number], partial.proofs[number], strict=True
        ):
            pairs = [(GENERATOR, public_key), (ciphertext.alpha, factor)]
            if factor.is_neutral != ciphertext.alpha.is_neutral:
                raise ProtocolError(Fault.POINT, f"question {number + 1}")
            if not knowledge_holds(proof, prefix, pairs):
                raise ProtocolError(Fault.DECRYPTION_PROOF, f"question {number + 1}")


def _prefix(election: Election, public_key: Element) -> str:
    return f"decrypt|{election.fingerprint}|{public_key.encode()}|"
