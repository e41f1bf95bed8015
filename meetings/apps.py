from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Who comes to a meeting, in the room or online, is in touch with the branch."""
        from meetings.attendance import last_attended
        from members.register import also_seen

        also_seen(last_attended)
