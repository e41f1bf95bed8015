"""``manage.py send_reminders``: from cron, every few minutes. Two runs at once tell nobody anything twice."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from branch_portal.reminders import runs


class Command(BaseCommand):
    help = "Tell people what is new: make notices, send them by mail, post those of the branch to its WeCom group."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done and do nothing.")

    def handle(self, *args, dry_run: bool = False, **options) -> None:
        now = timezone.now()
        if dry_run:
            self.stdout.write(f"Would be done, nothing was: {runs.dry_run(now)}")
            return
        done = runs.run(now)
        if done.failures:
            raise CommandError(str(done))
        self.stdout.write(str(done))
