from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "appraisals.ballots"
    label = "ballots"
    default = True


class AuditConfig(AppConfig):
    """The commands alone, without tables: for whoever verifies an archive with a copy of the portal."""

    name = "appraisals.ballots"
    label = "ballots"

    def import_models(self) -> None:
        self.models = {}
