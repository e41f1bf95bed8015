"""What each proof of a ballot binds itself to, so that it fits nowhere else; the prover and the verifier share it.

Specification, "ballots". ``context`` is the text that grows from the election to the question.
"""

from __future__ import annotations

from collections.abc import Sequence

from .ballots import Ciphertext
from .election import Election, Question
from .group import Element, product


def voter_context(election: Election, credential: Element) -> str:
    return f"{election.fingerprint}|{credential.encode()}"


def question_context(context: str, choices: Sequence[Ciphertext]) -> str:
    return f"{context}|{','.join(map(_spelled, choices))}"


def individual_prefix(context: str, choice: Ciphertext) -> str:
    """``context`` is the voter's."""
    return f"prove|{context}|{_spelled(choice)}|"


def overall_prefix(question: Question, context: str, total: Ciphertext) -> str:
    """``context`` is the question's, ``total`` the product of its answers."""
    return f"bproof1|{context}|" if question.blank else f"prove|{context}|{_spelled(total)}|"


def blank_prefix(context: str) -> str:
    return f"bproof0|{context}|"


def signature_prefix(signed_hash: str) -> str:
    return f"sig|{signed_hash}|"


def summed(question: Question, choices: Sequence[Ciphertext]) -> Ciphertext:
    """The product of the ciphertexts of all answers, the blank flag left out."""
    answers = choices[int(bool(question.blank)) :]
    return Ciphertext(product(each.alpha for each in answers), product(each.beta for each in answers))


def _spelled(ciphertext: Ciphertext) -> str:
    return f"{ciphertext.alpha.encode()},{ciphertext.beta.encode()}"
