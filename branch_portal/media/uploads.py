"""What an upload says of itself before its content is understood: its bytes and the name it came with."""

import re
import unicodedata

LONGEST_NAME = 150  # characters

# The letter is asked for because "纪要 2024.5" ends in a date, not in an ending.
_EXTENSION = re.compile(r"\.(?=[0-9]*[A-Za-z])([0-9A-Za-z]{1,10})$")

# Control characters, format characters (bidi overrides, zero-width spaces) and halves of surrogate pairs can
# make a name look like another one. Private characters stay: some rare surnames are written with them.
_INVISIBLE = {"Cc", "Cf", "Cs"}


def read_at_most(upload, limit: int) -> bytes:
    """The upload's bytes from its start; one more than ``limit`` if there are more, and never further."""
    upload.seek(0)
    return upload.read(limit + 1)


def display_name(name: str | None) -> str:
    """The name without folders, invisible characters and outer dots and spaces; empty when nothing is left.

    At most LONGEST_NAME characters, the ending kept. For showing only: nothing is ever stored under it.
    """
    last_part = re.split(r"[/\\]", name or "")[-1]
    visible = "".join(c for c in last_part if unicodedata.category(c) not in _INVISIBLE)
    tidy = " ".join(unicodedata.normalize("NFC", visible).split()).strip(" .")
    if len(tidy) <= LONGEST_NAME:
        return tidy
    stem, extension = split_extension(tidy)
    return join_extension(stem, extension)


def split_extension(name: str) -> tuple[str, str]:
    """``("Minutes", "pdf")`` for "Minutes.PDF"; the second part is empty when the name has no ending."""
    match = _EXTENSION.search(name)
    if match is None:
        return name, ""
    return name[: match.start()], match[1].lower()


def join_extension(stem: str, extension: str) -> str:
    """The two as one name of at most LONGEST_NAME characters; the stem gives way."""
    ending = f".{extension}" if extension else ""
    return stem[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
