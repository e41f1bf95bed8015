"""One row, understood by itself: its values, and what is wrong with it whatever else the file or the branch holds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members import id_numbers
from members.importing import columns, values
from members.importing.columns import Kind, Of
from members.models import Member, PartyGroup

Error = tuple[str, str]  # the field, "" for the row as a whole; the reason in the reader's language
# A template's own example is no person.
EXAMPLES = ("示例", "Example")


@dataclass
class Row:
    """``values``: what was filled in, by field, and understood; ``errors``: what was not."""

    number: int
    values: dict[str, object] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    def refuse(self, name: str, error: ValidationError | str) -> None:
        reasons = error.messages if isinstance(error, ValidationError) else [error]
        self.errors += [(name, str(reason)) for reason in reasons]

    def of(self, place: Of) -> dict[str, object]:
        """The values that go there."""
        return {name: value for name, value in self.values.items() if columns.BY_NAME[name].of is place}


def understand(
    number: int,
    cells: Sequence[str],
    fields: Sequence[str],
    *,
    groups: Mapping[str, PartyGroup],
    today: datetime.date,
) -> Row | None:
    """None for a row with nothing in the chosen columns, and for the template's example. ``groups``: by ``key_of`` each of
    their names."""
    row = Row(number)
    filled = {name: cell for name, cell in zip(fields, cells, strict=False) if name and values.text(cell)}
    if not filled or filled.get("name", "").strip().startswith(EXAMPLES):
        return None
    for name, cell in filled.items():
        try:
            row.values[name] = _value(columns.BY_NAME[name], cell, groups)
        except ValidationError as error:
            row.refuse(name, error)
    _check_days(row, today)
    _take_from_id_number(row)
    return row


def _value(column: columns.Column, cell: str, groups: Mapping[str, PartyGroup]) -> object:
    if column.kind is Kind.CHOICE:
        return values.choice(cell, columns.choices_of(column.name))
    if column.kind is Kind.GROUP:
        return _group(cell, groups)
    return _PARSERS[column.kind](cell)


_PARSERS = {
    Kind.TEXT: values.text,
    Kind.NAME: values.name,
    Kind.DAY: values.day,
    Kind.PHONE: values.phone,
    Kind.ID_NUMBER: values.id_number,
    Kind.PAY: values.pay,
}


def _group(cell: str, groups: Mapping[str, PartyGroup]) -> PartyGroup:
    found = groups.get(values.key_of(cell))
    if found is None:
        known = _(", ").join(dict.fromkeys(str(group) for group in groups.values()))
        if not known:
            raise ValidationError(_("The branch has no Party groups: enter them first."))
        raise ValidationError(
            _("There is no group “%(typed)s”. The groups are: %(known)s.")
            % {"typed": values.text(cell)[:40], "known": known}
        )
    return found


def _check_days(row: Row, today: datetime.date) -> None:
    for name, day in row.values.items():
        if columns.BY_NAME[name].has_happened and day > today:
            row.refuse(name, _("This day is still to come."))
    typed = [(name, row.values[name]) for name in columns.STEPS if name in row.values]
    for (earlier, before), (later, after) in pairwise(typed):
        if after < before:
            row.refuse(
                later,
                _("This is before “%(earlier)s”: the steps come one after the other.")
                % {"earlier": columns.BY_NAME[earlier].title},
            )


def _take_from_id_number(row: Row) -> None:
    """Sex and day of birth stand in the number: said twice they must agree, said there alone they are taken from it."""
    number = row.values.get("id_number")
    if not number:
        return
    gender = Member.Gender.MALE if int(number[16]) % 2 else Member.Gender.FEMALE
    for name, inside in (("birth_date", id_numbers.born_on(number)), ("gender", str(gender))):
        if any(field == name for field, _reason in row.errors):
            continue
        if row.values.setdefault(name, inside) != inside:
            row.refuse(name, _("The identity number says otherwise."))
