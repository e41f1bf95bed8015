from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


def tell_time_zone(connection, **_signal) -> None:
    """In which time zone it is today: a trigger dates entries by it (``locks.begins_with_a_timeline``)."""
    from members.locks import TIME_ZONE_SETTING

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [TIME_ZONE_SETTING, settings.TIME_ZONE])


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        connection_created.connect(tell_time_zone, dispatch_uid="members.tell_time_zone")
