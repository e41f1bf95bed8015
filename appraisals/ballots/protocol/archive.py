"""The container of an archive (``UUID.bel``): an old-style tar, written and accepted byte for byte in one way only.

Not Python's ``tarfile``, which writes other headers and forgives what must not be forgiven.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .errors import Fault, ProtocolError

_BLOCK = 512
_LARGEST_MEMBER = 64 * 2**20  # nothing of an election is near it; a forged size must not fill the memory
FIRST = "BELENIOS"


class NotAnArchive(ProtocolError):
    """The file is something else altogether, or cannot be read at all."""

    def __init__(self) -> None:
        super().__init__(Fault.ARCHIVE_FIRST)

    def __reduce__(self):
        return (NotAnArchive, ())


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive: its name, its content, and where that begins in the container."""

    name: str
    content: bytes
    time: int
    offset: int


def write_member(name: str, content: bytes, time: int) -> bytes:
    """Header, content and padding; ``time`` in seconds since 1970, the same for all members of an archive."""
    return _header(name, len(content), time) + content + _padding(len(content))


def read_members(file: BinaryIO) -> Iterator[Member]:
    """Every member in order, one in memory at a time; ``ProtocolError`` at the first byte that is not as it must be."""
    first_time = None
    while header := file.read(_BLOCK):
        if first_time is None and not _begins_archive(header):
            raise NotAnArchive
        if len(header) < _BLOCK:
            raise ProtocolError(Fault.ARCHIVE_TRUNCATED)
        name, size, time = _read_header(header)
        if first_time is None:
            if name != FIRST:
                raise ProtocolError(Fault.ARCHIVE_FIRST)
            first_time = time
        if time != first_time:
            raise ProtocolError(Fault.ARCHIVE_HEADER, "time")
        if size > _LARGEST_MEMBER:
            raise ProtocolError(Fault.ARCHIVE_HEADER, "size")
        offset = file.tell()
        content = file.read(size)
        padding = file.read(len(_padding(size)))
        if len(content) < size or len(padding) < len(_padding(size)):
            raise ProtocolError(Fault.ARCHIVE_TRUNCATED)
        if padding != _padding(size):
            raise ProtocolError(Fault.ARCHIVE_HEADER, "padding")
        yield Member(name, content, time, offset)
    if first_time is None:
        raise NotAnArchive


def _begins_archive(header: bytes) -> bool:
    """Whether this is an archive at all, be it a damaged one: by the name, or as a member that lost its place."""
    if header.startswith(FIRST.encode()):
        return True
    try:
        _read_header(header)
    except ProtocolError:
        return False
    return True


def _header(name: str, size: int, time: int) -> bytes:
    header = bytearray(_BLOCK)
    header[0 : len(name)] = name.encode("ascii")
    header[100:107] = b"0000644"
    header[108:115] = header[116:123] = b"0000000"
    header[124:135] = f"{size:011o}".encode("ascii")
    header[136:147] = f"{time:011o}".encode("ascii")
    header[148:156] = b" " * 8
    header[156] = ord("0")
    header[148:156] = f"{sum(header):06o}".encode("ascii") + b"\0 "
    return bytes(header)


def _read_header(header: bytes) -> tuple[str, int, int]:
    """Name, size and time, if writing them again gives the same bytes."""
    try:
        name = header[:100].rstrip(b"\0").decode("ascii")
        size, time = int(header[124:135], 8), int(header[136:147], 8)
        same = size >= 0 and time >= 0 and _header(name, size, time) == header
    except ValueError:
        same = False
    if not same:
        raise ProtocolError(Fault.ARCHIVE_HEADER)
    return name, size, time


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)
