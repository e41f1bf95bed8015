"""An archive taken apart so that a test can alter one thing and put the rest together again consistently."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.canonical import serialise
from appraisals.ballots.protocol.credentials import CredentialList, derive_credential
from appraisals.ballots.protocol.decryption import decrypt_partially
from appraisals.ballots.protocol.election import Election
from appraisals.ballots.protocol.events import ArchiveWriter, EventType, read_records
from appraisals.ballots.protocol.hashing import sha256_base64
from appraisals.ballots.protocol.proofs import prove_knowledge
from appraisals.ballots.protocol.result import compute_result
from appraisals.ballots.protocol.tally import tally_ballots
from appraisals.ballots.protocol.trustees import Trustees, trustee_key_from_secret
from tests.protocol.streams import stream
from tests.protocol.vectors import archive_path, expected

Change = Callable[[Any], Any]
"""Alters a parsed JSON value in place, or returns another."""


@dataclass
class Board:
    """The contents of an archive, each as its exact text."""

    election: bytes
    trustees: bytes
    credentials: bytes
    ballots: list[bytes] = field(default_factory=list)
    tally: bytes | None = None
    descriptor: bytes | None = None
    partials: list[tuple[int, bytes]] = field(default_factory=list)
    result: bytes | None = None
    time: int = 1700000000

    @classmethod
    def read(cls, path: Path) -> Board:
        with path.open("rb") as file:
            records = list(read_records(file))
        setup = [member.content for member in records[0].data]
        board = cls(setup[0], setup[1], setup[2], time=records[0].data[0].time)
        for record in records:
            match record.event.type:
                case EventType.BALLOT:
                    board.ballots.append(record.payload)
                case EventType.ENCRYPTED_TALLY:
                    board.tally, board.descriptor = (member.content for member in record.data)
                case EventType.PARTIAL_DECRYPTION:
                    owner = json.loads(record.payload)["owner"]
                    board.partials.append((owner, record.data[0].content))
                case EventType.RESULT:
                    board.result = record.payload
        return board

    def write(self) -> bytes:
        """The archive with its chain of hashes, whatever the contents are."""
        file = io.BytesIO()
        writer = ArchiveWriter(file, self.time)
        writer.setup(self.election, self.trustees, self.credentials)
        for ballot in self.ballots:
            writer.ballot(ballot)
        writer.end_ballots()
        if self.tally is not None:
            writer.encrypted_tally(self.tally, self.descriptor)
        for owner, partial in self.partials:
            writer.partial_decryption(owner, partial)
        if self.result is not None:
            writer.result(self.result)
        return file.getvalue()

    def write_setup(self) -> bytes:
        """The archive as it stood before the first ballot."""
        file = io.BytesIO()
        ArchiveWriter(file, self.time).setup(self.election, self.trustees, self.credentials)
        return file.getvalue()

    def copy(self) -> Board:
        return replace(self, ballots=list(self.ballots), partials=list(self.partials))

    def counted_again(self, secrets: list[str]) -> Board:
        """The same board with tally, partial decryptions and result made anew by the holders of the trustees' keys."""
        election = Election.from_json(self.election)
        credentials = CredentialList.from_json(self.credentials)
        ballots = [Ballot.from_json(data, election) for data in self.ballots]
        tally, descriptor = tally_ballots(election, credentials, ballots)
        keys = [trustee_key_from_secret(secret) for secret in secrets]
        owners = [each.public_key for each in Trustees.from_json(self.trustees).members]
        partials = {
            owners.index(key.public) + 1: decrypt_partially(election, tally, key, stream(owner))
            for owner, key in enumerate(keys)
        }
        result = compute_result(tally, list(partials.values()), descriptor.total_weight)
        return replace(
            self,
            tally=tally.to_json(),
            descriptor=descriptor.to_json(),
            partials=[(owner, each.to_json()) for owner, each in sorted(partials.items())],
            result=result.to_json(),
        )


def altered(data: bytes, change: Change) -> bytes:
    """JSON with a change, spelled canonically again."""
    value = json.loads(data)
    changed = change(value)
    return serialise(value if changed is None else changed)


def signed(ballot: bytes, secret: int) -> bytes:
    """The same ballot signed again by the holder of a credential, whose public half it names or not."""
    value = json.loads(ballot)
    del value["signature"]
    digest = sha256_base64(serialise(value))
    proof = prove_knowledge(secret, f"sig|{digest}|", stream("signature"))
    value["signature"] = {"hash": digest, "proof": proof.to_json()}
    return serialise(value)


def small_board() -> Board:
    return Board.read(archive_path("small"))


def small_secrets() -> dict[str, int]:
    """The secret exponent of each public credential of the small election."""
    uuid = expected("small")["uuid"]
    credentials = (
        derive_credential(uuid, each["private"]) for each in expected("small")["credentials"].values()
    )
    return {each.public.encode(): each.secret for each in credentials}


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def with_value(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy of ``value`` with something else at ``path``."""
    if not path:
        return new
    value = deepcopy(value)
    at(value, path[:-1])[path[-1]] = new
    return value


def paths(value: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of everything inside a JSON value, the value itself first."""
    inside = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    return [here, *(path for step, each in inside for path in paths(each, (*here, step)))]
