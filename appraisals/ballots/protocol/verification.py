"""Verifying a whole archive: everything that anybody can check about an election without any secret.

Two passes. The first walks the container and the chain of hashes, which takes little time; the second checks the contents
in the order of events: set-up, ballots, tally, partial decryptions, result. The first thing found wrong is raised.

Ballots are independent of one another, so several processes check them. Only a few are in memory at a time.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import BinaryIO

from .ballots import Ballot
from .canonical import fields, natural, parse_canonical
from .checks import check_ballot
from .credentials import CredentialList
from .decryption import PartialDecryption, check_partial_decryption
from .election import Election
from .errors import Fault, ProtocolError
from .events import EventType, Record, read_records
from .hashing import sha256_hex
from .result import Result, check_result
from .tally import EncryptedTally, TallyDescriptor, multiply_tallies, weighted_tally
from .trustees import Trustees

Progress = Callable[[int, int], None]
"""Called with the ballots checked so far and their number."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was verified. Each part after ``ballots`` is None when the archive was verified only up to an earlier event."""

    election: Election
    trustees: Trustees
    credentials: CredentialList
    ballots: int
    tally: EncryptedTally | None
    counted: TallyDescriptor | None
    partial_decryptions: int
    result: Result | None
    last_event: str


def verify_archive(
    path: Path | str,
    *,
    up_to: EventType = EventType.RESULT,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Verify everything in an archive, which must go at least ``up_to`` that event (Setup, EncryptedTally or Result).

    ``processes``: how many check ballots, as many as there are cores by default. Raises ``ProtocolError`` with its ``event``
    for the first thing that is wrong, ``NotAnArchive`` for another kind of file, ``OSError`` if there is none to read.
    """
    with open(path, "rb") as file:
        outline = _outline(file, up_to)
        setup = _check_setup(outline.setup)
        tally, counted = _check_ballots(file, outline, setup, processes, progress)
        if outline.tally is None:
            return _report(setup, outline, None, None)
        descriptor = _check_tally(outline.tally, setup, tally, counted)
        partials = _check_partial_decryptions(outline, setup, tally)
        result = _check_result(outline, setup, tally, partials, descriptor)
        return _report(setup, outline, tally, descriptor, result)


# --- first pass -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _CastBallot:
    """Where a ballot lies in the file, and under whose credential, as far as its first bytes say."""

    name: str
    hash: str
    offset: int
    size: int
    credential: bytes


@dataclass(slots=True)
class _Outline:
    """The chain of an archive: everything but the contents of its ballots."""

    setup: Record | None = None
    ballots: list[_CastBallot] = field(default_factory=list)
    tally: Record | None = None
    partials: list[Record] = field(default_factory=list)
    result: Record | None = None
    last_event: str = ""
    last_type: EventType | None = None


def _outline(file: BinaryIO, up_to: EventType) -> _Outline:
    outline = _Outline()
    for record in read_records(file):
        outline.last_event, outline.last_type = record.hash, record.event.type
        match record.event.type:
            case EventType.SETUP:
                outline.setup = record
            case EventType.BALLOT:
                outline.ballots.append(_cast_ballot(record))
            case EventType.ENCRYPTED_TALLY:
                outline.tally = record
            case EventType.PARTIAL_DECRYPTION:
                outline.partials.append(record)
            case EventType.RESULT:
                outline.result = record
    reached = list(EventType)
    if outline.last_type is None or reached.index(outline.last_type) < reached.index(up_to):
        error = ProtocolError(Fault.EVENT_MISSING, str(up_to))
        error.event = f"after {outline.last_type or 'the header'}"
        raise error
    return outline


_CREDENTIAL = b'"credential":"'


def _cast_ballot(record: Record) -> _CastBallot:
    """The credential is found by its place: canonical ballots have it there, and others will be refused."""
    member = record.data[-1]
    start = member.content.find(_CREDENTIAL, 0, 512) + len(_CREDENTIAL)
    credential = member.content[start : start + 64]
    return _CastBallot(
        record.name, record.event.payload or "", member.offset, len(member.content), credential
    )


# --- set-up ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Setup:
    election: Election
    trustees: Trustees
    credentials: CredentialList


def _check_setup(record: Record | None) -> _Setup:
    assert record is not None  # noqa: S101 - no chain begins otherwise
    with _named(record.name):
        election, trustees, credentials = (member.content for member in record.data[:3])
        setup = _Setup(
            Election.from_json(election),
            Trustees.from_json(trustees),
            CredentialList.from_json(credentials),
        )
        setup.election.check_key(setup.trustees)
        return setup


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Give what goes wrong inside the name of its event."""
    try:
        yield
    except ProtocolError as error:
        error.event = error.event or name
        raise


# --- ballots --------------------------------------------------------------------------------------

_BATCH = 3
_CIPHERTEXTS_WORTH_A_PROCESS = 1000  # some 0.4 s of one core; starting another one takes half of that


@dataclass(frozen=True, slots=True)
class _Job:
    """A ballot to check, and whether it is the one that counts for its credential."""

    cast: _CastBallot
    data: bytes
    counts: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a number of ballots came to."""

    ballots: int
    weight: int


def _check_ballots(
    file: BinaryIO, outline: _Outline, setup: _Setup, processes: int | None, progress: Progress | None
) -> tuple[EncryptedTally, _Counted]:
    """Check every ballot and multiply those that count: of each credential the last."""
    _refuse_duplicates(outline.ballots)
    ballots = weight = done = 0

    def tallies(outcomes: Iterable[_Outcome]) -> Iterator[EncryptedTally]:
        nonlocal ballots, weight, done
        for outcome in outcomes:
            ballots, weight = ballots + outcome.ballots, weight + outcome.weight
            done += outcome.checked
            if progress:
                progress(done, len(outline.ballots))
            yield outcome.tally

    with _executor(processes, setup, outline) as executor:
        batches = _batches(file, outline.ballots)
        tally = multiply_tallies(setup.election, tallies(_in_order(executor, setup, batches)))
    return tally, _Counted(ballots, weight)


def _refuse_duplicates(ballots: list[_CastBallot]) -> None:
    seen: set[str] = set()
    for cast in ballots:
        if cast.hash in seen:
            with _named(cast.name):
                raise ProtocolError(Fault.BALLOT_DUPLICATE)
        seen.add(cast.hash)


def _batches(file: BinaryIO, ballots: list[_CastBallot]) -> Iterator[list[_Job]]:
    last = {cast.credential: cast.hash for cast in ballots}
    waiting = iter(ballots)
    while batch := list(islice(waiting, _BATCH)):
        yield [_job(file, cast, counts=last[cast.credential] == cast.hash) for cast in batch]


def _job(file: BinaryIO, cast: _CastBallot, *, counts: bool) -> _Job:
    file.seek(cast.offset)
    data = file.read(cast.size)
    with _named(cast.name):
        if sha256_hex(data) != cast.hash:  # somebody writes to the file while it is being verified
            raise ProtocolError(Fault.ARCHIVE_MEMBER_NAME)
    return _Job(cast, data, counts)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a batch: ballots checked; number, weight and product of those that count."""

    checked: int
    ballots: int
    weight: int
    tally: EncryptedTally


def _check_batch(setup: _Setup, jobs: list[_Job]) -> _Outcome:
    tallies = []
    weight = 0
    for job in jobs:
        with _named(job.cast.name):
            ballot = Ballot.from_json(job.data, setup.election)
            check_ballot(ballot, setup.election, setup.credentials)
            if ballot.credential.encode() != job.cast.credential.decode("ascii", "replace"):
                raise ProtocolError(Fault.BALLOT_NOT_CANONICAL)
        if job.counts:
            its_weight = setup.credentials.weights[ballot.credential]
            tallies.append(weighted_tally(ballot.ciphertexts, its_weight))
            weight += its_weight
    return _Outcome(len(jobs), len(tallies), weight, multiply_tallies(setup.election, tallies))


def _executor(
    processes: int | None, setup: _Setup, outline: _Outline
) -> AbstractContextManager[Executor | None]:
    """Processes, if the work is worth starting them."""
    number = processes or cores()
    ciphertexts = len(outline.ballots) * sum(setup.election.shape)
    if number == 1 or (processes is None and ciphertexts < _CIPHERTEXTS_WORTH_A_PROCESS):
        return nullcontext()
    # A forked process starts at once; but where there are threads, only one that is started afresh is safe.
    alone = threading.active_count() == 1 and "fork" in get_all_start_methods()
    return ProcessPoolExecutor(
        number,
        mp_context=get_context("fork" if alone else "spawn"),
        initializer=_begin_process,
        initargs=(setup,),
    )


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_setup_of_process: _Setup | None = None


def _begin_process(setup: _Setup) -> None:
    """Each process gets the set-up once, not with every ballot."""
    global _setup_of_process
    _setup_of_process = setup


def _check_batch_in_process(jobs: list[_Job]) -> _Outcome:
    assert _setup_of_process is not None  # noqa: S101
    return _check_batch(_setup_of_process, jobs)


def _in_order(executor: Executor | None, setup: _Setup, batches: Iterable[list[_Job]]) -> Iterator[_Outcome]:
    """The outcomes in the order of the batches; a few are under way at a time, so memory does not grow with the archive."""
    if executor is None:
        yield from (_check_batch(setup, jobs) for jobs in batches)
        return
    ahead = 2 * cores() + 2
    running: deque[Future[_Outcome]] = deque()
    try:
        for jobs in batches:
            running.append(executor.submit(_check_batch_in_process, jobs))
            if len(running) >= ahead:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        for future in running:
            future.cancel()


# --- tally, partial decryptions, result -----------------------------------------------------------


def _check_tally(record: Record, setup: _Setup, tally: EncryptedTally, counted: _Counted) -> TallyDescriptor:
    with _named(record.name):
        archived = EncryptedTally.from_json(record.data[0].content, setup.election)
        if archived != tally:
            raise ProtocolError(Fault.TALLY_WRONG)
        descriptor = TallyDescriptor.from_json(record.payload)
        if (descriptor.num_tallied, descriptor.total_weight) != (counted.ballots, counted.weight):
            raise ProtocolError(Fault.TALLY_COUNTS)
        return descriptor


def _check_partial_decryptions(
    outline: _Outline, setup: _Setup, tally: EncryptedTally
) -> dict[int, PartialDecryption]:
    """Those that are there, by their owner's number from 1."""
    partials: dict[int, PartialDecryption] = {}
    for record in outline.partials:
        with _named(record.name):
            payload = fields(parse_canonical(record.payload), ("owner", "payload"), what="owner")
            owner = natural(payload["owner"], what="owner")
            if owner in partials or not 1 <= owner <= len(setup.trustees.members):
                raise ProtocolError(Fault.DECRYPTION_OWNER)
            partial = PartialDecryption.from_json(record.data[0].content, setup.election)
            public_key = setup.trustees.members[owner - 1].public_key
            check_partial_decryption(partial, setup.election, tally, public_key)
            partials[owner] = partial
    return partials


def _check_result(
    outline: _Outline,
    setup: _Setup,
    tally: EncryptedTally,
    partials: dict[int, PartialDecryption],
    descriptor: TallyDescriptor,
) -> Result | None:
    if outline.result is None:
        return None
    with _named(outline.result.name):
        if len(partials) < len(setup.trustees.members):
            raise ProtocolError(Fault.EVENT_MISSING, "a partial decryption")
        result = Result.from_json(outline.result.payload, setup.election)
        check_result(result, tally, list(partials.values()), descriptor.total_weight)
        return result


def _report(
    setup: _Setup,
    outline: _Outline,
    tally: EncryptedTally | None,
    counted: TallyDescriptor | None,
    result: Result | None = None,
) -> Report:
    return Report(
        setup.election,
        setup.trustees,
        setup.credentials,
        len(outline.ballots),
        tally,
        counted,
        len(outline.partials),
        result,
        outline.last_event,
    )
