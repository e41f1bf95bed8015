"""The board as a chain of events: each names the hash of the one before, so the last hash stands for everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO

from .archive import FIRST, Member, read_members, write_member
from .canonical import fields, natural, parse, parse_canonical, serialise, string
from .errors import Fault, NotSupported, ProtocolError
from .hashing import sha256_hex

CONTAINER_VERSION = 1


class EventType(StrEnum):
    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


_FOLLOWS: dict[EventType | None, tuple[EventType, ...]] = {
    None: (EventType.SETUP,),
    EventType.SETUP: (EventType.BALLOT, EventType.END_BALLOTS),
    EventType.BALLOT: (EventType.BALLOT, EventType.END_BALLOTS),
    EventType.END_BALLOTS: (EventType.ENCRYPTED_TALLY,),
    EventType.ENCRYPTED_TALLY: (EventType.PARTIAL_DECRYPTION,),
    EventType.PARTIAL_DECRYPTION: (EventType.PARTIAL_DECRYPTION, EventType.RESULT),
    EventType.RESULT: (),
}

_DATA = {
    EventType.SETUP: ("election", "trustees", "credentials", ""),
    EventType.BALLOT: ("",),
    EventType.END_BALLOTS: (),
    EventType.ENCRYPTED_TALLY: ("encrypted_tally", ""),
    EventType.PARTIAL_DECRYPTION: ("payload", ""),
    EventType.RESULT: ("",),
}
"""The data members before each event, in order. The last is the event's payload, which names the others by these fields."""


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the chain; hashes are 64 hexadecimal digits."""

    parent: str | None
    height: int
    type: EventType
    payload: str | None

    @classmethod
    def from_json(cls, data: bytes) -> Event:
        names = ("parent", "height", "type", "payload")
        value = fields(parse_canonical(data), names, ("parent", "payload"), "event")
        kind = string(value["type"], "event")
        if kind in ("Shuffle", "EndShuffles"):
            raise NotSupported("questions of this type")
        if kind not in iter(EventType):
            raise ProtocolError(Fault.EVENT_ORDER, "unknown type")
        return cls(
            string(value["parent"], "event") if "parent" in value else None,
            natural(value["height"], what="event"),
            EventType(kind),
            string(value["payload"], "event") if "payload" in value else None,
        )

    def to_json(self) -> bytes:
        value: dict[str, Any] = {} if self.parent is None else {"parent": self.parent}
        value |= {"height": self.height, "type": str(self.type)}
        if self.payload is not None:
            value["payload"] = self.payload
        return serialise(value)


@dataclass(frozen=True, slots=True)
class Record:
    """An event with its hash and the data before it in the archive, the payload last; their hashes are right."""

    event: Event
    hash: str
    data: tuple[Member, ...]

    @property
    def name(self) -> str:
        """How an error names the event."""
        return f"event {self.event.height} ({self.event.type})"

    @property
    def payload(self) -> bytes:
        return self.data[-1].content


# --- reading --------------------------------------------------------------------------------------


def read_records(file: BinaryIO) -> Iterator[Record]:
    """Walk an archive's chain, one record in memory at a time.

    Raises ``ProtocolError`` at the first member, hash, height, order or payload that is not as it must be. An archive may
    stop after any event: what has to be there, the caller knows.
    """
    members = read_members(file)
    previous: Record | None = None
    waiting: list[Member] = []
    place = "before event 0"
    try:
        _check_first(next(members))
        for member in members:
            digest, kind = _checked_name(member)
            if kind == "data":
                if len(waiting) == len(_DATA[EventType.SETUP]):
                    raise ProtocolError(Fault.ARCHIVE_PAYLOAD)
                waiting.append(member)
                continue
            event = Event.from_json(member.content)
            place = f"event {previous.event.height + 1 if previous else 0} ({event.type})"
            _check_chain(event, previous)
            record = Record(event, digest, tuple(waiting))
            _check_payload(record)
            yield record
            previous, waiting = record, []
            place = f"after event {event.height} ({event.type})"
        if waiting:
            raise ProtocolError(Fault.ARCHIVE_PAYLOAD)
    except ProtocolError as error:
        error.event = error.event or place
        raise


def _check_first(member: Member) -> None:
    value = fields(parse_canonical(member.content), ("version", "timestamp"), what=FIRST)
    if natural(value["version"], what=FIRST) != CONTAINER_VERSION:
        raise NotSupported(f"version {value['version']} of archives")
    if string(value["timestamp"], FIRST) != str(member.time):
        raise ProtocolError(Fault.ARCHIVE_HEADER, "time")


def _checked_name(member: Member) -> tuple[str, str]:
    """The hash and the kind of a member, whose name must say both."""
    digest = sha256_hex(member.content)
    for kind in ("data", "event"):
        if member.name == f"{digest}.{kind}.json":
            return digest, kind
    raise ProtocolError(Fault.ARCHIVE_MEMBER_NAME)


def _check_chain(event: Event, previous: Record | None) -> None:
    if event.type not in _FOLLOWS[previous.event.type if previous else None]:
        raise ProtocolError(Fault.EVENT_ORDER)
    if event.height != (previous.event.height + 1 if previous else 0):
        raise ProtocolError(Fault.EVENT_HEIGHT)
    if event.parent != (previous.hash if previous else None):
        raise ProtocolError(Fault.EVENT_PARENT)


def _check_payload(record: Record) -> None:
    """The right number of data members, the last of them the payload, which names the others in order."""
    names = _DATA[record.event.type]
    hashes = [sha256_hex(member.content) for member in record.data]
    if len(hashes) != len(names) or record.event.payload != (hashes[-1] if hashes else None):
        raise ProtocolError(Fault.ARCHIVE_PAYLOAD)
    if len(names) > 1:
        payload = parse(record.payload)
        named = [payload.get(name) if type(payload) is dict else None for name in names[:-1]]
        if named != hashes[:-1]:
            raise ProtocolError(Fault.ARCHIVE_PAYLOAD)
        if record.event.type == EventType.SETUP:
            fields(parse_canonical(record.payload), names[:-1], what="setup")


# --- writing --------------------------------------------------------------------------------------


class ArchiveWriter:
    """Writes an archive event by event; it asks nothing about the contents, ``verification`` does.

    ``time``: seconds since 1970, the one time that all members carry.
    """

    def __init__(self, file: BinaryIO, time: int) -> None:
        self._file = file
        self._time = time
        self._parent: str | None = None
        self._height = 0
        first = {"version": CONTAINER_VERSION, "timestamp": str(time)}
        self._write(FIRST, serialise(first))

    @property
    def last_event(self) -> str | None:
        """The hash of the last event: publish it, it stands for the whole board."""
        return self._parent

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        self._event(EventType.SETUP, (election, trustees, credentials))

    def ballot(self, data: bytes) -> None:
        self._event(EventType.BALLOT, (), data)

    def end_ballots(self) -> None:
        self._event(EventType.END_BALLOTS, ())

    def encrypted_tally(self, tally: bytes, descriptor: bytes) -> None:
        self._event(EventType.ENCRYPTED_TALLY, (tally,), descriptor)

    def partial_decryption(self, owner: int, data: bytes) -> None:
        """``owner``: the trustee's place in the list, from 1."""
        payload = serialise({"owner": owner, "payload": sha256_hex(data)})
        self._event(EventType.PARTIAL_DECRYPTION, (data,), payload)

    def result(self, data: bytes) -> None:
        self._event(EventType.RESULT, (), data)

    def _event(self, kind: EventType, data: Sequence[bytes], payload: bytes | None = None) -> None:
        if kind == EventType.SETUP:
            payload = serialise(dict(zip(_DATA[kind], map(sha256_hex, data), strict=False)))
        for each in (*data, *(() if payload is None else (payload,))):
            self._write(f"{sha256_hex(each)}.data.json", each)
        digest = None if payload is None else sha256_hex(payload)
        event = Event(self._parent, self._height, kind, digest).to_json()
        self._parent = sha256_hex(event)
        self._height += 1
        self._write(f"{self._parent}.event.json", event)

    def _write(self, name: str, content: bytes) -> None:
        self._file.write(write_member(name, content, self._time))
