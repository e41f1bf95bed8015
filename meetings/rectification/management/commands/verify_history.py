"""``manage.py verify_history``: whether the chain of the ledger's history holds and the ledger agrees with it.

Exit code 0: everything holds. 1: something does not; one line names the first break. Nothing of what entries say is told.
"""

from __future__ import annotations

import dataclasses
import json

from django.core.management.base import BaseCommand, CommandError

from meetings.rectification.verification import Report, verify


class Command(BaseCommand):
    help = "Verify the chain of the rectification ledger's history, reckoned apart from the database."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the outcome as JSON.")
        parser.add_argument(
            "--head",
            metavar="HASH",
            default="",
            help="The hash at the foot of a printed ledger, or its first 16 digits: it must be in the chain.",
        )

    def handle(self, *args, head: str, **options) -> None:
        report = verify("".join(head.split()).lower())
        if options["json"]:
            self.stdout.write(json.dumps({"holds": report.holds, **dataclasses.asdict(report)}))
        elif report.holds:
            self.stdout.write(_in_words(report))
        if not report.holds:
            raise CommandError(report.fault, returncode=1)


def _in_words(report: Report) -> str:
    text = f"The history holds: {report.events} events, {report.entries} entries."
    if report.head:
        text += f" Head: {report.head}."
    if report.head_found_at:
        text += f" The printed head is event {report.head_found_at}."
    return text
