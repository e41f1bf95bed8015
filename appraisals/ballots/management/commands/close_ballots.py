"""``manage.py close_ballots``: close the votes whose set time has come; once a minute from cron (looking at one does it too)."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from appraisals.ballots import actions


class Command(BaseCommand):
    help = "Close every ballot whose set time has come."

    def handle(self, *args, **options) -> None:
        for ballot in actions.close_those_due(timezone.now()):
            self.stdout.write(f"Closed {ballot.uuid}: {ballot.online_returned} ballots online.")
