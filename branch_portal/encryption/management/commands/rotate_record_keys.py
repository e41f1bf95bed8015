"""After a new master key was put first in RECORD_KEYS: seal the data keys by it (docs/operations.md)."""

from django.core.management.base import BaseCommand, CommandError

from branch_portal.encryption import rotation
from branch_portal.encryption.master import KeyMissing


class Command(BaseCommand):
    help = "Seal the data keys by the first of RECORD_KEYS; afterwards the older ones can be taken out."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--renew",
            action="store_true",
            help="make a new data key as well and seal every text of the records by it",
        )

    def handle(self, *args, renew: bool, **options) -> None:
        try:
            changed = rotation.rewrap()
            self.stdout.write(f"{changed} data keys are now sealed by the first of RECORD_KEYS.")
            if renew:
                self.stdout.write(f"{rotation.renew()} texts are sealed by a new data key.")
        except KeyMissing as missing:
            raise CommandError(str(missing)) from None
