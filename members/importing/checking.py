"""What would become of every row: somebody new, a changed record, nothing, or errors. Nothing is written here."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from members import timeline
from members.importing import columns
from members.importing.choices import AS_IT_IS, Choices
from members.importing.columns import Of
from members.importing.files import Row as Line
from members.importing.matching import People, Person
from members.importing.rows import Error, Row, understand
from members.importing.values import key_of
from members.models import Member, PartyGroup, TimelineEntry

TOLD_EVERY = 50  # rows
_MOST_SENSITIVE = 2_000  # letters, as where it is typed by hand


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


Difference = tuple[str, str, str]  # the field; what stands; what will stand. Sensitive texts are left out: ""


@dataclass(frozen=True)
class RowResult:
    """The finding for a row, fit to be kept: all of it is texts and numbers. ``member``: the record it is about. ``months``: the
    fields whose day is taken to be the first of the month; ``omitted``: what of the row is not imported, and why;
    ``optional``: the fields with wrong values that the row could do without, or does."""

    number: int
    name: str
    member: int | None = None
    differences: list[Difference] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    omitted: list[Error] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        if self.errors:
            return Fate.ERROR
        if self.member is None:
            return Fate.NEW
        return Fate.CHANGED if self.differences else Fate.UNCHANGED


@dataclass
class Checked:
    """A row with its finding and with what is to be written: the record, its timeline's days, its sensitive texts."""

    result: RowResult
    member: Member
    days: dict[str, datetime.date]
    sensitive: dict[str, str]
    person: Person | None
    without: frozenset[str] = frozenset()  # fields that are left out of it


def _nobody(_count: int) -> None:
    """Nobody wants to know how far it is."""


def check(
    lines: Sequence[Line],
    fields: Sequence[str],
    choices: Choices = AS_IT_IS,
    tell: Callable[[int], None] = _nobody,
) -> list[Checked]:
    """Every row but the empty ones. Some queries for all of them together, and a few for each. ``tell``: is told now and then
    how many rows are checked."""
    lines = dict(lines)
    found = _checked_all(lines, fields, choices, {}, tell)
    while without := _wrong_and_left_out(found.values(), choices):
        # Anew from the beginning: without a wrong telephone number, say, another record may be meant.
        found |= _checked_all({number: lines[number] for number in without}, fields, choices, without)
    return list(found.values())


def _checked_all(
    lines: Mapping[int, Sequence[str]],
    fields: Sequence[str],
    choices: Choices,
    without: Mapping[int, Mapping[str, str]],
    tell: Callable[[int], None] = _nobody,
) -> dict[int, Checked]:
    """By number. ``without``: of some rows the fields that are left out, with their reasons."""
    groups, today = _groups(), timezone.localdate()
    rows = []
    for number, cells in lines.items():
        options = {"groups": groups, "today": today, "choices": choices, "without": without.get(number, {})}
        if row := understand(number, cells, fields, **options):
            rows.append(row)
    people = People(rows)
    found = {}
    for row in rows:
        found[row.number] = _checked(row, people, without.get(row.number, ()))
        if len(found) % TOLD_EVERY == 0:
            tell(len(found))
    return found


def _wrong_and_left_out(rows: Iterable[Checked], choices: Choices) -> dict[int, dict[str, str]]:
    """Of every row that has one, its wrong fields that the reader will do without, and those left out of it already."""
    found = {}
    for row in rows:
        result = row.result
        names = (choices.left_out & set(result.optional)) - row.without
        if more := {name: why for name, why in result.errors if name in names}:
            found[result.number] = {name: why for name, why in result.omitted if name in row.without} | more
    return found


def with_duplicates(results: Iterable[RowResult]) -> list[RowResult]:
    """Rows of one file that are about one person are errors, each naming the others."""
    results = list(results)
    places = defaultdict(list)
    for result in results:
        for key in result.keys:
            places[key].append(result.number)
    return [replace(result, errors=[*result.errors, *_duplicates(result, places)]) for result in results]


def _duplicates(result: RowResult, places: dict[str, list[int]]) -> list[Error]:
    errors = {}
    for key in result.keys:
        if others := [str(number) for number in places[key] if number != result.number]:
            reason = _("The same stands in row %(rows)s.") % {"rows": ", ".join(others[:5])}
            errors.setdefault(_FIELD_OF_KEY[key.partition(":")[0]], reason)
    return list(errors.items())


_FIELD_OF_KEY = {"id": "id_number", "phone": "phone", "name": "name", "record": "name"}


def _groups() -> dict[str, PartyGroup]:
    known = {}
    for group in PartyGroup.objects.all():
        known |= {key_of(name): group for name in (group.name, group.name_en) if key_of(name)}
    return known


def _checked(row: Row, people: People, without: Iterable[str] = ()) -> Checked:
    person = people.match(row)
    sensitive = {name: str(text) for name, text in row.of(Of.SENSITIVE).items()}
    for name, text in sensitive.items():
        if len(text) > _MOST_SENSITIVE:
            reason = _("This is longer than %(limit)s letters.") % {"limit": _MOST_SENSITIVE}
            row.refuse(name, reason, is_wrong=True)
    if person:
        member, days, differences = person.member, {}, _change(row, person, sensitive)
    else:
        member, days = _new(row)
        differences = []
    result = RowResult(
        row.number,
        row.name or (str(member) if person else ""),
        member.pk,
        differences,
        row.errors,
        _keys(row, people, person),
        sorted(row.months, key=list(columns.BY_NAME).index),
        row.omitted,
        sorted((row.wrong | set(without)) & columns.OPTIONAL),
    )
    return Checked(result, member, days, sensitive, person, frozenset(without))


def _keys(row: Row, people: People, person: Person | None) -> list[str]:
    """Equal for rows about one person, within one file."""
    keys = []
    if digest := people.digests.get(row.values.get("id_number")):
        keys.append(f"id:{digest}")
    if phone := row.values.get("phone"):
        keys.append(f"phone:{phone}")
    if row.name:
        keys.append(f"name:{row.values.get('birth_date', '')}:{row.name}")
    if person:
        keys.append(f"record:{person.member.pk}")
    return keys


# --- somebody new -----------------------------------------------------------------------------------
def _new(row: Row) -> tuple[Member, dict[str, datetime.date]]:
    days = {name: row.values[name] for name in columns.STEPS if name in row.values}
    member = Member(**row.of(Of.RECORD), stage=_stage(row, days))
    member.party_group = row.values.get("party_group")
    member.admitted_on, member.confirmed_on = days.get("admitted_on"), days.get("confirmed_on")
    for name, reason in (
        ("name", _("The name is missing.")),
        ("gender", _("The sex is missing, and no identity number tells it.")),
        ("stage", _("The stage is missing, and no date tells it.")),
    ):
        if not getattr(member, name) and not _has_error(row, name):
            row.refuse(name, reason)
    _check_record(row, member)
    if not _has_error(row, *_TOLD_TOGETHER):
        _check_order(row, member, days)
    return member, days


def _stage(row: Row, days: dict[str, datetime.date]) -> str:
    """The one that is given, or to which the last of the days leads."""
    if given := row.values.get("stage"):
        return str(given)
    return str(columns.STEPS[list(days)[-1]][1]) if days else ""


def _check_order(row: Row, member: Member, days: dict[str, datetime.date]) -> None:
    stages = list(Member.Stage)
    for name in days:
        if stages.index(columns.STEPS[name][1]) > stages.index(member.stage) and not _has_error(row, name):
            row.refuse(
                name,
                _("This belongs to a later stage than “%(stage)s”.") % {"stage": member.get_stage_display()},
            )
    entries = [TimelineEntry(kind=columns.STEPS[name][0], on=day) for name, day in days.items()]
    problem = timeline.first_problem(entries, born=member.birth_date)
    if problem and not _has_error(row, *_TOLD_TOGETHER):
        row.refuse("birth_date", str(problem.message))


# --- a record that stands ----------------------------------------------------------------------------
def _change(row: Row, person: Person, sensitive: dict[str, str]) -> list[Difference]:
    member, differences = person.member, []
    if member.left_on:
        said = (
            _("%(name)s is expected by letter of introduction: the record is not changed here.")
            if member.is_expected
            else _("%(name)s has left the branch: the record is not changed here.")
        )
        row.refuse("", said % {"name": member.name})
    for name, value in row.of(Of.RECORD).items():
        standing = getattr(member, name)
        if name in row.months and standing and row.months[name].holds(standing):
            del row.months[name]  # the record knows more
            continue
        if value not in (None, "") and standing != value:
            differences.append((name, _stored(standing), _stored(value)))
            setattr(member, name, value)
    for name, text in sensitive.items():
        standing = getattr(person.sensitive, name) if person.sensitive else ""
        if text and text != standing and not _has_error(row, name):
            differences.append((name, "", ""))
    _compare_timeline(row, person)
    _check_record(row, member)
    return differences


def _compare_timeline(row: Row, person: Person) -> None:
    """What follows from the timeline is corrected there, by hand and with a reason."""
    given = row.of(Of.TIMELINE)
    standing = {
        "stage": person.member.get_stage_display(),
        "party_group": str(person.member.party_group or "–"),
    }
    for name, value in given.items():
        if name in columns.STEPS:
            days = person.days.get(columns.STEPS[name][0], set())
            month = row.months.pop(name, None)
            agrees = value in days or bool(month and any(month.holds(day) for day in days))
            stands = ", ".join(sorted(day.isoformat() for day in days)) or "–"
        else:
            agrees, stands = getattr(person.member, name) == value, standing[name]
        if not agrees:
            reason = _(
                "The record says: %(standing)s. A timeline is corrected by hand, on the person's page."
            )
            row.refuse(name, reason % {"standing": stands})


def _stored(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


# --- both ---------------------------------------------------------------------------------------------
# Of these the record's rules speak together: whether they fit is judged when each of them is understood.
_TOLD_TOGETHER = ("stage", "birth_date", *columns.STEPS)


def _check_record(row: Row, member: Member) -> None:
    """The record's own rules, but for fields that are wrong already."""
    member.find_place_in_order()
    wrong = {name for name, _reason in row.errors}
    try:
        member.full_clean(
            exclude={"party_group", "changed_by", *wrong},
            validate_unique=False,
            validate_constraints=not _has_error(row, *_TOLD_TOGETHER),
        )
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            known = name if name in columns.BY_NAME else ""
            row.refuse(known, ValidationError(errors), is_wrong=True)


def _has_error(row: Row, *names: str) -> bool:
    return any(field in names for field, _reason in row.errors)
