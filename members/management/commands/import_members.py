"""``manage.py import_members FILE [--dry-run] [--json] [--by LOGIN] [--month-dates first|refuse] [--leave-out FIELD …]``:
members from an .xlsx or .csv file.

Exit code 0: every row is good and, but for a dry run, written. 1: some are not, and nothing is written; a line for each
error on stderr. 2: the file cannot be read, or the command line is wrong.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.importing import columns, files, headings
from members.importing.at_once import Outcome, bring_in
from members.importing.checking import Fate
from members.importing.choices import Choices, MonthDates
from members.importing.drafts import fields_for
from members.models import User
from members.permissions import Capability

_COUNTED = (Fate.NEW, Fate.CHANGED, Fate.UNCHANGED)


class Command(BaseCommand):
    help = "Import members from an .xlsx or .csv file: all of them, or nobody if a row has an error."

    def create_parser(self, *args, **options) -> CommandParser:
        parser = super().create_parser(*args, **options)
        parser.print_usage = lambda file=None: None  # a wrong command line is one line; --help says the rest
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything and write nothing")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
        parser.add_argument(
            "--by", metavar="LOGIN", help="whose doing the history says it is; otherwise nobody's"
        )

        parser.add_argument(
            "--month-dates",
            choices=MonthDates.values,
            default=MonthDates.REFUSE.value,
            help="dates without a day, but for birth: refuse them (the default), or take the first of the month",
        )
        parser.add_argument(
            "--leave-out",
            metavar="FIELD",
            action="append",
            default=[],
            choices=sorted(columns.OPTIONAL),
            help=f"import rows without this field where its value is wrong: {', '.join(sorted(columns.OPTIONAL))}",
        )

    def handle(self, *args, file: Path, dry_run: bool, json: bool, by: str | None, **options) -> None:
        choices = Choices(options["month_dates"], frozenset(options["leave_out"]))
        user = _user(by) if by else None
        available = fields_for(user) if user else columns.available(sensitive=True)
        try:
            table = files.read(_content(file), file.name)
            fields = headings.propose(table.headings, available)
            outcome = bring_in(table, fields, by=user, is_dry=dry_run, choices=choices)
        except ValidationError as refusal:
            raise CommandError(f"{file}: {' '.join(refusal.messages)}", returncode=2) from None
        self._tell(outcome, is_json=json)
        if not outcome.is_good:
            sys.exit(1)

    def _tell(self, outcome: Outcome, *, is_json: bool) -> None:
        errors = [
            {"row": result.number, "field": name, "reason": reason}
            for result in outcome.results
            for name, reason in result.errors
        ]
        left_out = [
            {"row": result.number, "field": name, "reason": reason}
            for result in outcome.results
            for name, reason in result.omitted
        ]
        firsts = [
            {"row": result.number, "field": name} for result in outcome.results for name in result.months
        ]
        counts = {fate.value: outcome.count(fate) for fate in _COUNTED}
        if is_json:
            report = {"written": outcome.is_written, **counts, "errors": errors}
            report |= {"left_out": left_out, "first_of_month": firsts}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for error in errors:
            title = columns.BY_NAME[error["field"]].title if error["field"] else "-"
            self.stderr.write(f"row {error['row']}, {title}: {error['reason']}")
        for omission in left_out:
            title = columns.BY_NAME[omission["field"]].title
            self.stderr.write(f"row {omission['row']}, {title}: left out: {omission['reason']}")
        if firsts:
            self.stdout.write(f"{len(firsts)} dates without a day are taken to be the first of the month.")
        said = ", ".join(f"{count} {fate}" for fate, count in counts.items())
        self.stdout.write(f"{said}. {'Written.' if outcome.is_written else 'Nothing is written.'}")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(files.MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=2) from None


def _user(login: str) -> User:
    user = User.objects.filter(username__iexact=login).first()
    if user is None or not user.may(Capability.MANAGE_MEMBERS):
        raise CommandError(f"{login}: no account of that name may manage members.", returncode=2)
    return user
