"""The people of the branch counted by one thing at a time."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, TextChoices, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branch_portal.statistics.charts import Chart, chart_of
from branch_portal.statistics.counting import counted_by
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
    return _by_choice("stage", _("By stage"), counted_by(people, stage=F("stage"))["stage"], Member.Stage)


def of_party_members(people: MemberQuerySet, today: datetime.date) -> list[Breakdown]:
    """By Party group, gender, age, education and seniority. Two queries, one of them for the names of the groups."""
    counts = counted_by(
        people,
        group=F("party_group"),
        gender=F("gender"),
        age=_band("birth_date", _AGES, today),
        education=F("education"),
        seniority=_band("confirmed_on", _SENIORITY, today),
    )
    return [
        _by_group(counts["group"]),
        _by_choice("gender", _("By gender"), counts["gender"], Member.Gender),
        _by_age(counts["age"]),
        _by_choice("education", _("By education"), counts["education"], Member.Education),
        _by_seniority(counts["seniority"]),
    ]


def _by_group(counts: Counter) -> Breakdown:
    """In the order of the groups."""
    rows = [(str(group), counts.pop(group.pk, 0)) for group in PartyGroup.objects.all()]
    return breakdown("group", _("By Party group"), _with_rest(rows, _("in no group"), counts.total()))


def _by_age(counts: Counter) -> Breakdown:
    """Completed years of life."""
    rows = _bands(_AGES, counts, _OF_AGE, unknown=_("date of birth not entered"))
    return breakdown("age", _("By age"), rows)


def _by_seniority(counts: Counter) -> Breakdown:
    """Completed years in the Party, which count from the confirmation as full member (R-4.1)."""
    rows = _bands(_SENIORITY, counts, _OF_YEARS, unknown=_("probationary: none yet"))
    return breakdown("seniority", _("By years in the Party"), rows)


def _by_choice(key: str, title: str, counts: Counter, choices: type[TextChoices]) -> Breakdown:
    rows = [(label, counts.pop(value, 0)) for value, label in choices.choices]
    return breakdown(key, title, _with_rest(rows, _("not entered"), counts.total()))


def _with_rest(rows: list[tuple[str, int]], label: str, rest: int) -> list[tuple[str, int]]:
    return [*rows, (label, rest)] if rest else rows


def _band(field: str, limits: Sequence[int], today: datetime.date) -> Case:
    """The place of the first limit below which the completed years are, or one more than the last; -1 where the day is
    missing."""
    places = [When(Q(**{field: None}), then=Value(-1))]
    for place, years in enumerate(limits):
        places.append(When(**{f"{field}__gt": add_months(today, -12 * years)}, then=Value(place)))
    return Case(*places, default=Value(len(limits)), output_field=IntegerField())


def _bands(
    limits: Sequence[int], counts: Counter, words: tuple[str, str, str], *, unknown: str
) -> list[tuple[str, int]]:
    """``words``: of the lowest band, of those between, of the highest."""
    lowest, between, highest = words
    labels = [lowest % {"years": limits[0]}]
    for low, high in itertools.pairwise(limits):
        labels.append(between % {"low": low, "high": high - 1})
    labels.append(highest % {"years": limits[-1]})
    rows = [(label, counts[place]) for place, label in enumerate(labels)]
    return _with_rest(rows, unknown, counts[-1])
