"""``manage.py show_sample_logins``: who one can be in the sample branch."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from branch_portal.sample.loading import Database, database_holds
from branch_portal.sample.people import ACCOUNTS, PASSWORD
from members.models import User

_LINE = "{role:<{width}}  {name:<14}  {mobile:<12}  {password}"


class Command(BaseCommand):
    help = "Print the log-ins of the sample branch, if it is loaded."

    def handle(self, *args, **options) -> None:
        if database_holds() != Database.SAMPLE:
            self.stdout.write("The sample branch is not loaded.")
            return
        shown = {account.username: account.shown for account in ACCOUNTS if account.shown}
        mobiles = dict(User.objects.filter(username__in=shown).values_list("username", "mobile"))
        self._write("Role", "login name", "or mobile", "password (for trying out only)")
        for username, role in shown.items():
            if username in mobiles:
                self._write(role, username, mobiles[username] or "", PASSWORD)

    def _write(self, role: str, name: str, mobile: str, password: str) -> None:
        # A Chinese character takes two columns on a terminal.
        wide = sum(ord(character) > 0x2E80 for character in role)
        self.stdout.write(
            _LINE.format(role=role, width=38 - wide, name=name, mobile=mobile, password=password)
        )
