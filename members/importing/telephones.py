"""Cells with telephone numbers: a mobile number, a landline, several of them, with words between."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import combinations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members import mobile
from members.importing.values import refuse_shortened, text

_BETWEEN = re.compile(r"[/\\、;,。|:()一-鿿]+")
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"(0\d{2,3})?-?[2-9]\d{6,7}(-\d{1,6})?|400-?\d{3}-?\d{4}|0\d{2,3}")
_ABROAD = re.compile(r"\+(?!86)")


@dataclass(frozen=True)
class Telephones:
    """``number``: the one that is kept, "" for none; ``others``: what else stands in the cell."""

    number: str
    others: str = ""


def read(typed: str) -> Telephones:
    """The first mobile number of the cell; what is no mobile number and no landline either, as the record's own rule will judge
    it. ValidationError for a landline alone: a record has no place for one."""
    plain = unicodedata.normalize("NFKC", text(typed))
    refuse_shortened(plain)
    plain = re.sub(r"\.0+$", "", plain)
    if _MOBILE.fullmatch(mobile.tidy(plain)):
        return Telephones(mobile.tidy(plain))
    pieces = [piece.strip() for piece in _BETWEEN.split(plain) if piece.strip()]
    for place, piece in enumerate(pieces):
        if found := _mobile_within(piece):
            number, rest = found
            others = [*pieces[:place], *rest, *pieces[place + 1 :]]
            return Telephones(number, ", ".join(other for other in others if re.search(r"\d{3}", other)))
    if pieces and all(_is_landline(piece) for piece in pieces):
        raise ValidationError(
            _("This is a landline; a record has a place for a mobile number only."), code="landline"
        )
    return Telephones(mobile.tidy(plain))


def _mobile_within(piece: str) -> tuple[str, list[str]] | None:
    """The first run of words that makes a mobile number, and what stands before and after it."""
    if _ABROAD.match(piece):
        return None
    words = piece.split()
    for first, end in combinations(range(min(len(words), 12) + 1), 2):
        number = mobile.tidy(" ".join(words[first:end]))
        if _MOBILE.fullmatch(number):
            return number, [rest for rest in (" ".join(words[:first]), " ".join(words[end:])) if rest]
    return None


def _is_landline(piece: str) -> bool:
    plain = re.sub(r"\s", "", piece)
    return bool(_LANDLINE.fullmatch(re.sub(r"^(?:\+|00)86-?0?", "0", plain)))
