from django.apps import AppConfig


class CheckInConfig(AppConfig):
    name = "meetings.checkin"
    label = "checkin"
