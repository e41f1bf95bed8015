"""Files as people and attackers send them, made on the spot."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 220, 40)


def upload(content: bytes, name: str = "") -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file.name = name or None
    return file


def raw_name(content: bytes, name: str):
    """An upload whose name Django has not looked at."""
    file = io.BytesIO(content)
    file.name = name
    return file


def four_corners(width=240, height=160, mode="RGB") -> Image.Image:
    """Red, green, blue and yellow quarters, from the upper left in reading order."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image.convert(mode)


def encoded(image: Image.Image, form="JPEG", **options) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def png_header_only(width: int, height: int) -> bytes:
    """Says it has these pixels and ends in rubbish: decoding it fails."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", b"rubbish") + _chunk(b"IEND", b"")


def black_png(width: int, height: int) -> bytes:
    """A whole picture of one bit a pixel: a few kilobytes for a hundred million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def swapped_profile() -> bytes:
    """An ICC profile of a screen whose red and green have changed places."""
    colours = {
        b"rXYZ": (0.3851, 0.7169, 0.0971),
        b"gXYZ": (0.4361, 0.2225, 0.0139),
        b"bXYZ": (0.1431, 0.0606, 0.7141),
    }
    fixed = {name: b"XYZ \0\0\0\0" + _fixed(*values) for name, values in colours.items()}
    white = b"XYZ \0\0\0\0" + _fixed(0.9642, 1.0, 0.8249)
    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, int(2.2 * 256), 0)
    tags = fixed | {b"wtpt": white} | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body, offset = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", offset + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s12s4s", offset + len(body), b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                       bytes(12), b"acsp")  # fmt: skip
    return head.ljust(68, b"\0") + _fixed(0.9642, 1.0, 0.8249) + bytes(48) + table + body


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def pdf(before: bytes = b"", inside: bytes = b"") -> bytes:
    body = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + inside
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return before + body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


_MAIN = {
    "docx": (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
}


def content_types(part: str, main_type: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main_type}"/>{more}</Types>'
    )


def office(
    kind: str = "docx",
    *,
    more_parts=(),
    main_type="",
    more_types="",
    types=None,
    compression=zipfile.ZIP_DEFLATED,
) -> bytes:
    """An Office file of that kind; ``more_parts`` are pairs of name and content, ``types`` the whole list."""
    part, usual_type = _MAIN[kind]
    if types is None:
        types = content_types(part, main_type or usual_type, more_types)
    return package([("[Content_Types].xml", types), (part, "<xml/>"), *more_parts], compression)


def package(parts, compression=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts:
            # With the time of day inside, two workers would not agree on the tests' names.
            entry = zipfile.ZipInfo(name, date_time=(2025, 3, 24, 14, 0, 0))
            entry.compress_type = compression
            archive.writestr(entry, content)
    return file.getvalue()
