"""How much a workbook holds, counted before it is opened: openpyxl builds a whole row, and every shared text, in memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

MOST_TAGS = 3_000_000  # of all parts; a roster of 5,000 rows and 60 columns has about a million
MOST_CELLS_OF_A_ROW = 2_000
MOST_PARTS = 200
_CHUNK = 1 << 20
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s>/])")


def are_moderate(content: bytes) -> bool:
    """Whether the parts of the package are few enough, and its rows short enough. A broken package is called moderate: whoever
    reads it finds out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [entry for entry in package.infolist() if entry.filename.endswith(".xml")]
            return len(parts) <= MOST_PARTS and _are_counted(package, parts)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return True


def _are_counted(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    tags = 0
    for part in parts:
        cells = 0
        for chunk in _chunks(package, part):
            tags += chunk.count(b"<")
            for found in _ROW_OR_CELL.finditer(chunk):
                cells = 0 if found[1] == b"row" else cells + 1
                if cells > MOST_CELLS_OF_A_ROW:
                    return False
            if tags > MOST_TAGS:
                return False
    return True


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, cut before a tag wherever possible, so that no tag lies across a cut."""
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            whole, bracket, rest = (rest + chunk).rpartition(b"<")
            yield whole
            rest = bracket + rest
    yield rest
