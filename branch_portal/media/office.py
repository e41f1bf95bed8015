"""Word, Excel and PowerPoint files: which of them a package is, found without unpacking it."""

import io
import zipfile

from .refusals import refusal

MOST_UNPACKED_BYTES = 500_000_000
MOST_TIMES_PACKED = 100
MOST_PARTS = 5_000
MOST_CONTENT_TYPES_BYTES = 1_000_000

_CONTENT_TYPES = "[content_types].xml"
_CENTRAL_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_MAIN_PARTS = {
    "docx": ("word/", b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/", b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/", b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
}
_MACRO_NAMES = ("vbaproject", "vbadata", "macrosheets/")
_MACRO_TYPES = (b"macroenabled", b"vbaproject", b"vbadata", b"macrosheet")


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def office_kind(content: bytes) -> str:
    """One of docx, xlsx and pptx. Only the zip's central directory and its list of content types are read.

    Raises ValidationError for any other zip, for one with macros, and for one that is broken or a bomb.
    """
    parts = _parts(content)
    _check_size(list(parts.values()), len(content))
    if any(macro in name for name in parts for macro in _MACRO_NAMES):
        raise refusal("document_macros")
    if _CONTENT_TYPES not in parts:
        raise refusal("document_kind")
    types = _content_types(content, parts[_CONTENT_TYPES])
    if any(macro in types for macro in _MACRO_TYPES):
        raise refusal("document_macros")
    return _only_kind(parts, types)


def _parts(content: bytes) -> dict[str, zipfile.ZipInfo]:
    """The entries of the central directory by name, in small letters as the format compares them."""
    if content.count(_CENTRAL_ENTRY) > MOST_PARTS:  # before Python makes an object of each
        raise refusal("document_unpacks_too_large", limit=MOST_UNPACKED_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except Exception as error:  # on broken input zipfile raises more than BadZipFile
        raise refusal("document_broken") from error
    parts = {entry.filename.lower(): entry for entry in entries}
    if len(parts) < len(entries):  # programs would disagree on which of the two they read
        raise refusal("document_broken")
    return parts


def _check_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > min(MOST_UNPACKED_BYTES, MOST_TIMES_PACKED * packed):
        raise refusal("document_unpacks_too_large", limit=MOST_UNPACKED_BYTES // 1_000_000)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal("document_old_office")


def _content_types(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The list of content types in small letters.

    It is searched, not parsed: so whatever could hide a word from a search (an entity, a document type,
    another encoding) makes the file broken.
    """
    plain = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if not plain or entry.file_size > MOST_CONTENT_TYPES_BYTES:
        raise refusal("document_broken")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(entry) as part:
            types = part.read(MOST_CONTENT_TYPES_BYTES).lower()
    except Exception as error:
        raise refusal("document_broken") from error
    if b"&#" in types or b"<!" in types or b"\0" in types:
        raise refusal("document_broken")
    return types


def _only_kind(parts: dict[str, zipfile.ZipInfo], types: bytes) -> str:
    kinds = [
        kind
        for kind, (folder, main_type) in _MAIN_PARTS.items()
        if main_type in types and any(name.startswith(folder) for name in parts)
    ]
    if len(kinds) != 1:
        raise refusal("document_kind")
    return kinds[0]
