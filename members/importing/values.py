"""Single values as people type them into tables, brought into the form that is stored. What cannot be understood is a
``ValidationError`` in words."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members import id_numbers

# "No blank field on the paper form: write 无 or –" (handbook 10).
_NOTHING = {"", "无", "-", "--", "–", "—", "——", "/", "\\", "n/a", "none"}
_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_DAY = re.compile(r"(\d{4})(?:[-./、](\d{1,2})[-./、](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))")
_NO_DAY = re.compile(r"\d{4}([-./年]?(\d{1,2})?月?|年)")
_MONTH = re.compile(r"(\d{4})(?:[-./、](\d{1,2})|年(\d{1,2})月|(\d{2}))")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_CHINESE = "一-鿿㐀-䶿〇·"
_SPACE_IN_NAME = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
_FIRST_DAY = datetime.date(1899, 12, 30)  # Excel's day 0, its leap year 1900 allowed for
_EARLIEST, _LATEST = 1900, 2100
_MOST_PAY = 1_000_000


def text(typed: str) -> str:
    """Digits, letters and spaces of full width become ordinary ones, spaces at the ends and in heaps go; "无" is nothing."""
    tidy = " ".join(typed.translate(_WIDE).replace("\ufeff", "").replace("\u200b", "").split())
    return "" if unicodedata.normalize("NFKC", tidy).lower() in _NOTHING else tidy


def name(typed: str) -> str:
    """``张　三`` → ``张三``: rosters stretch short names with spaces."""
    return _SPACE_IN_NAME.sub("", text(typed))


@dataclass(frozen=True)
class Month:
    """A date without its day. ``is_rounded``: 1990.1, which table programs make of 1990.10 too."""

    year: int
    month: int
    is_rounded: bool = False

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    def holds(self, day: datetime.date) -> bool:
        """Whether the day may be meant."""
        return day.year == self.year and (
            day.month == self.month or (self.is_rounded and day.month == 10 * self.month)
        )


def month(typed: str) -> Month | None:
    """1985-7, 1985.07, 1985/7, 1985年7月, 198507; None for everything else."""
    plain = _without_spaces(typed)
    if not (match := _MONTH.fullmatch(plain)):
        return None
    year, number = (int(part) for part in match.groups() if part)
    if not (1 <= number <= 12 and _EARLIEST <= year < _LATEST):
        return None
    return Month(year, number, is_rounded=plain.endswith(".1"))


def day(typed: str) -> datetime.date | None:
    """1990-1-2, 1990.01.02, 1990/1/2, 1990年1月2日, 19900102, or the number that Excel stores a day as."""
    plain = _without_spaces(typed)
    if not plain:
        return None
    if match := _DAY.fullmatch(plain):
        year, month, number = (int(part) for part in match.groups() if part)
        return _on_the_calendar(year, month, number)
    if _SERIAL.fullmatch(plain):
        found = _FIRST_DAY + datetime.timedelta(days=int(float(plain)))
        if _EARLIEST <= found.year < _LATEST:
            return found
    if _NO_DAY.fullmatch(plain):
        raise ValidationError(_("The day is missing: write it as 1990-01-02."), code="no_day")
    raise ValidationError(_("No date can be read here: write it as 1990-01-02."), code="date")


def _without_spaces(typed: str) -> str:
    """A date without spaces and without the time of the day."""
    plain = _CLOCK.sub("", unicodedata.normalize("NFKC", text(typed)).strip())
    return re.sub(r"\s", "", plain)


def _on_the_calendar(year: int, month: int, number: int) -> datetime.date:
    try:
        found = datetime.date(year, month, number)
    except ValueError:
        found = None
    if found is None or not _EARLIEST <= year < _LATEST:
        raise ValidationError(_("There is no such day in the calendar."), code="date")
    return found


def id_number(typed: str) -> str:
    """A citizen's identity number, checked to its last character."""
    plain = unicodedata.normalize("NFKC", text(typed)).lstrip("'’‘`")
    refuse_shortened(plain)
    return id_numbers.clean(plain)


def pay(typed: str) -> str:
    """A sum in yuan with two decimals, as it is stored; "" for none."""
    plain = re.sub(r"[\s,¥元]|人民币|RMB", "", unicodedata.normalize("NFKC", text(typed)))
    if not plain:
        return ""
    try:
        amount = Decimal(plain)
        fits = amount.is_finite() and 0 <= amount <= _MOST_PAY
    except InvalidOperation:
        fits = False
    if not fits:
        raise ValidationError(_("This is no sum of money between 0 and 1,000,000."), code="pay")
    return f"{amount:.2f}"


def choice(typed: str, known: Mapping[str, str]) -> str:
    """The value that is called so (``known``: by ``key_of`` its name); "" for none."""
    plain = text(typed)
    if not plain:
        return ""
    if (found := known.get(key_of(plain))) is None:
        raise ValidationError(
            _("“%(typed)s” is not known here."), code="choice", params={"typed": plain[:40]}
        )
    return found


def key_of(word: str) -> str:
    """By which two spellings of one word are the same: no spaces, no marks, no difference of width or case."""
    plain = unicodedata.normalize("NFKC", word).lower()
    plain = re.sub(r"\(.*?\)|\[.*?\]", "", plain)
    return "".join(letter for letter in plain if letter.isalnum())


def refuse_shortened(plain: str) -> None:
    """ValidationError for 1.38E+10, where digits are lost."""
    if _SHORTENED.fullmatch(plain):
        raise ValidationError(
            _(
                "The table program has rounded this number and lost digits: make the column text and type it again."
            ),
            code="shortened",
        )
