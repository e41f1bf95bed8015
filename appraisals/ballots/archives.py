"""The archive of a ballot (``UUID.bel``), written anew from the stored texts each time, the same to the last byte."""

from __future__ import annotations

from typing import BinaryIO

from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.events import ArchiveWriter

_CHUNK = 50


def file_name(ballot: SecretBallot) -> str:
    return f"{ballot.uuid}.bel"


def write_archive(ballot: SecretBallot, file: BinaryIO) -> str:
    """Everything there is of a ballot that was closed: up to the encrypted tally, or to the result once it is counted.

    Returns the hash of the last event. Only a few ballots are in memory at a time.
    """
    writer = ArchiveWriter(file, int(ballot.closed_at.timestamp()))
    writer.setup(ballot.election.encode(), ballot.trustees.encode(), ballot.credentials.encode())
    for sealed in ballot.sealed_ballots.order_by("hash").iterator(chunk_size=_CHUNK):
        writer.ballot(sealed.data.encode())
    writer.end_ballots()
    writer.encrypted_tally(ballot.encrypted_tally.encode(), ballot.tally_descriptor.encode())
    if ballot.result is not None:
        for scrutineer in ballot.scrutineers.all():
            writer.partial_decryption(scrutineer.position, scrutineer.partial_decryption.encode())
        writer.result(ballot.result.encode())
    return writer.last_event
