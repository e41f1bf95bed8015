"""The ballot: one vote, encrypted, with the proofs that it is a vote at all and a signature by its credential."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .canonical import array, fields, parse_canonical, string
from .election import Election, Question
from .errors import Fault, ProtocolError
from .group import Element, decode_element, small_power
from .hashing import sha256_base64
from .proofs import Proof, proofs_from_json


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """ElGamal in the exponent: alpha = g^r, beta = y^r · g^m. Multiplying ciphertexts adds their messages."""

    alpha: Element
    beta: Element

    @classmethod
    def from_json(cls, value: Any) -> Ciphertext:
        fields(value, ("alpha", "beta"), what="ciphertext")
        return cls(decode_element(value["alpha"]), decode_element(value["beta"]))

    def to_json(self) -> dict[str, str]:
        return {"alpha": self.alpha.encode(), "beta": self.beta.encode()}

    def __mul__(self, other: Ciphertext) -> Ciphertext:
        return Ciphertext(self.alpha * other.alpha, self.beta * other.beta)

    def __pow__(self, exponent: int) -> Ciphertext:
        return self if exponent == 1 else Ciphertext(self.alpha**exponent, self.beta**exponent)

    def shifted(self, message: int) -> Ciphertext:
        """The ciphertext of a message smaller by ``message``."""
        return Ciphertext(self.alpha, self.beta / small_power(message)) if message else self


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: a ciphertext an answer (the blank flag first), and the proofs about them."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None

    @classmethod
    def from_json(cls, value: Any, question: Question) -> Answer:
        names = ("choices", "individual_proofs", "overall_proof")
        fields(value, (*names, "blank_proof") if question.blank else names, what="answer")
        choices = array(value["choices"], question.width, "choices")
        proofs = array(value["individual_proofs"], question.width, "proofs")
        statements = question.max - question.min + 1 + bool(question.blank)
        return cls(
            tuple(Ciphertext.from_json(each) for each in choices),
            tuple(proofs_from_json(each, 2) for each in proofs),
            proofs_from_json(value["overall_proof"], statements),
            proofs_from_json(value["blank_proof"], 2) if question.blank else None,
        )

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {
            "choices": [each.to_json() for each in self.choices],
            "individual_proofs": [[proof.to_json() for proof in each] for each in self.individual_proofs],
            "overall_proof": [proof.to_json() for proof in self.overall_proof],
        }
        if self.blank_proof is not None:
            value["blank_proof"] = [proof.to_json() for proof in self.blank_proof]
        return value


@dataclass(frozen=True, slots=True)
class Ballot:
    """A well-formed ballot for one election: encodings, shape and group membership are right, proofs not yet checked.

    ``data`` is its exact text, ``signed_hash`` the hash that the text carries of itself without the signature.
    """

    credential: Element
    answers: tuple[Answer, ...]
    signed_hash: str
    signature: Proof
    data: bytes

    @classmethod
    def from_json(cls, data: bytes, election: Election) -> Ballot:
        """Raises ``ProtocolError`` for anything but a ballot of this election in its one spelling."""
        if len(data) > ballot_size_limit(election):
            raise ProtocolError(Fault.BALLOT_TOO_LARGE)
        value = parse_canonical(data, Fault.BALLOT_NOT_CANONICAL)
        names = ("election_uuid", "election_hash", "credential", "answers", "signature")
        try:
            fields(value, names, what="ballot")
        except ProtocolError as error:
            if error.fault == Fault.NOT_CANONICAL:
                raise ProtocolError(Fault.BALLOT_NOT_CANONICAL) from None
            raise
        named = (string(value["election_uuid"], "ballot"), string(value["election_hash"], "ballot"))
        if named != (election.uuid, election.fingerprint):
            raise ProtocolError(Fault.BALLOT_OTHER_ELECTION)
        answers = array(value["answers"], len(election.questions), "answers")
        signature = fields(value["signature"], ("hash", "proof"), what="signature")
        return cls(
            decode_element(value["credential"]),
            tuple(
                Answer.from_json(answer, question)
                for answer, question in zip(answers, election.questions, strict=True)
            ),
            string(signature["hash"], "signature"),
            Proof.from_json(signature["proof"]),
            data,
        )

    @property
    def tracker(self) -> str:
        """The hash of the whole ballot, which the voter notes and finds on the board."""
        return sha256_base64(self.data)

    @property
    def ciphertexts(self) -> tuple[tuple[Ciphertext, ...], ...]:
        return tuple(answer.choices for answer in self.answers)

    def recomputed_hash(self) -> str:
        """What ``signed_hash`` has to be: the hash of the text without its last field."""
        return sha256_base64(self.data[: self.data.rindex(b',"signature":')] + b"}")


def ballot_size_limit(election: Election) -> int:
    """Twice the bytes of the longest ballot of this election; a longer text is refused unread."""
    proof, ciphertext, around = 183, 151, 80
    size = 512 + len(election.uuid)
    for question in election.questions:
        blank = bool(question.blank)
        overall = question.max - question.min + 1 + blank
        size += around + question.width * (ciphertext + 2 * proof + 3) + (overall + 2 * blank) * proof
    return 2 * size
