from django.apps import AppConfig


class RichTextConfig(AppConfig):
    name = "branch_portal.richtext"
    label = "richtext"
