"""The grades, in the words of the field; which of them a round uses, and in which order, is its setting (handbook 7.1)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Grade(TextChoices):
    EXCELLENT = "excellent", _("excellent")
    QUALIFIED = "qualified", _("qualified")
    BASICALLY_QUALIFIED = "basically_qualified", _("basically qualified")
    UNQUALIFIED = "unqualified", _("unqualified")


class CommitteeGrade(TextChoices):
    """Of the branch committee, rated by the members (好/较好/一般/差)."""

    GOOD = "good", _("good")
    FAIRLY_GOOD = "fairly_good", _("fairly good")
    AVERAGE = "average", _("average")
    POOR = "poor", _("poor")


FOUR = [grade.value for grade in Grade]
THREE = [Grade.EXCELLENT.value, Grade.QUALIFIED.value, Grade.UNQUALIFIED.value]


def labels(grades: Sequence[str], kind: type[TextChoices] = Grade) -> tuple[list[str], list[str]]:
    """The official Chinese words, which stand on the ballot, and the English ones for those who read English."""

    def words(language: str) -> list[str]:
        with override(language):
            return [str(kind(grade).label) for grade in grades]

    return words("zh-hans"), words("en")
