"""``manage.py load_sample``: the invented branch to try the portal with."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from branch_portal.sample.load_appraisals import Sheet
from branch_portal.sample.loading import Database, database_holds, load_sample


def _lines(sheets: tuple[Sheet, ...]) -> list[str]:
    """For trying out the count of the ballot that is open; on a real portal nobody but the scrutineer has such a sheet."""
    return [f"{sheet.name} ({sheet.login}): {sheet.text}" for sheet in sheets]


def _keep(sheets: tuple[Sheet, ...]) -> Path:
    """In a file too, since `make run` shows one line only."""
    path = settings.VAR_DIR / "sample-recovery-sheets.txt"
    path.write_text("".join(f"{line}\n" for line in _lines(sheets)), encoding="utf-8")
    return path


class Command(BaseCommand):
    help = "Load the sample branch into an empty database. Everything in it is invented."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Leave a database with data of its own alone, without complaint.",
        )
        parser.add_argument(
            "--on-a-public-server",
            action="store_true",
            help="Load it although this is no try-out on a machine of one's own: its password is public.",
        )

    def handle(self, *args, **options) -> None:
        if database_holds() == Database.EMPTY:
            self._check_place(allowed=options["on_a_public_server"])
        loaded = load_sample()
        if loaded.found == Database.SAMPLE:
            self.stdout.write("The sample branch is already loaded; nothing was changed.")
        elif loaded.found == Database.OTHER:
            if not options["if_empty"]:
                raise CommandError("This database holds other data; the sample is only for an empty one.")
        else:
            where = _keep(loaded.sheets)
            for line in _lines(loaded.sheets):
                self.stdout.write(line)
            self.stdout.write(
                f"Loaded the sample branch: {loaded.members} people, {loaded.meetings} meetings, "
                f"{loaded.reports} reports. Scrutineers' recovery sheets: {where}"
            )

    def _check_place(self, *, allowed: bool) -> None:
        if settings.LOCAL:
            return
        if not allowed:
            raise CommandError(
                "Not on a server: everybody knows the sample's password. "
                "--on-a-public-server loads it all the same, LOCAL=1 says that this is a try-out."
            )
        self.stderr.write("Warning: everybody knows the sample's password. Do not keep real data here.")
