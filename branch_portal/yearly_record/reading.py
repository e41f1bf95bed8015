"""What the records hold of a year, of one person or of many: the number of queries does not depend on how many."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from appraisals.models import Participant
from branch_portal.statistics.study import StudyHours, StudyYear, study_hours, targets
from meetings.kinds import MeetingKind
from meetings.models import Attendance, Meeting
from members.models import (
    Award,
    Member,
    MobileContact,
    MobilePeriod,
    Position,
    TimelineEntry,
    Training,
    Transfer,
)

_HELD = [Meeting.State.DRAFT_MINUTES, Meeting.State.SIGNED_OFF]


@dataclass
class Attended:
    """Meetings of one kind: invited to, and how it turned out. Who came online came."""

    invited: int = 0
    marks: Counter = field(default_factory=Counter)

    def count(self, *statuses: str) -> int:
        return sum(self.marks[status] for status in statuses)


@dataclass
class Year:
    """One person's year. Lists are in the order of their days."""

    member: Member
    year: int
    timeline: list[TimelineEntry]  # all of it up to the year's end: what the person was follows from it
    positions: list[Position]
    trainings: list[Training]
    awards: list[Award]
    periods: list[MobilePeriod]  # with ``contacts_of_year``
    letters: list[Transfer]
    attended: dict[str, Attended]
    total: Attended
    study: StudyYear
    participant: Participant | None

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 1, 1)

    @property
    def events(self) -> list[TimelineEntry]:
        return [entry for entry in self.timeline if entry.on.year == self.year]

    @property
    def stage(self) -> str:
        """The stage at the year's end, in words; "" before the first."""
        stages = {
            "applied": Member.Stage.APPLICANT,
            "activist": Member.Stage.ACTIVIST,
            "target": Member.Stage.TARGET,
            "admitted": Member.Stage.PROBATIONARY,
            "confirmed": Member.Stage.FULL,
        }
        reached = [stages[entry.kind] for entry in self.timeline if entry.kind in stages]
        return str(max(reached, key=list(Member.Stage).index).label) if reached else ""

    @property
    def groups(self) -> list[str]:
        """The Party groups the person was in during the year, in their order."""
        changes = [entry for entry in self.timeline if entry.kind == TimelineEntry.Kind.GROUP]
        before = [entry for entry in changes if entry.on <= self.first_day][-1:]
        during = [entry for entry in changes if entry.on > self.first_day]
        return list(dict.fromkeys(str(entry.party_group) for entry in before + during if entry.party_group))


def years_of(members: QuerySet[Member], year: int) -> list[Year]:
    """The year of each of these people."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    people = list(members.prefetch_related(*_prefetches(first, last)))
    attended = _attendance(people, year)
    hours, asked = study_hours(people, year), targets(year)
    parts = {row.member_id: row for row in _participants(people, year)}
    found = []
    for person in people:
        kinds, total = attended[person.pk]
        part = parts.get(person.pk)
        found.append(
            Year(
                member=person,
                year=year,
                timeline=person.timeline_of_year,
                positions=person.positions_of_year,
                trainings=person.trainings_of_year,
                awards=person.awards_of_year,
                periods=person.periods_of_year,
                letters=person.letters_of_year,
                attended=kinds,
                total=total,
                study=StudyYear(year, hours.get(person.pk, StudyHours()), asked.of(person.pk)),
                participant=part,
            )
        )
    return found


def _prefetches(first: datetime.date, last: datetime.date) -> Iterable[Prefetch]:
    """What lies in the year, or reaches into it."""
    in_year = (first, last)
    contacts = MobileContact.objects.filter(on__range=in_year).order_by("on", "pk")
    reads = {
        "timeline": TimelineEntry.objects.up_to(last).select_related("party_group").order_by("on", "pk"),
        "positions": Position.objects.filter(
            Q(ended_on=None) | Q(ended_on__gte=first), started_on__lte=last
        ).select_related("party_group"),
        "trainings": Training.objects.filter(started_on__lte=last, ended_on__gte=first).order_by(
            "started_on", "pk"
        ),
        "awards": Award.objects.filter(on__range=in_year).order_by("on", "pk"),
        "mobile_periods": MobilePeriod.objects.filter(Q(until=None) | Q(until__gte=first), since__lte=last)
        .select_related("contact_person")
        .prefetch_related(Prefetch("contacts", queryset=contacts, to_attr="contacts_of_year"))
        .order_by("since", "pk"),
        "transfers": Transfer.objects.filter(
            Q(issued_on__range=in_year) | Q(decided_on__range=in_year)
        ).order_by("issued_on", "pk"),
    }
    names = {"mobile_periods": "periods", "transfers": "letters"}
    for relation, queryset in reads.items():
        yield Prefetch(relation, queryset=queryset, to_attr=f"{names.get(relation, relation)}_of_year")


def _attendance(people: list[Member], year: int) -> dict[int, tuple[dict[str, Attended], Attended]]:
    """A meeting of several kinds counts as each of them, and once in the total (R-3.3); its year is the one it is for
    (R-3.2)."""
    rows = Attendance.objects.filter(
        member__in=people, meeting__for_year=year, meeting__state__in=_HELD
    ).values_list("member", "status", "meeting__kinds")
    found = defaultdict(lambda: (defaultdict(Attended), Attended()))
    for person, status, kinds in rows:
        by_kind, total = found[person]
        for counted in (*(by_kind[kind] for kind in kinds), total):
            counted.invited += 1
            counted.marks[status] += 1
    order = list(MeetingKind)
    return defaultdict(
        lambda: ({}, Attended()),
        {
            person: (dict(sorted(by_kind.items(), key=lambda item: order.index(item[0]))), total)
            for person, (by_kind, total) in found.items()
        },
    )


def _participants(people: list[Member], year: int) -> QuerySet[Participant]:
    """Parts in the year's appraisal, once its grades are approved."""
    return Participant.objects.told().filter(member__in=people, round__year=year).select_related("assessment")
