"""The stored texts of a ballot as the protocol's objects; parsing them is remembered, since they never change."""

from __future__ import annotations

from functools import lru_cache

from appraisals.ballots.models import Scrutineer, SecretBallot
from appraisals.ballots.protocol.credentials import CredentialList
from appraisals.ballots.protocol.decryption import PartialDecryption
from appraisals.ballots.protocol.election import Election
from appraisals.ballots.protocol.result import Result
from appraisals.ballots.protocol.tally import EncryptedTally, TallyDescriptor
from appraisals.ballots.protocol.trustees import Trustees

_KEPT = 16


@lru_cache(_KEPT)
def _election(text: str) -> Election:
    return Election.from_json(text.encode())


@lru_cache(_KEPT)
def _credentials(text: str) -> CredentialList:
    return CredentialList.from_json(text.encode())


@lru_cache(_KEPT)
def _trustees(text: str) -> Trustees:
    return Trustees.from_json(text.encode())


def election_of(ballot: SecretBallot) -> Election:
    return _election(ballot.election)


def credentials_of(ballot: SecretBallot) -> CredentialList:
    return _credentials(ballot.credentials)


def trustees_of(ballot: SecretBallot) -> Trustees:
    return _trustees(ballot.trustees)


def encrypted_tally_of(ballot: SecretBallot) -> EncryptedTally:
    return EncryptedTally.from_json(ballot.encrypted_tally.encode(), election_of(ballot))


def descriptor_of(ballot: SecretBallot) -> TallyDescriptor:
    return TallyDescriptor.from_json(ballot.tally_descriptor.encode())


def partial_decryption_of(scrutineer: Scrutineer) -> PartialDecryption:
    election = election_of(scrutineer.ballot)
    return PartialDecryption.from_json(scrutineer.partial_decryption.encode(), election)


def result_of(ballot: SecretBallot) -> Result:
    """The sums of the ballots cast online."""
    return Result.from_json(ballot.result.encode(), election_of(ballot))
