"""``manage.py export_ballots YEAR FILE.bel``: the archive of a year's appraisal ballot, for whoever wants to count again."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appraisals.ballots.archives import write_archive
from appraisals.ballots.figures import archive_is_public
from appraisals.ballots.models import SecretBallot
from appraisals.models import Round


class Command(BaseCommand):
    help = "Write the archive of a year's counted ballot into a file that is not there yet."

    def create_parser(self, *args, **options) -> CommandParser:
        parser = super().create_parser(*args, **options)
        parser.print_usage = lambda file=None: None  # a wrong command line is one line; --help says the rest
        return parser

    def add_arguments(self, parser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", metavar="FILE.bel", type=Path)

    def handle(self, *args, year: int, file: Path, **options) -> None:
        ballot = _ballot_of(year)
        if file.exists():
            raise CommandError(f"{file} is there already.")
        try:
            last_event = _write_whole(ballot, file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"Wrote {file}: {ballot.online_returned} ballots, last event {last_event}.")


def _ballot_of(year: int) -> SecretBallot:
    round = Round.objects.filter(year=year).select_related("ballot").first()
    if round is None or round.ballot is None:
        raise CommandError(f"There is no ballot for {year}.")
    if round.ballot.state != SecretBallot.State.COUNTED:
        raise CommandError(f"The ballot for {year} is not counted.")
    if not archive_is_public(round.ballot):
        raise CommandError(
            f"The ballot for {year} has too few online ballots: its archive would betray votes."
        )
    return round.ballot


def _write_whole(ballot: SecretBallot, file: Path) -> str:
    """Beside its place and then renamed, so that there is never half an archive."""
    descriptor, unfinished = tempfile.mkstemp(dir=file.resolve().parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as written:
            last_event = write_archive(ballot, written)
        os.link(unfinished, file)
    finally:
        os.unlink(unfinished)
    return last_event
