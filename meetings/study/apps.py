from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudyConfig(AppConfig):
    name = "meetings.study"
    label = "study"
    verbose_name = _("Study")

    def ready(self) -> None:
        """Whoever signs minutes signs the study in them."""
        from meetings.covered import also_covers, rows
        from meetings.study.models import StudyPart

        also_covers("study", lambda meeting: rows(StudyPart.objects.filter(meeting=meeting)))
