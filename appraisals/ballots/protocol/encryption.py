"""Making a ballot from choices: what the voter's browser does, and here what tests and other tools do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .ballots import Answer, Ballot, Ciphertext
from .canonical import serialise
from .credentials import Credential
from .election import Election, Question
from .errors import Fault, ProtocolError
from .group import GENERATOR, ORDER, Element, Randomness, power_of_generator, random_scalar
from .hashing import sha256_base64
from .proofs import Claim, Proof, prove_knowledge, prove_one_of
from .transcripts import (
    blank_prefix,
    individual_prefix,
    overall_prefix,
    question_context,
    signature_prefix,
    summed,
    voter_context,
)

Choices = Sequence[Sequence[int]]
"""For each question a vector of 0 and 1, one an answer; where blank is allowed a flag before them, 1 for a blank vote."""


def encrypt_ballot(
    election: Election,
    credential: Credential,
    choices: Choices,
    randomness: Randomness,
    progress: Callable[[int, int], None] | None = None,
) -> Ballot:
    """The ballot for ``choices``; raises ``ProtocolError`` when a question does not allow them.

    ``progress`` is called with the questions done and their number, after each.
    """
    check_choices(election, choices)
    context = voter_context(election, credential.public)
    answers = []
    for question, marks in zip(election.questions, choices, strict=True):
        answers.append(_encrypt_answer(question, marks, election.public_key, context, randomness))
        if progress:
            progress(len(answers), len(election.questions))
    return _sign(election, credential, answers, randomness)


def check_choices(election: Election, choices: Choices) -> None:
    """Refuse marks that could not be proven. This one looks at the vote: a mistake here must not become a ballot."""
    if len(choices) != len(election.questions):
        raise ProtocolError(Fault.CHOICES)
    for question, marks in zip(election.questions, choices, strict=True):
        if len(marks) != question.width or any(mark not in (0, 1) for mark in marks):
            raise ProtocolError(Fault.CHOICES)
        blank, marked = (marks[0], sum(marks[1:])) if question.blank else (0, sum(marks))
        least, most = (0, 0) if blank else (question.min, question.max)
        if not least <= marked <= most:
            raise ProtocolError(Fault.CHOICES)


def _encrypt_answer(
    question: Question, marks: Sequence[int], y: Element, context: str, randomness: Randomness
) -> Answer:
    exponents = [random_scalar(randomness) for _ in marks]
    choices = tuple(
        Ciphertext(GENERATOR**r, y**r * power_of_generator(m)) for r, m in zip(exponents, marks, strict=True)
    )
    individual = tuple(
        prove_one_of(_claims(r, m, (0, 1)), y, individual_prefix(context, choice), randomness)
        for r, m, choice in zip(exponents, marks, choices, strict=True)
    )
    context = question_context(context, choices)
    first = int(bool(question.blank))
    r_sum, m_sum = sum(exponents[first:]) % ORDER, sum(marks[first:])
    overall = _claims(r_sum, m_sum, range(question.min, question.max + 1))
    total = summed(question, choices)
    if not question.blank:
        prefix = overall_prefix(question, context, total)
        return Answer(choices, individual, prove_one_of(overall, y, prefix, randomness), None)
    r_blank, m_blank = exponents[0], marks[0]
    either = [
        Claim(r_blank, (m_blank - 1) % ORDER, m_blank),
        *(Claim(claim.exponent, claim.offset, claim.is_true * (1 - m_blank)) for claim in overall),
    ]
    consistent = [Claim(r_blank, m_blank, 1 - m_blank), Claim(r_sum, m_sum, m_blank)]
    return Answer(
        choices,
        individual,
        prove_one_of(either, y, overall_prefix(question, context, total), randomness),
        prove_one_of(consistent, y, blank_prefix(context), randomness),
    )


def _claims(exponent: int, message: int, possible: Sequence[int]) -> list[Claim]:
    """That the message is each of those possible; one of the claims is true."""
    return [Claim(exponent, (message - value) % ORDER, int(message == value)) for value in possible]


def _sign(
    election: Election, credential: Credential, answers: Sequence[Answer], randomness: Randomness
) -> Ballot:
    value: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential.public.encode(),
        "answers": [answer.to_json() for answer in answers],
    }
    signed_hash = sha256_base64(serialise(value))
    proof: Proof = prove_knowledge(credential.secret, signature_prefix(signed_hash), randomness)
    value["signature"] = {"hash": signed_hash, "proof": proof.to_json()}
    return Ballot(credential.public, tuple(answers), signed_hash, proof, serialise(value))
