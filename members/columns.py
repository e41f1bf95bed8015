"""The columns that a list of people can have: what stands in each, who may have it, and how people are ordered by it.

How private a column is, the model says of its field (``privacy``). Sealed fields are no columns at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BinaryField, Case, DateField, F, Field, Func, IntegerField, Value, When
from django.db.models.functions import Lower, NullIf
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.admission import probation_end
from members.models import Member
from members.permissions import Capability
from members.privacy import Privacy, privacy_of

MASK = "***"


@dataclass(frozen=True)
class Column:
    """``value`` takes a person's row as ``Listing`` loads it; ``orders`` are expressions over its queryset."""

    name: str
    label: str
    value: Callable[[Member], str | datetime.date | None]
    orders: tuple
    is_personal: bool = False
    # Beyond the right to read people at all.
    capability: Capability | None = None
    # Read from ``admission_entries`` (``with_admission_entries``): loaded only where such a column is shown.
    needs_timeline: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one column of one person, or that it is not for this reader."""

    column: Column
    value: str | datetime.date | None
    is_masked: bool = False

    @property
    def day(self) -> datetime.date | None:
        return self.value if isinstance(self.value, datetime.date) else None

    @property
    def written(self) -> str | datetime.date:
        """As it goes into a file."""
        return MASK if self.is_masked else self.value or ""


def cells(member: Member, columns: Iterable[Column], *, shows_personal_data: bool) -> list[Cell]:
    """One person's row: personal columns are masked unless the reader sees the personal data of just this person."""
    return [
        Cell(column, None, is_masked=True)
        if column.is_personal and not shows_personal_data
        else Cell(column, column.value(member))
        for column in columns
    ]


def offered_to(user) -> list[Column]:
    """The columns that the user may choose. Personal ones for whoever sees them of somebody else: the secretary, and
    leaders of groups, who see them of their own group."""
    sees_personal_data = user.may(Capability.READ_PERSONAL_DATA) or user.may(Capability.READ_GROUP_DATA)
    return [
        column
        for column in COLUMNS.values()
        if (not column.is_personal or sees_personal_data)
        and (column.capability is None or user.may(column.capability))
    ]


def sortable_by(user) -> dict[str, Column]:
    """The offered columns by which the user may order people, by name. The order of what is masked would tell it, so
    personal ones are for whoever sees them of everybody."""
    return {
        column.name: column
        for column in offered_to(user)
        if not column.is_personal or user.may(Capability.READ_PERSONAL_DATA)
    }


def chosen(names: Iterable[str], offered: Sequence[Column]) -> list[Column]:
    """The offered columns of these names, in their usual order; other names are left aside."""
    wanted = set(names)
    return [column for column in offered if column.name in wanted]


def _in_turn(field: str, choices: Iterable[tuple]) -> Case:
    """The order in which the choices are written down, not that of their codes; an empty one is last."""
    places = [
        When(**{field: value}, then=Value(place)) for place, (value, _label) in enumerate(choices) if value
    ]
    return Case(*places, default=None, output_field=IntegerField())


def _by_sound(field: str) -> Func:
    """Texts of all kinds: GB 18030 lists the usual characters by their sound, and the database knows that list. Nearly the
    order of a dictionary, equal ones together; only names have a reading of their own (``sort_key``)."""
    written = NullIf(F(field), Value(""))
    return Func(written, Value("GB18030"), function="convert_to", output_field=BinaryField())


def _order_of(field: Field) -> Case | F | Func:
    if field.choices:
        return _in_turn(field.name, field.choices)
    return F(field.name) if isinstance(field, DateField) else _by_sound(field.name)


def _of_field(name: str) -> Column:
    """A column that shows a field of the record, a choice in words."""
    field = Member._meta.get_field(name)
    value = _word(name) if field.choices else (lambda member: getattr(member, name))
    is_personal = privacy_of(field) == Privacy.PERSONAL
    return Column(name, capfirst(field.verbose_name), value, (_order_of(field),), is_personal)


def _word(name: str) -> Callable[[Member], str]:
    return lambda member: getattr(member, f"get_{name}_display")()


def _posts(member: Member) -> str:
    return gettext(", ").join(
        f"{post} ({post.party_group})" if post.party_group else str(post) for post in member.posts_today
    )


def _group(member: Member) -> str:
    return str(member.party_group) if member.party_group else ""


def _presence(member: Member) -> str:
    return gettext("away") if member.is_away else ""


def _of_admission(name: str, label, value: Callable[[Member], datetime.date | None], order: str) -> Column:
    """A day on the way into the Party, for whoever may see how far candidates have come. ``order``: the same day as
    ``with_order_of_admission`` reckons it."""
    return Column(name, label, value, (F(order),), capability=Capability.READ_ADMISSIONS, needs_timeline=True)


def _last(kind: str) -> Callable[[Member], datetime.date | None]:
    return lambda member: max(
        (entry.on for entry in member.admission_entries if entry.kind == kind), default=None
    )


def _probation_end(member: Member) -> datetime.date | None:
    """Of whoever is on probation now; what once was says nothing any more."""
    return probation_end(member.admission_entries) if member.stage == Member.Stage.PROBATIONARY else None


def _account(member: Member) -> str:
    user = getattr(member, "user", None)
    if user is None:
        return ""
    return user.username if user.is_active else gettext("%(name)s (closed)") % {"name": user.username}


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        _of_field("stage"),
        _of_field("standing"),
        Column("party_group", _("Party group"), _group, (F("party_group__order"), F("party_group__pk"))),
        Column("posts", _("Posts"), _posts, (F("post_today"), F("group_led_today"))),
        _of_field("gender"),
        _of_field("ethnic_group"),
        _of_field("birth_date"),
        _of_field("native_place"),
        _of_admission("applied_on", _("Applied on"), _last("applied"), "applied_last"),
        _of_admission("activist_on", _("Activist on"), _last("activist"), "activist_last"),
        _of_admission("target_on", _("Development target on"), _last("target"), "target_last"),
        _of_field("admitted_on"),
        _of_admission("probation_ends_on", _("Probation ends on"), _probation_end, "probation_until"),
        _of_field("confirmed_on"),
        _of_field("introducers"),
        _of_field("voteless_until"),
        Column(
            "left_on",
            capfirst(_("left on")),
            lambda member: member.departed_on,
            (F("left_on"),),
            capability=Capability.READ_PERSONAL_DATA,
        ),
        _of_field("education"),
        _of_field("degree"),
        _of_field("school"),
        _of_field("work_started_on"),
        _of_field("employer"),
        _of_field("department"),
        _of_field("duty"),
        _of_field("title"),
        _of_field("phone"),
        _of_field("address"),
        Column(
            "away", _("Mobile member"), _presence, (F("is_away"),), capability=Capability.READ_MOBILE_REGISTER
        ),
        Column(
            "account",
            _("Account"),
            _account,
            (Lower("user__username"),),
            capability=Capability.MANAGE_ACCOUNTS,
        ),
    )
}
USUAL = ("stage", "party_group", "posts")
