"""Checking a ballot, the same when it is cast and when anybody audits the archive."""

from __future__ import annotations

from .ballots import Answer, Ballot
from .credentials import CredentialList
from .election import Election, Question
from .errors import Fault, ProtocolError
from .group import GENERATOR, Element
from .proofs import knowledge_holds, one_of_holds
from .transcripts import (
    blank_prefix,
    individual_prefix,
    overall_prefix,
    question_context,
    signature_prefix,
    summed,
    voter_context,
)


def check_ballot(ballot: Ballot, election: Election, credentials: CredentialList) -> None:
    """Raise ``ProtocolError`` unless the credential is on the roll, signed this text, and every proof holds.

    Whether the same ballot was cast before, only the whole board knows.
    """
    if ballot.credential not in credentials.weights:
        raise ProtocolError(Fault.BALLOT_UNKNOWN_CREDENTIAL)
    if ballot.signed_hash != ballot.recomputed_hash():
        raise ProtocolError(Fault.BALLOT_HASH)
    prefix = signature_prefix(ballot.signed_hash)
    if not knowledge_holds(ballot.signature, prefix, [(GENERATOR, ballot.credential)]):
        raise ProtocolError(Fault.BALLOT_SIGNATURE)
    context = voter_context(election, ballot.credential)
    for number, (answer, question) in enumerate(zip(ballot.answers, election.questions, strict=True), 1):
        fault = wrong_proof(answer, question, election.public_key, context)
        if fault:
            raise ProtocolError(fault, f"question {number}")


def wrong_proof(answer: Answer, question: Question, y: Element, context: str) -> Fault | None:
    """The kind of the first proof that does not hold, if any."""
    for choice, proofs in zip(answer.choices, answer.individual_proofs, strict=True):
        marked = choice.shifted(1)
        statements = [(choice.alpha, choice.beta), (marked.alpha, marked.beta)]
        if not one_of_holds(proofs, statements, y, individual_prefix(context, choice)):
            return Fault.BALLOT_INDIVIDUAL
    context = question_context(context, answer.choices)
    total = summed(question, answer.choices)
    sums = [total.shifted(number) for number in range(question.min, question.max + 1)]
    statements = [(each.alpha, each.beta) for each in sums]
    if answer.blank_proof is None:
        return (
            None
            if one_of_holds(answer.overall_proof, statements, y, overall_prefix(question, context, total))
            else Fault.BALLOT_OVERALL
        )
    flag = answer.choices[0]
    blank = flag.shifted(1)
    statements = [(blank.alpha, blank.beta), *statements]
    if not one_of_holds(answer.overall_proof, statements, y, overall_prefix(question, context, total)):
        return Fault.BALLOT_OVERALL
    statements = [(flag.alpha, flag.beta), (total.alpha, total.beta)]
    if not one_of_holds(answer.blank_proof, statements, y, blank_prefix(context)):
        return Fault.BALLOT_BLANK
    return None
