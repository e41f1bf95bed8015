from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "meetings.decisions"
    label = "decisions"
    verbose_name = _("Decisions")

    def ready(self) -> None:
        """Whoever signs minutes signs the decisions in them."""
        from meetings.covered import also_covers
        from meetings.decisions.in_signature import covered_rows

        also_covers("decisions", covered_rows)
