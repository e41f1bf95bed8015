"""Attachments: PDF and Office files kept as they are, pictures encoded anew; all of them only to be saved."""

from dataclasses import dataclass, field

from django.core.files import File

from . import decoding, office
from .pictures import ACCEPTED_PICTURES, encode, read_picture
from .refusals import refusal
from .shelf import Shelf
from .uploads import display_name, join_extension, read_at_most, split_extension

MOST_BYTES = 20_000_000

# For the ``accept`` attribute of a file field.
ACCEPTED_DOCUMENTS = f".pdf,.docx,.xlsx,.pptx,{ACCEPTED_PICTURES}"

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "picture": "image/jpeg",
}

_NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint"}
_NAMELESS = "document"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHELF = Shelf("documents")
_FILE_NAME = "content"  # without an ending, so that no web server would take it for a page


@dataclass(frozen=True)
class Document:
    """A file that was read and found good.

    ``kind`` is a key of CONTENT_TYPES, ``size`` counts bytes. ``original_name`` is for showing only; it ends
    in ``.extension`` and has at most ``uploads.LONGEST_NAME`` characters.
    """

    kind: str
    content_type: str
    extension: str
    size: int
    original_name: str
    content: bytes = field(repr=False)


def read_document(upload) -> Document:
    """Finds the kind of an uploaded file by its content; it needs ``read``, ``seek`` and perhaps ``name``.

    Raises ValidationError with a code from ``refusals`` unless it is a PDF, an Office file without macros or
    a picture, within the limits and under a name that does not contradict it. A picture becomes a JPEG
    without metadata, at most as large as ``full`` in ``pictures.RENDITIONS``.
    """
    content = read_at_most(upload, MOST_BYTES)
    if not content:
        raise refusal("document_empty")
    if decoding.is_picture(content) or decoding.is_heic(content):
        return _document("picture", encode(read_picture(upload), "full"), "jpg", _stem(upload))
    kind = _kind(content)
    if len(content) > MOST_BYTES:
        raise refusal("document_too_large", limit=MOST_BYTES // 1_000_000)
    _check_name(upload, kind)
    return _document(kind, content, kind, _stem(upload))


def store_document(document: Document) -> str:
    """Writes the file and returns its new key. OSError if the disk refuses; then nothing is left over."""
    return _SHELF.put({_FILE_NAME: document.content})


def document_path(key: str) -> str:
    """The file's name within the default storage. ValueError if no document is called so."""
    return _SHELF.path(key, _FILE_NAME)


def open_document(key: str) -> File:
    """Open for reading. FileNotFoundError if the document is gone; ValueError as in ``document_path``."""
    return _SHELF.open(key, _FILE_NAME)


def copy_document(key: str) -> str:
    """The key of an independent copy. FileNotFoundError if the document is gone."""
    return _SHELF.copy(key)


def delete_document(key: str) -> None:
    """Removes the file; does nothing if it is gone already."""
    _SHELF.remove(key)


def _kind(content: bytes) -> str:
    """One of the kinds that are not pictures; ValidationError for everything else."""
    if content.startswith(_OLD_OFFICE):
        raise refusal("document_old_office")
    if office.is_zip(content):
        return office.office_kind(content)
    if not _begins_as_pdf(content):
        raise refusal("document_kind")
    if not _ends_as_pdf(content):
        raise refusal("document_broken")
    return "pdf"


def _begins_as_pdf(content: bytes) -> bool:
    """Readers accept a PDF that begins anywhere in the first 1,024 bytes; here only blanks may stand before
    it, for else the file could be a web page as well."""
    before, header, _ = content[:1024].partition(b"%PDF-")
    return bool(header) and not before.removeprefix(b"\xef\xbb\xbf").strip(b"\0\t\n\f\r ")


def _ends_as_pdf(content: bytes) -> bool:
    end = content.rstrip(b"\0\t\n\f\r ")[-1024:]
    return b"startxref" in end and b"%%EOF" in end


def _check_name(upload, kind: str) -> None:
    _, extension = split_extension(display_name(getattr(upload, "name", None)))
    if extension and extension != kind:
        raise refusal("document_renamed", extension=extension, kind=_NAMES[kind])


def _stem(upload) -> str:
    stem, _ = split_extension(display_name(getattr(upload, "name", None)))
    return stem.rstrip(" .") or _NAMELESS


def _document(kind: str, content: bytes, extension: str, stem: str) -> Document:
    name = join_extension(stem, extension)
    return Document(kind, CONTENT_TYPES[kind], extension, len(content), name, content)
