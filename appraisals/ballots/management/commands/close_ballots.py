"""``manage.py close_ballots``: close the votes whose set time has come; once a minute from cron (looking at one does it too).

``--every SECONDS`` goes on until it is stopped: ``make run`` has it running beside the server.
"""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from appraisals.ballots import actions


class Command(BaseCommand):
    help = "Close every ballot whose set time has come."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Do so again and again.")

    def handle(self, *args, every: int | None = None, **options) -> None:
        if every is None:
            self._close()
            return
        if every < 1:
            raise CommandError("--every takes a number of seconds, 1 or more.")
        while True:
            time.sleep(every)
            try:
                self._close()
            except Exception as error:
                self.stderr.write(f"Ballots whose time has come could not be closed: {type(error).__name__}.")
            finally:
                connection.close()

    def _close(self) -> None:
        for ballot in actions.close_those_due(timezone.now()):
            self.stdout.write(f"Closed {ballot.uuid}: {ballot.online_returned} ballots online.")
