"""``manage.py workbook YEAR FILE.docx``: the branch workbook of a year as a Word file.

The file is whole or not there, and readable for its owner alone. How far it is, is shown on a terminal, and anywhere with
``--verbosity 2``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from branch_portal.documents.binding import write_book
from branch_portal.workbook.making import workbook
from branch_portal.workbook.years import FIRST, LAST, is_year


class Command(BaseCommand):
    help = "Write the branch workbook of a year as a Word file."

    def add_arguments(self, parser) -> None:
        parser.error = lambda message: _refuse(f"{message}. Usage: workbook YEAR FILE.docx")
        parser.add_argument("year", metavar="YEAR", help="the year that meetings were held for")
        parser.add_argument(
            "file", metavar="FILE.docx", help="where the file is written; one that is there is replaced"
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of the file (default: %(default)s)",
        )

    def handle(self, *args, year: str, file: str, language: str, verbosity: int, **options) -> None:
        number, path = _year(year), _path(file)
        is_shown = verbosity > 1 or (verbosity == 1 and self.stderr.isatty())

        def told(done: int, total: int) -> None:
            if is_shown:
                end = "\r" if self.stderr.isatty() and done < total else "\n"
                self.stderr.write(f"{done} of {total} chapters", ending=end)
                self.stderr.flush()

        with translation.override(language):
            book = workbook(number, timezone.localdate(), told)
            content = write_book(book)
        _write(path, content)
        if verbosity:
            self.stdout.write(f"{path}: {len(book.chapters)} chapters, {len(content):,} bytes.")


def _refuse(message: str) -> None:
    """In one line, as every refusal of a command."""
    sys.exit(f"CommandError: {message}")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and is_year(int(text))):
        raise CommandError(f"{text!r} is no year between {FIRST} and {LAST}.")
    return int(text)


def _path(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".docx":
        raise CommandError(f"{text!r} does not end in .docx.")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {str(path.parent)!r}.")
    if path.is_dir():
        raise CommandError(f"{text!r} is a folder.")
    return path


def _write(path: Path, content: bytes) -> None:
    """Beside its place first, then in one step."""
    unfinished = ""
    try:
        handle, unfinished = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as error:
        Path(unfinished).unlink(missing_ok=True) if unfinished else None
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
