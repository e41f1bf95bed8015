import io
import random
import struct
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image

from branch_portal.media import office
from branch_portal.media.documents import (
    copy_document,
    delete_document,
    document_path,
    open_document,
    read_document,
    store_document,
)

from .samples import content_types, encoded, four_corners, package, pdf, raw_name, upload
from .samples import office as office_file
from .test_shelf import full_disk

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def refused(content: bytes, name: str = "") -> str:
    """The code with which the file is refused."""
    with pytest.raises(ValidationError) as caught:
        read_document(raw_name(content, name))
    return caught.value.code


# --- what is accepted -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "kind", "content_type"),
    [
        (pdf(), "会议通知.pdf", "pdf", "application/pdf"),
        (pdf(before=b"\xef\xbb\xbf\r\n"), "a.PDF", "pdf", "application/pdf"),
        (pdf() + b"\r\n\0\0\0" * 1000, "a.pdf", "pdf", "application/pdf"),
        (
            office_file("docx"),
            "a.docx",
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            office_file("xlsx"),
            "a.xlsx",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            office_file("pptx"),
            "a.pptx",
            "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
    ],
)
def test_a_good_document_is_read_and_kept_as_it_is(content, name, kind, content_type):
    document = read_document(upload(content, name))

    assert (document.kind, document.content_type, document.extension) == (kind, content_type, kind)
    assert document.size == len(content)
    assert document.original_name == name[: -len(kind)] + kind
    with open_document(store_document(document)) as file:
        assert file.read() == content


def test_a_picture_becomes_a_jpeg_without_metadata():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "SECRET-NAME"

    document = read_document(upload(encoded(four_corners(), "PNG", exif=exif) + b"<script>", "扫描件.png"))

    assert (document.kind, document.content_type, document.extension) == ("picture", "image/jpeg", "jpg")
    assert document.original_name == "扫描件.jpg"
    assert document.size == len(document.content)
    assert b"SECRET" not in document.content
    assert b"script" not in document.content
    assert Image.open(io.BytesIO(document.content)).size == (240, 160)


def test_the_limit_on_bytes_is_inclusive():
    assert read_document(upload(pdf().ljust(20_000_000, b"\n"), "a.pdf")).size == 20_000_000


# --- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "document_empty"),
        (pdf().ljust(20_000_001, b"\n"), "a.pdf", "document_too_large"),
        (b"<!doctype html><script>alert(1)</script>", "a.html", "document_kind"),
        (b"<!doctype html><script>alert(1)</script>", "a.pdf", "document_kind"),
        (pdf(before=b"<html><script>alert(1)</script>"), "a.pdf", "document_kind"),
        (pdf(before=b"GIF89a"), "a.pdf", "document_kind"),
        (pdf(before=b"MZ" + bytes(60)), "a.pdf", "document_kind"),
        (pdf(before=b" " * 1020), "a.pdf", "document_kind"),
        (b"%PDF-1.7\n<html><script>alert(1)</script>", "a.pdf", "document_broken"),
        (b"%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF", "a.pdf", "document_broken"),
        (pdf()[:60], "a.pdf", "document_broken"),
        (pdf() + b"<html>" + b"x" * 2000, "a.pdf", "document_broken"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "document_kind"),
        (b"MZ" + bytes(500), "a.exe", "document_kind"),
        (b"MZ" + bytes(500), "a.docx", "document_kind"),
        (b"plain words", "a.txt", "document_kind"),
        (b"{\\rtf1 old}", "a.doc", "document_kind"),
        (b"Rar!\x1a\x07\0", "a.docx", "document_kind"),
        (encoded(four_corners(), "GIF"), "a.gif", "document_kind"),
        (OLD_OFFICE, "a.doc", "document_old_office"),
        (OLD_OFFICE, "password.docx", "document_old_office"),
        (package([("a.txt", "words")]), "a.zip", "document_kind"),
        (package([("a.txt", "words")]), "a.docx", "document_kind"),
        (package([("mimetype", "application/vnd.oasis.opendocument.text")]), "a.odt", "document_kind"),
        (pdf(), "a.docx", "document_renamed"),
        (pdf(), "a.pdf.exe", "document_renamed"),
        (pdf(), "a.pdf\x00.html", "document_renamed"),
        (pdf(), "a\u202efdp.exe", "document_renamed"),
        (office_file("docx"), "a.xlsx", "document_renamed"),
        (office_file("docx"), "a.docm", "document_renamed"),
        (office_file("docx"), "a.zip", "document_renamed"),
        (encoded(four_corners()), "a.pdf", "picture_renamed"),
        (encoded(four_corners())[:-500], "a.jpg", "picture_broken"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", "picture_heic"),
    ],
)
def test_a_bad_document_is_refused(content, name, code):
    assert refused(content, name) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (office_file(more_parts=[("word/vbaProject.bin", "code")]), "document_macros"),
        (office_file(more_parts=[("word/VBAPROJECT.BIN", "code")]), "document_macros"),
        (office_file("xlsx", more_parts=[("xl/macrosheets/sheet1.xml", "code")]), "document_macros"),
        (office_file(main_type=MACRO_TYPE), "document_macros"),
        (
            office_file(
                more_types='<Override PartName="/x.bin" ContentType="application/vnd.ms-office.VbaProject"/>'
            ),
            "document_macros",
        ),
        (
            office_file(types=content_types("word/document.xml", MACRO_TYPE).encode("utf-16")),
            "document_broken",
        ),
        (office_file(more_types="<Default ContentType='macro&#69;nabled'/>"), "document_broken"),
        (office_file(types="<!DOCTYPE Types [<!ENTITY a 'b'>]><Types/>"), "document_broken"),
        (office_file(types=" " * 1_000_001), "document_unpacks_too_large"),
        (office_file(more_types=random.Random(1).randbytes(600_000).hex()), "document_broken"),
        (office_file(compression=zipfile.ZIP_BZIP2), "document_broken"),
        (office_file(types="<Types/>"), "document_kind"),
        (office_file(more_parts=[("WORD/document.xml", "twice")]), "document_broken"),
        (office_file("docx") + b"trailing", None),
        (b"<html>" + office_file("docx"), "document_kind"),
        (office_file("docx")[:-30], "document_broken"),
        (office_file("docx")[:40], "document_broken"),
        (office_file(main_type="application/vnd.ms-word.template.main+xml"), "document_kind"),
    ],
)
def test_a_bad_office_file_is_refused(content, code):
    if code is None:
        assert read_document(upload(content, "a.docx")).kind == "docx"
    else:
        assert refused(content, "a.docx") == code


def test_a_file_that_is_word_and_excel_at_once_is_refused():
    both = office_file(
        "docx",
        more_parts=[("xl/workbook.xml", "<xml/>")],
        more_types='<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
    )

    assert refused(both, "a.docx") == "document_kind"


def test_a_zip_bomb_is_refused_without_unpacking_it():
    bomb = office_file(more_parts=[(f"word/media/{number}.bmp", bytes(50_000_000)) for number in range(3)])
    assert len(bomb) < 200_000

    with pytest.raises(ValidationError) as caught:
        read_document(upload(bomb, "bomb.docx"))

    assert caught.value.code == "document_unpacks_too_large"
    assert "500 MB" in caught.value.messages[0]


def test_a_large_file_that_unpacks_to_more_than_the_limit_is_refused():
    noise = random.Random(1).randbytes(6_000_000)
    content = office_file(more_parts=[("word/media/1.png", noise), ("word/media/2.bmp", bytes(123_456))])
    forged = content.replace(struct.pack("<I", 123_456), struct.pack("<I", 500_000_000))

    assert read_document(upload(content, "a.docx")).kind == "docx"
    assert refused(forged, "a.docx") == "document_unpacks_too_large"


def test_a_zip_with_too_many_entries_is_refused():
    many = package([("[Content_Types].xml", "x")] + [(f"word/{number}", b"") for number in range(5_000)])

    assert refused(many, "a.docx") == "document_unpacks_too_large"


def overlapping_bomb() -> bytes:
    """Two hundred entries that all unpack the same ten megabytes."""
    small = package([("word/x", bytes(10_000_000))])
    directory = small.index(b"PK\x01\x02")
    entry = small[directory : small.index(b"PK\x05\x06")]
    names = [entry.replace(b"word/x", f"w{number:05}".encode()) for number in range(200)]
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 200, 200, 200 * len(entry), directory, 0)
    return small[:directory] + b"".join(names) + end


def test_a_zip_whose_entries_overlap_is_refused():
    bomb = overlapping_bomb()
    assert len(zipfile.ZipFile(io.BytesIO(bomb)).infolist()) == 200

    assert refused(bomb, "a.docx") == "document_unpacks_too_large"


def test_content_types_that_lie_about_their_size_are_not_unpacked_further():
    honest = office_file(types=b"x" * 900_000)
    lying = honest.replace(struct.pack("<I", 900_000), struct.pack("<I", 100))

    assert refused(lying, "a.docx") == "document_broken"


def test_an_encrypted_zip_is_refused():
    content = bytearray(office_file("docx"))
    position = -1
    while (position := content.find(b"PK\x01\x02", position + 1)) >= 0:
        content[position + 8] |= 1

    assert refused(bytes(content), "a.docx") == "document_old_office"


@pytest.mark.parametrize("whole", [office_file("docx"), pdf()])
def test_a_damaged_document_is_read_or_refused_and_nothing_else(whole):
    dice = random.Random(len(whole))
    for _ in range(500):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        with suppress(ValidationError):
            read_document(upload(bytes(content)))


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("C:\\Users\\li\\党费 2024.pdf", "党费 2024.pdf"),
        ("../../static/js/site.pdf", "site.pdf"),
        ("no ending", "no ending.pdf"),
        ("纪要 2024.5", "纪要 2024.5.pdf"),
        ("", "document.pdf"),
        ("\u202e.pdf", "pdf.pdf"),
        ("..", "document.pdf"),
        ("evil\r\nSet-Cookie: a=b.pdf", "evilSet-Cookie: a=b.pdf"),
        ("report.pdf  .", "report.pdf"),
        ("长" * 500 + ".pdf", "长" * 146 + ".pdf"),
        ("长" * 500, "长" * 146 + ".pdf"),
    ],
)
def test_the_original_name_is_harmless_and_ends_as_it_should(sent, shown):
    assert read_document(raw_name(pdf(), sent)).original_name == shown


def test_nothing_of_the_name_is_in_the_storage(stored_files):
    key = store_document(read_document(upload(pdf(), "李四的检讨.pdf")))

    assert [str(path) for path in stored_files()] == [f"documents/{key[:2]}/{key}/content"]
    assert document_path(key) == f"documents/{key[:2]}/{key}/content"


# --- how it is stored -------------------------------------------------------------------------------


def test_a_copy_outlives_its_original(stored_files):
    key = store_document(read_document(upload(pdf(), "a.pdf")))

    copy = copy_document(key)
    delete_document(key)
    delete_document(key)

    with pytest.raises(FileNotFoundError):
        open_document(key)
    with open_document(copy) as file:
        assert file.read() == pdf()
    delete_document(copy)
    assert stored_files() == []


def test_a_disk_that_fills_up_midway_leaves_nothing(stored_files):
    document = read_document(upload(pdf(inside=b"%" + b"x" * 100_000 + b"\n"), "a.pdf"))

    with full_disk(50_000), pytest.raises(OSError, match="File too large"):
        store_document(document)

    assert stored_files() == []


def test_the_bound_on_the_directory_holds_before_it_is_parsed():
    """Twenty megabytes of directory would become hundreds of megabytes of objects."""
    content = b"PK\x03\x04" + office._CENTRAL_ENTRY * 5_001

    assert refused(content, "a.docx") == "document_unpacks_too_large"
