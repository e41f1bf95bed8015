"""The container and its chain: not a byte can be added, taken away or moved."""

from __future__ import annotations

import io
import tarfile
from dataclasses import dataclass

import pytest

from appraisals.ballots.protocol.archive import Member, NotAnArchive, read_members, write_member
from appraisals.ballots.protocol.errors import Fault, ProtocolError
from appraisals.ballots.protocol.events import Event, EventType, read_records
from appraisals.ballots.protocol.hashing import sha256_hex
from tests.protocol.boards import altered
from tests.protocol.vectors import NAMES, archive_path

ORIGINAL = archive_path("small").read_bytes()
MEMBERS = list(read_members(io.BytesIO(ORIGINAL)))


def refusal(archive: bytes) -> ProtocolError | None:
    try:
        list(read_records(io.BytesIO(archive)))
    except ProtocolError as error:
        return error
    return None


def written(members: list[Member]) -> bytes:
    return b"".join(write_member(each.name, each.content, each.time) for each in members)


@dataclass
class Chain:
    """The members in groups, one an event, so that events can be moved with their data and chained again."""

    groups: list[list[Member]]

    @classmethod
    def original(cls) -> Chain:
        groups: list[list[Member]] = [[]]
        for member in MEMBERS[1:]:
            groups[-1].append(member)
            if member.name.endswith(".event.json"):
                groups.append([])
        return cls(groups[:-1])

    def types(self) -> list[EventType]:
        return [Event.from_json(group[-1].content).type for group in self.groups]

    def write(self) -> bytes:
        """With the heights and parents that the events' new order wants."""
        members, parent = [MEMBERS[0]], None
        for height, group in enumerate(self.groups):
            event = Event.from_json(group[-1].content)
            content = Event(parent, height, event.type, event.payload).to_json()
            parent = sha256_hex(content)
            members += [*group[:-1], Member(f"{parent}.event.json", content, group[-1].time, 0)]
        return written(members)


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_is_written_byte_for_byte_as_the_tool_writes_it(name):
    data = archive_path(name).read_bytes()
    assert written(list(read_members(io.BytesIO(data)))) == data


def test_the_chain_put_together_again_is_the_same():
    assert Chain.original().write() == ORIGINAL


def test_other_programs_can_open_it():
    with tarfile.open(fileobj=io.BytesIO(ORIGINAL)) as archive:
        assert archive.getnames() == [member.name for member in MEMBERS]


# --- bytes ----------------------------------------------------------------------------------------


def test_cut_off_anywhere_it_is_refused_or_stops_after_an_event():
    ends = {0}
    position = 0
    for member in MEMBERS:
        position += len(write_member(member.name, member.content, member.time))
        if member.name.endswith(".event.json") or member.name == "BELENIOS":
            ends.add(position)
    for length in [*range(0, len(ORIGINAL), 127), *ends]:
        refused = refusal(ORIGINAL[:length])
        if length in ends - {0}:
            assert refused is None
        else:
            assert refused is not None, length


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        (b"\0", Fault.ARCHIVE_TRUNCATED),
        (b"\0" * 512, Fault.ARCHIVE_HEADER),
        (b"\0" * 1024, Fault.ARCHIVE_HEADER),
        (b"x" * 512, Fault.ARCHIVE_HEADER),
        (b"\n", Fault.ARCHIVE_TRUNCATED),
    ],
)
def test_nothing_may_follow(added, fault):
    assert refusal(ORIGINAL + added).fault == fault


def test_every_byte_of_a_header_is_checked():
    start = len(write_member(MEMBERS[0].name, MEMBERS[0].content, MEMBERS[0].time))
    for offset in range(512):
        changed = bytearray(ORIGINAL)
        changed[start + offset] ^= 1
        assert refusal(bytes(changed)) is not None, offset


def test_every_byte_of_the_padding_is_checked():
    used = 512 + len(MEMBERS[0].content)
    for offset in range(used, 1024):
        changed = bytearray(ORIGINAL)
        changed[offset] = 1
        assert refusal(bytes(changed)).fault == Fault.ARCHIVE_HEADER


@pytest.mark.parametrize("size", [0, 1, 10**9, 8**11 - 1])
def test_a_forged_size_is_refused_without_taking_memory(size):
    header = bytearray(ORIGINAL[1024:1536])
    header[124:135] = f"{size:011o}".encode()
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}".encode() + b"\0 "
    assert refusal(ORIGINAL[:1024] + bytes(header) + ORIGINAL[1536:]) is not None


def test_members_have_one_time_that_of_the_first():
    first, second, *rest = MEMBERS
    later = Member(second.name, second.content, second.time + 1, 0)
    assert refusal(written([first, later, *rest])).detail == "time"
    everything = [Member(each.name, each.content, each.time + 1, 0) for each in MEMBERS]
    assert refusal(written(everything)).detail == "time"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\3\4" * 400, b"\0" * 10240, b"x" * 600])
def test_other_files_are_no_archives(content):
    with pytest.raises(NotAnArchive):
        list(read_records(io.BytesIO(content)))


def test_an_archive_that_lost_its_first_member_is_a_damaged_archive():
    refused = refusal(ORIGINAL[1024:])
    assert refused.fault == Fault.ARCHIVE_FIRST
    assert not isinstance(refused, NotAnArchive)


@pytest.mark.parametrize(
    "content",
    [b'{"version":1}', b'{"version":1,"timestamp":1}', b"[]", b"{", b'{"version":"1","timestamp":"1"}'],
)
def test_the_first_member_says_what_it_is(content):
    first = Member("BELENIOS", content, MEMBERS[0].time, 0)
    assert refusal(written([first, *MEMBERS[1:]])) is not None


def test_a_later_kind_of_archive_is_not_supported():
    content = altered(MEMBERS[0].content, lambda value: value.update(version=2))
    first = Member("BELENIOS", content, MEMBERS[0].time, 0)
    assert refusal(written([first, *MEMBERS[1:]])).fault == Fault.UNSUPPORTED


# --- members and events ---------------------------------------------------------------------------


def test_a_member_dropped_doubled_or_moved_is_refused():
    for index in range(1, len(MEMBERS)):
        dropped = MEMBERS[:index] + MEMBERS[index + 1 :]
        if index < len(MEMBERS) - 2:
            assert refusal(written(dropped)) is not None, index
        doubled = [*MEMBERS[: index + 1], MEMBERS[index], *MEMBERS[index + 1 :]]
        assert refusal(written(doubled)) is not None, index
        if index + 1 < len(MEMBERS):
            moved = [*MEMBERS[:index], MEMBERS[index + 1], MEMBERS[index], *MEMBERS[index + 2 :]]
            assert refusal(written(moved)) is not None, index


def test_events_in_another_order_are_refused_though_chained_anew():
    count = len(Chain.original().groups)
    for index in range(count):
        for other in range(count):
            chain = Chain.original()
            chain.groups.insert(other, chain.groups.pop(index))
            allowed = chain.types() == Chain.original().types()
            refused = refusal(chain.write())
            assert (refused is None) == allowed, (index, other)
            assert allowed or refused.fault == Fault.EVENT_ORDER


def test_events_doubled_or_dropped_are_refused_though_chained_anew():
    types = Chain.original().types()
    for index, kind in enumerate(types):
        several = kind in (EventType.BALLOT, EventType.PARTIAL_DECRYPTION)
        chain = Chain.original()
        chain.groups.insert(index, chain.groups[index])
        refused = refusal(chain.write())
        # A second ballot or partial decryption fits the chain; what it says is refused later.
        assert (refused is None) == several, index
        chain = Chain.original()
        del chain.groups[index]
        refused = refusal(chain.write())
        assert (refused is None) == (several or kind == EventType.RESULT), index


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"height": 7}, Fault.EVENT_HEIGHT),
        ({"height": "2"}, Fault.JSON_WRONG_TYPE),
        ({"height": True}, Fault.JSON_WRONG_TYPE),
        ({"height": -1}, Fault.JSON_NUMBER),
        ({"parent": "0" * 64}, Fault.EVENT_PARENT),
        ({"parent": None}, Fault.JSON_WRONG_TYPE),
        ({"type": "Vote"}, Fault.EVENT_ORDER),
        ({"type": "Setup"}, Fault.EVENT_ORDER),
        ({"type": "Shuffle"}, Fault.UNSUPPORTED),
        ({"payload": "0" * 64}, Fault.ARCHIVE_PAYLOAD),
        ({"more": 1}, Fault.JSON_WRONG_FIELDS),
    ],
    ids=str,
)
def test_every_field_of_an_event_is_checked(change, fault):
    index = next(n for n, each in enumerate(MEMBERS) if b'"height":2,' in each.content[:120])
    content = altered(MEMBERS[index].content, lambda value: value.update(change))
    forged = Member(f"{sha256_hex(content)}.event.json", content, MEMBERS[index].time, 0)
    refused = refusal(written([*MEMBERS[:index], forged, *MEMBERS[index + 1 :]]))
    assert refused.fault == fault
    assert refused.event


def test_names_are_hashes():
    for index in (1, 5):
        member = MEMBERS[index]
        forged = Member("0" * 64 + member.name[64:], member.content, member.time, 0)
        refused = refusal(written([*MEMBERS[:index], forged, *MEMBERS[index + 1 :]]))
        assert refused.fault == Fault.ARCHIVE_MEMBER_NAME
    renamed = Member(MEMBERS[1].name.replace(".data.", ".blob."), MEMBERS[1].content, MEMBERS[1].time, 0)
    assert refusal(written([MEMBERS[0], renamed, *MEMBERS[2:]])).fault == Fault.ARCHIVE_MEMBER_NAME
