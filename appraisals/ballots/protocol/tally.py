"""The encrypted tally: all counted ballots multiplied, so that only sums are ever decrypted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .ballots import Ballot, Ciphertext
from .canonical import array, fields, natural, parse_canonical, serialise, string, weight, write_weight
from .credentials import CredentialList
from .election import Election
from .group import NEUTRAL, Element, decode_element_or_neutral
from .hashing import sha256_hex

Rows = tuple[tuple[Ciphertext, ...], ...]


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """A ciphertext for each question and element, in the shape of the election."""

    rows: Rows

    @classmethod
    def empty(cls, election: Election) -> EncryptedTally:
        """What no ballots at all come to."""
        return cls(tuple((Ciphertext(NEUTRAL, NEUTRAL),) * width for width in election.shape))

    @classmethod
    def from_json(cls, data: bytes, election: Election) -> EncryptedTally:
        rows = array(parse_canonical(data), len(election.shape), "tally")
        return cls(
            tuple(
                tuple(_ciphertext(each) for each in array(row, width, "tally"))
                for row, width in zip(rows, election.shape, strict=True)
            )
        )

    def to_json(self) -> bytes:
        return serialise([[each.to_json() for each in row] for row in self.rows])

    def __mul__(self, other: EncryptedTally) -> EncryptedTally:
        return EncryptedTally(
            tuple(
                tuple(mine * its for mine, its in zip(*pair, strict=True))
                for pair in zip(self.rows, other.rows, strict=True)
            )
        )


def weighted_tally(rows: Rows, weight: int) -> EncryptedTally:
    """What one ballot alone comes to."""
    return EncryptedTally(tuple(tuple(each**weight for each in row) for row in rows))


def multiply_tallies(election: Election, tallies: Iterable[EncryptedTally]) -> EncryptedTally:
    """The tally of all the ballots that each of ``tallies`` was made of."""
    total = None
    for tally in tallies:
        total = tally if total is None else total * tally
    return total or EncryptedTally.empty(election)


def _ciphertext(value: Any) -> Ciphertext:
    fields(value, ("alpha", "beta"), what="tally")
    return Ciphertext(decode_element_or_neutral(value["alpha"]), decode_element_or_neutral(value["beta"]))


@dataclass(frozen=True, slots=True)
class TallyDescriptor:
    """How many ballots were counted, with what weight, and the hash of their encrypted tally."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str

    @classmethod
    def of(cls, tally: EncryptedTally, num_tallied: int, total_weight: int) -> TallyDescriptor:
        return cls(num_tallied, total_weight, sha256_hex(tally.to_json()))

    @classmethod
    def from_json(cls, data: bytes) -> TallyDescriptor:
        names = ("num_tallied", "total_weight", "encrypted_tally")
        value = fields(parse_canonical(data), names, what="tally")
        return cls(
            natural(value["num_tallied"], what="tally"),
            weight(value["total_weight"], "tally"),
            string(value["encrypted_tally"], "tally"),
        )

    def to_json(self) -> bytes:
        return serialise(
            {
                "num_tallied": self.num_tallied,
                "total_weight": write_weight(self.total_weight),
                "encrypted_tally": self.encrypted_tally,
            }
        )


def tally_ballots(
    election: Election, credentials: CredentialList, ballots: Iterable[Ballot]
) -> tuple[EncryptedTally, TallyDescriptor]:
    """The tally of checked ballots in the order of casting: of each credential the last one counts."""
    counted: dict[Element, Rows] = {}
    for ballot in ballots:
        counted[ballot.credential] = ballot.ciphertexts
    tally = multiply_tallies(
        election,
        (weighted_tally(rows, credentials.weights[credential]) for credential, rows in counted.items()),
    )
    weights = sum(credentials.weights[credential] for credential in counted)
    return tally, TallyDescriptor.of(tally, len(counted), weights)
