from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "branch_portal.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """The calendar of duties also counts what is no meeting."""
        from branch_portal.desk.talks_in_calendar import talks_of_year
        from meetings.duties import elsewhere
        from meetings.duties.vocabulary import TALKS

        elsewhere.register(TALKS, talks_of_year, "talks:list")
