"""Elections of our own, invented, with all their secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appraisals.ballots.protocol.credentials import (
    Credential,
    CredentialList,
    derive_credential,
    generate_credential,
)
from appraisals.ballots.protocol.election import Election, Question, generate_uuid, write_election
from appraisals.ballots.protocol.encryption import encrypt_ballot
from appraisals.ballots.protocol.trustees import (
    TrusteeKey,
    Trustees,
    generate_trustee_key,
    prove_trustee,
)
from tests.protocol.boards import Board
from tests.protocol.streams import stream

GRADES = ("Excellent", "Qualified", "Basically qualified", "Unqualified")


@dataclass(frozen=True)
class Made:
    """An election and everything that its people keep to themselves."""

    election: Election
    keys: list[TrusteeKey]
    trustees: Trustees
    credentials: list[Credential]
    roll: CredentialList

    def ballot(self, voter: int, choices: Sequence[Sequence[int]], seed: object = "") -> bytes:
        return encrypt_ballot(
            self.election, self.credentials[voter], choices, stream(f"ballot {voter} {seed}")
        ).data

    def board(self, ballots: Sequence[bytes]) -> Board:
        """Counted to the end."""
        setup = Board(self.election.data, self.trustees.to_json(), self.roll.data, list(ballots))
        return setup.counted_again([key.encode_secret() for key in self.keys])


def make_election(
    questions: Sequence[Question], voters: int = 3, trustees: int = 2, seed: object = ""
) -> Made:
    randomness = stream(f"election {seed}")
    keys = [generate_trustee_key(randomness) for _ in range(trustees)]
    public = Trustees.of([prove_trustee(key, f"Trustee {n}", randomness) for n, key in enumerate(keys)])
    election = write_election(
        uuid=generate_uuid(randomness),
        name="Invented “election”",
        description="Nobody \\ voted",
        trustees=public,
        questions=questions,
    )
    credentials = [derive_credential(election.uuid, generate_credential(randomness)) for _ in range(voters)]
    return Made(election, keys, public, credentials, CredentialList.of([each.public for each in credentials]))


def rows(number: int = 1, *, min: int = 0, max: int = 1, blank: bool | None = None) -> list[Question]:
    return [Question(GRADES, min, max, f"Member {n}", blank) for n in range(number)]
