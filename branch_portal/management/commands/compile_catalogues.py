"""``manage.py compile_catalogues``: make what Django reads (.mo) from what translators write (.po).

Django's own ``compilemessages`` needs GNU gettext on the machine; polib is a Python package and gives the same.
"""

from __future__ import annotations

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the catalogues of translations that are newer than what was compiled from them."
    requires_system_checks = []  # the set-up calls it before there is a database

    def handle(self, *args, **options) -> None:
        for folder in settings.LOCALE_PATHS:
            for catalogue in sorted(Path(folder).rglob("*.po")):
                compile_catalogue(catalogue)


def compile_catalogue(catalogue: Path) -> None:
    """Write the .mo beside it, whole or not at all: a running server may read it at any moment."""
    compiled = catalogue.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime > catalogue.stat().st_mtime:
        return
    unfinished = catalogue.with_suffix(".mo.new")
    try:
        polib.pofile(str(catalogue)).save_as_mofile(str(unfinished))
        unfinished.replace(compiled)
    except (OSError, ValueError) as error:
        unfinished.unlink(missing_ok=True)
        raise CommandError(f"{catalogue} cannot be compiled: {error}") from None
