"""``manage.py remove_second_factors LOGIN --reason TEXT``: for the last administrator, whom nobody else can help."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from members import actions
from members.models import User


class Command(BaseCommand):
    help = "Take away the passkeys and codes of an account whose holder has lost them; recorded, and told at the desk."

    def add_arguments(self, parser) -> None:
        parser.add_argument("login", help="login name of the account")
        parser.add_argument("--reason", required=True, help="why; it is kept")

    def handle(self, *, login: str, reason: str, **options) -> None:
        user = User.objects.filter(username__iexact=login).first()
        if user is None:
            raise CommandError(f"No account has the login name “{login}”.")
        try:
            actions.remove_factors(user, by=None, reason=reason)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(
            f"The second factors of “{user.username}” are taken away; the password alone signs in."
        )
