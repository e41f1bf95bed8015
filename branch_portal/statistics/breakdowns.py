"""The people of the branch counted by one thing at a time. Every breakdown is one query."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, TextChoices, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branch_portal.statistics.charts import Chart, chart_of
from members.models import Member, PartyGroup
from members.querysets import MemberQuerySet
from members.timeline import add_months

_AGES = (36, 46, 56, 66)
_SENIORITY = (5, 10, 20, 30, 40, 50)
# Chinese has words of their own for years of life and years of membership.
_OF_AGE = (
    gettext_lazy("under %(years)d years old"),
    gettext_lazy("%(low)d to %(high)d years old"),
    gettext_lazy("%(years)d years old or more"),
)
_OF_YEARS = (
    gettext_lazy("under %(years)d years"),
    gettext_lazy("%(low)d to %(high)d years"),
    gettext_lazy("%(years)d years or more"),
)


@dataclass(frozen=True)
class Part:
    """How many people are of one kind, and which share of all that is."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Breakdown:
    """A table with its chart; ``key`` names it inside the page."""

    key: str
    title: str
    parts: list[Part]

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def chart(self) -> Chart:
        return chart_of([(part.label, part.count, str(part.count)) for part in self.parts])


def breakdown(key: str, title: str, counts: Sequence[tuple[str, int]]) -> Breakdown:
    """From labels and counts, in their order."""
    total = sum(count for _label, count in counts) or 1
    parts = [Part(str(label), count, round(100 * count / total)) for label, count in counts]
    return Breakdown(key, title, parts)


def by_stage(people: MemberQuerySet) -> Breakdown:
    return _by_choice("stage", _("By stage"), people, Member.Stage)


def by_gender(people: MemberQuerySet) -> Breakdown:
    return _by_choice("gender", _("By gender"), people, Member.Gender)


def by_education(people: MemberQuerySet) -> Breakdown:
    return _by_choice("education", _("By education"), people, Member.Education)


def by_group(people: MemberQuerySet) -> Breakdown:
    """In the order of the groups. Two queries."""
    counts = _counts(people, "party_group")
    rows = [(str(group), counts.pop(group.pk, 0)) for group in PartyGroup.objects.all()]
    return breakdown("group", _("By Party group"), _with_rest(rows, _("in no group"), sum(counts.values())))


def by_age(people: MemberQuerySet, today: datetime.date) -> Breakdown:
    """Completed years of life."""
    counts = _counts_by_years(people, "birth_date", _AGES, today)
    return breakdown(
        "age", _("By age"), _bands(_AGES, counts, _OF_AGE, unknown=_("date of birth not entered"))
    )


def by_seniority(people: MemberQuerySet, today: datetime.date) -> Breakdown:
    """Completed years in the Party, which count from the confirmation as full member (R-4.1)."""
    counts = _counts_by_years(people, "confirmed_on", _SENIORITY, today)
    rows = _bands(_SENIORITY, counts, _OF_YEARS, unknown=_("probationary: none yet"))
    return breakdown("seniority", _("By years in the Party"), rows)


def _counts(people: MemberQuerySet, field: str) -> dict:
    return dict(people.order_by().values_list(field).annotate(Count("pk")))


def _by_choice(field: str, title: str, people: MemberQuerySet, choices: type[TextChoices]) -> Breakdown:
    counts = _counts(people, field)
    rows = [(label, counts.pop(value, 0)) for value, label in choices.choices]
    return breakdown(field, title, _with_rest(rows, _("not entered"), sum(counts.values())))


def _with_rest(rows: list[tuple[str, int]], label: str, rest: int) -> list[tuple[str, int]]:
    return [*rows, (label, rest)] if rest else rows


def _counts_by_years(
    people: MemberQuerySet, field: str, limits: Sequence[int], today: datetime.date
) -> dict[int | None, int]:
    """How many have completed fewer years than each limit, but not fewer than the one before; -1 where the day is
    missing."""
    places = [When(Q(**{field: None}), then=Value(-1))]
    for place, years in enumerate(limits):
        places.append(When(**{f"{field}__gt": add_months(today, -12 * years)}, then=Value(place)))
    band = Case(*places, default=Value(len(limits)), output_field=IntegerField())
    return dict(people.order_by().annotate(band=band).values_list("band").annotate(Count("pk")))


def _bands(
    limits: Sequence[int], counts: dict, words: tuple[str, str, str], *, unknown: str
) -> list[tuple[str, int]]:
    """``words``: of the lowest band, of those between, of the highest."""
    lowest, between, highest = words
    labels = [lowest % {"years": limits[0]}]
    for low, high in itertools.pairwise(limits):
        labels.append(between % {"low": low, "high": high - 1})
    labels.append(highest % {"years": limits[-1]})
    rows = [(label, counts.get(place, 0)) for place, label in enumerate(labels)]
    return _with_rest(rows, unknown, counts.get(-1, 0))
