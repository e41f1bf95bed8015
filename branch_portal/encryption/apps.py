from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "branch_portal.encryption"
    label = "encryption"
