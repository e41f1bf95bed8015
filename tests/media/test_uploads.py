import pytest

from branch_portal.media.uploads import display_name, join_extension, read_at_most, split_extension

from .samples import upload


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("会议纪要.pdf", "会议纪要.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\总结.docx", "总结.docx"),
        ("/var/www/a.pdf", "a.pdf"),
        ("a\x00b\r\nc\x7f.pdf", "abc.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\u2066b\u2069\u200b\ufeffc.pdf", "abc.pdf"),
        ("a\u2028b.pdf", "a b.pdf"),
        (" .hidden.pdf. ", "hidden.pdf"),
        ("two   spaces.pdf", "two spaces.pdf"),
        ("e\u0301t\u00e9.pdf", "\u00e9t\u00e9.pdf"),
        ("half \ud800 pair.pdf", "half pair.pdf"),
        ("folder/..", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_display_name(sent, shown):
    assert display_name(sent) == shown


def test_display_name_of_a_long_name_keeps_the_ending():
    name = display_name("长" * 400 + ".pdf")

    assert len(name) == 150
    assert name == "长" * 146 + ".pdf"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Minutes.PDF", ("Minutes", "pdf")),
        ("a.tar.gz", ("a.tar", "gz")),
        ("纪要 2024.5", ("纪要 2024.5", "")),
        ("film.3gp", ("film", "3gp")),
        ("nothing", ("nothing", "")),
        ("report.рdf", ("report.рdf", "")),
    ],
)
def test_split_extension(name, parts):
    assert split_extension(name) == parts


def test_join_extension_shortens_the_stem():
    assert join_extension("a" * 200, "docx") == "a" * 145 + ".docx"


def test_read_at_most_reads_from_the_start_and_one_byte_over_the_limit():
    file = upload(b"0123456789")
    file.read(4)

    assert read_at_most(file, 5) == b"012345"
    assert read_at_most(file, 50) == b"0123456789"
