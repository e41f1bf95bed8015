from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        from appraisals import grades_stand  # noqa: F401 - its receiver, once the models are there
