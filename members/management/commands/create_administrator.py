"""``manage.py create_administrator LOGIN``: the first administrator of a new portal, or another one."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import override

from members import actions
from members.models import User


class Command(BaseCommand):
    help = (
        "Make an administrator's account and print the activation link with which its holder sets a password."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("login", help="login name of the new account, beginning with a letter")
        parser.add_argument(
            "--another", action="store_true", help="although there is an active administrator already"
        )
        parser.add_argument("--address", default=_address(), help="where the portal is (%(default)s)")

    def handle(self, *, login: str, another: bool, address: str, **options) -> None:
        if not another and User.objects.filter(is_administrator=True, is_active=True).exists():
            raise CommandError("There is an active administrator already; --another makes a second one.")
        user = User(username=login, is_administrator=True)
        try:
            user.full_clean(exclude=["password"])
            code = actions.open_account(user, by=None)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        slip = user.slips.open().get()
        with override(settings.LANGUAGE_CODE):
            page = address.rstrip("/") + reverse("activate")
        self.stdout.write(f"{page}#{code}")
        self.stdout.write(
            f"Open this link, or type the code after “#” at {page}, and set a password for “{login}”. "
            f"It works once, until {slip.good_until:%Y-%m-%d %H:%M} UTC."
        )


def _address() -> str:
    """The first host that the portal answers to; on a try-out machine its own."""
    hosts = [host for host in settings.ALLOWED_HOSTS if host.strip("*.")]
    if settings.LOCAL or not hosts:
        return "http://localhost:8000"
    return f"{'https' if settings.HTTPS else 'http'}://{hosts[0].lstrip('.')}"
