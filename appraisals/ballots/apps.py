from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "appraisals.ballots"
    label = "ballots"
