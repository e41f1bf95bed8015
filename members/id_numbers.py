"""Citizens' identity numbers: 17 digits and a check character (GB 11643-1999); the date of birth stands inside."""

from __future__ import annotations

import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[1-9]\d{16}[\dX]")


def clean(typed: str) -> str:
    """The number as it is stored: no spaces, X in capitals; "" stays "". ValidationError in words."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()
    if not number:
        return ""
    if not _FORM.fullmatch(number):
        raise ValidationError(_("An identity number has 18 characters: 17 digits and a digit or X."))
    if born_on(number) is None:
        raise ValidationError(_("The date of birth inside this identity number is no day of the calendar."))
    if number[17] != check_character(number[:17]):
        raise ValidationError(_("The last character does not fit: look for a mistyped digit."))
    return number


def check_character(digits: str) -> str:
    """The eighteenth character for the first seventeen digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def born_on(number: str) -> datetime.date | None:
    """The date inside; None if there is no such day."""
    try:
        return datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def masked(number: str) -> str:
    """Enough to tell two people apart who compare papers, too little to be of use."""
    return f"{number[:3]}{'*' * 11}{number[-4:]}" if len(number) == 18 else "*" * len(number)
