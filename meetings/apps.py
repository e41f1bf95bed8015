from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Who comes to a meeting, in the room or online, is in touch with the branch; who is awaited in vain is missed."""
        from meetings.attendance import last_attended, missed_without_leave
        from members.out_of_contact import also_missed
        from members.register import also_seen

        also_seen(last_attended)
        also_missed(missed_without_leave)
