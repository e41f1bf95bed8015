"""How many have to take part: a share of those entitled, and whether exactly the share is enough."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Threshold(TextChoices):
    """Values seen in the rules of branches (handbook 7.1, 13)."""

    NONE = "none", _("no threshold")
    MORE_THAN_HALF = "more_than_half", _("more than half")
    TWO_THIRDS = "two_thirds", _("at least two thirds")
    FOUR_FIFTHS = "four_fifths", _("at least four fifths")
    NINETY_FIVE_PERCENT = "ninety_five_percent", _("at least 95 %")


_AT_LEAST = {
    Threshold.NONE: Fraction(0),
    Threshold.TWO_THIRDS: Fraction(2, 3),
    Threshold.FOUR_FIFTHS: Fraction(4, 5),
    Threshold.NINETY_FIVE_PERCENT: Fraction(95, 100),
}


def is_reached(threshold: str, taking_part: int, entitled: int) -> bool:
    """Whether ``taking_part`` out of ``entitled`` people are enough; nobody entitled reaches nothing but "none"."""
    if threshold == Threshold.MORE_THAN_HALF:
        return 2 * taking_part > entitled
    share = _AT_LEAST[Threshold(threshold)]
    return taking_part >= share * entitled and (entitled > 0 or not share)
