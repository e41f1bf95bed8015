"""One row, understood by itself: its values, and what is wrong with it whatever else the file or the branch holds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import id_numbers
from members.importing import columns, telephones, values
from members.importing.choices import AS_IT_IS, Choices
from members.importing.columns import Kind, Of
from members.models import Member, PartyGroup

Error = tuple[str, str]  # the field, "" for the row as a whole; the reason in the reader's language
# A template's own example is no person.
EXAMPLES = ("示例", "Example")


@dataclass
class Row:
    """``values``: what was filled in, by field, and understood; ``errors``: what was not. ``wrong``: the fields whose value is
    wrong by itself; ``months``: dates that came without a day; ``omitted``: what is not imported though the row is."""

    number: int
    values: dict[str, object] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)
    months: dict[str, values.Month] = field(default_factory=dict)
    omitted: list[Error] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    def refuse(self, name: str, error: ValidationError | str, *, is_wrong: bool = False) -> None:
        """``is_wrong``: whatever else is known, this value cannot be stored."""
        reasons = error.messages if isinstance(error, ValidationError) else [error]
        self.errors += [(name, str(reason)) for reason in reasons]
        if is_wrong:
            self.wrong.add(name)

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
    choices: Choices = AS_IT_IS,
    without: Mapping[str, str] = MappingProxyType({}),
) -> Row | None:
    """None for a row with nothing in the chosen columns, and for the template's example. ``groups``: by ``key_of`` each of
    their names. ``without``: the fields of this row that are left out, each with the reason."""
    row = Row(number, omitted=list(without.items()))
    filled = {name: cell for name, cell in zip(fields, cells, strict=False) if name and values.text(cell)}
    if not filled or filled.get("name", "").strip().startswith(EXAMPLES):
        return None
    for name, cell in filled.items():
        if name in without:
            continue
        try:
            _take(row, columns.BY_NAME[name], cell, groups)
        except ValidationError as error:
            row.refuse(name, error, is_wrong=True)
    _complete_months(row, choices)
    _check_days(row, today)
    _take_from_id_number(row)
    return row


def _take(row: Row, column: columns.Column, cell: str, groups: Mapping[str, PartyGroup]) -> None:
    if column.kind is Kind.DAY and (month := values.month(cell)):
        row.months[column.name] = month
    elif column.kind is Kind.PHONE:
        found = telephones.read(cell)
        row.values[column.name] = found.number
        if found.others:
            reason = _("A record has one number. Not taken: %(others)s.")
            row.omitted.append((column.name, reason % {"others": found.others}))
    else:
        row.values[column.name] = _value(column, cell, groups)


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


def _complete_months(row: Row, choices: Choices) -> None:
    """The day of birth stands in the identity number; of other dates the reader says whether the first of the month will do."""
    for name, month in list(row.months.items()):
        if name == "birth_date":
            del row.months[name]
            _complete_birth(row, month)
        elif name in columns.WITH_MONTHS and choices.takes_first_of_month and not month.is_rounded:
            row.values[name] = month.first
        else:
            del row.months[name]
            row.refuse(name, _WITHOUT_DAY if not month.is_rounded else _rounded(month), is_wrong=True)


def _complete_birth(row: Row, month: values.Month) -> None:
    number = row.values.get("id_number")
    if not number:
        reason = _(
            "The day is missing: write it as 1990-01-02, or give the identity number, where it stands."
        )
        row.refuse("birth_date", reason, is_wrong=True)
    elif month.holds(born := id_numbers.born_on(number)):
        row.values["birth_date"] = born
    else:
        row.refuse("birth_date", _("The identity number says otherwise."))


_WITHOUT_DAY = gettext_lazy("The day is missing: write it as 1990-01-02.")


def _rounded(month: values.Month) -> str:
    return _(
        "This may be January or October, of which table programs drop the zero: write it as %(example)s."
    ) % {"example": f"{month.year}-10-02"}


def _check_days(row: Row, today: datetime.date) -> None:
    for name, day in row.values.items():
        if columns.BY_NAME[name].has_happened and day > today:
            row.refuse(name, _("This day is still to come."), is_wrong=True)
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
