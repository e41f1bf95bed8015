"""``manage.py tick``: what falls due by the clock, once a minute from cron. Votes whose set time has come are closed (looking at
one does it too), uploaded tables that nobody confirmed for a day are forgotten, and people's notices are made. Nothing leaves
the portal here, so that no slow mail server keeps a vote open: that is ``manage.py send_reminders``.

``--every SECONDS`` goes on until it is stopped: ``make run`` has it running beside the server. A job that fails is told in one
line, without what it was about, and keeps none of the others from being done.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from appraisals.ballots import actions
from branch_portal.reminders.actions import make_notices
from members.importing import drafts


def _close_ballots() -> Iterator[str]:
    for ballot in actions.close_those_due(timezone.now()):
        yield f"Closed {ballot.uuid}: {ballot.online_returned} ballots online."


def _forget_tables() -> Iterator[str]:
    if count := drafts.remove_expired():
        yield f"Uploaded tables that were a day old, forgotten: {count}."


def _make_notices() -> Iterator[str]:
    """Silently: whom they are for, they tell."""
    make_notices(timezone.now())
    yield from ()


JOBS = {
    "Ballots whose time has come could not be closed": _close_ballots,
    "Uploaded tables that are a day old could not be forgotten": _forget_tables,
    "Notices could not be made": _make_notices,
}


class Command(BaseCommand):
    help = "Do what is due: close ballots whose set time has come, forget uploaded tables that are a day old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Do so again and again.")

    def handle(self, *args, every: int | None = None, **options) -> None:
        if every is None:
            if not self._tick():
                sys.exit(1)
            return
        if every < 1:
            raise CommandError("--every takes a number of seconds, 1 or more.")
        while True:
            time.sleep(every)
            self._tick()
            connection.close()

    def _tick(self) -> bool:
        """Whether every job was done."""
        done = [self._done(job, failed) for failed, job in JOBS.items()]
        return all(done)

    def _done(self, job, failed: str) -> bool:
        try:
            for line in job():
                self.stdout.write(line)
        except Exception as error:
            self.stderr.write(f"{failed}: {type(error).__name__}.")
            return False
        return True
