"""The two languages a report can be written in, and the reader's one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """The value is the ending of the fields: ``title_zh``, ``title_en``."""

    ZH = "zh", _("Chinese")
    EN = "en", _("English")

    @property
    def code(self) -> str:
        """As Django and the addresses call it."""
        return {"zh": "zh-hans", "en": "en"}[self.value]

    @property
    def tag(self) -> str:
        """As HTML's ``lang`` calls it."""
        return {"zh": "zh-Hans", "en": "en"}[self.value]

    @property
    def other(self) -> Language:
        return Language.EN if self == Language.ZH else Language.ZH

    @classmethod
    def of_reader(cls) -> Language:
        return cls.EN if get_language() == "en" else cls.ZH
