"""The statistics of the branch, and person by person, for committee and secretary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.paging import page_context
from branch_portal.statistics import breakdowns
from branch_portal.statistics.account import account
from branch_portal.statistics.attendance import Presence, Regularity, attendance, regularity
from branch_portal.statistics.breakdowns import Breakdown, breakdown
from branch_portal.statistics.charts import Chart, chart_of
from branch_portal.statistics.invitations import years_of
from branch_portal.statistics.study import (
    StudyHours,
    Targets,
    spread_of_hours,
    study_hours,
    study_years,
    targets,
    unmeasured_meetings,
)
from branch_portal.statistics.years import PeopleOfYearForm, YearForm
from meetings.models import Meeting
from members.models import Member
from members.permissions import Capability, requires
from members.views.fetching import member_or_404, sees_personal_data

_YEARS_OF_STUDY = 3
_REGULARITY = (100, 80, 60, 0)  # in hundredths of what was due


@dataclass(frozen=True)
class Line:
    """One person's figures of the year."""

    member: Member
    hours: StudyHours
    target: int
    is_of_committee: bool
    presence: Presence

    @property
    def is_behind(self) -> bool:
        return self.hours.total < self.target

    @property
    def lacks_a_course(self) -> bool:
        """R-5.2: secretary and commissioners attend at least one training course."""
        return self.is_of_committee and not self.hours.courses

    @property
    def hours_chart(self) -> Chart:
        return chart_of([("", self.hours.total, "")], full=self.target)

    @property
    def presence_chart(self) -> Chart:
        return chart_of([("", self.presence.percent or 0, "")], full=100)


@requires(Capability.READ_STATISTICS)
def overview(request: HttpRequest) -> HttpResponse:
    """People as they are today; study and attendance of the year."""
    form = YearForm(request.GET)
    year, today = form.chosen, timezone.localdate()
    everybody, party = Member.objects.current(), Member.objects.party_members()
    asked, regular = targets(year), regularity(party, year, _REGULARITY)
    spread = spread_of_hours(party, year, asked.committee_members)
    context = {
        "form": form,
        "year": year,
        "stages": breakdowns.by_stage(everybody),
        "party": breakdowns.of_party_members(party, today),
        "study": _study(spread, asked),
        "unmeasured": unmeasured_meetings(year),
        "presence": regular.together,
        "attendance": _attendance(regular, people=spread.total()),
        "section": "members",
    }
    return render(request, "statistics/overview.html", context)


@requires(Capability.READ_STATISTICS)
def people(request: HttpRequest) -> HttpResponse:
    """Party members of today with their figures, by name; a page at a time, or those alone who are behind."""
    form = PeopleOfYearForm(request.GET)
    year = form.chosen
    members = Member.objects.party_members().select_related("party_group")
    if group := form.cleaned_data.get("group"):
        members = members.in_group(group)
    asked = targets(year)
    if form.cleaned_data.get("show"):
        members = members.exclude(pk__in=_who_have_enough(members, year, asked))
    context = page_context(members, request.GET.get("page"))
    shown = list(context["page"])
    hours, presences = study_hours(shown, year), attendance(shown, year)
    context["lines"] = [
        Line(
            member,
            hours.get(member.pk, StudyHours()),
            asked.of(member.pk),
            member.pk in asked.committee_members,
            presences.get(member.pk, Presence()),
        )
        for member in shown
    ]
    context |= {"form": form, "year": year, "section": "members"}
    return render(request, "statistics/people.html", context)


@requires(Capability.READ_MEMBERS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's study hours and meetings, for whoever sees the personal data or reads the statistics. A meeting that
    the reader may not open is told by its kinds alone."""
    member = member_or_404(request, pk)
    if not (request.user.may(Capability.READ_STATISTICS) or sees_personal_data(request, member)):
        raise PermissionDenied
    this_year = timezone.localdate().year
    years = range(this_year, this_year - _YEARS_OF_STUDY, -1)
    context = {
        "member": member,
        "study": study_years(member, years),
        "account": account(member, years),
        "years": years_of(member),
        "opens": set(Meeting.objects.visible_to(request.user).values_list("pk", flat=True)),
        "section": "members",
    }
    return render(request, "statistics/person.html", context)


def _who_have_enough(members, year: int, asked: Targets) -> list[int]:
    return [pk for pk, hours in study_hours(members, year).items() if hours.total >= asked.of(pk)]


def _study(spread: Counter[tuple[bool, StudyHours]], asked: Targets) -> list[Breakdown]:
    """Committee and the others apart, since more is asked of the committee."""
    groups: dict[bool, Counter] = {False: Counter(), True: Counter()}
    for (of_committee, hours), number in spread.items():
        target = asked.committee if of_committee else asked.member
        groups[of_committee][_band(hours.total, target)] += number
    titles = {
        False: _("Study hours of members, %(hours)d asked for") % {"hours": asked.member},
        True: _("Study hours of the committee, %(hours)d asked for") % {"hours": asked.committee},
    }
    labels = (_("reached"), _("at least half"), _("less than half"), _("none"))
    return [
        breakdown(
            f"study-{'committee' if of_committee else 'members'}",
            titles[of_committee],
            [(label, bands[place]) for place, label in enumerate(labels)],
        )
        for of_committee, bands in groups.items()
        if bands
    ]


def _band(total: float, target: int) -> int:
    """0: reached, 1: at least half of it, 2: less, 3: nothing."""
    if total >= target:
        return 0
    if total >= target / 2:
        return 1
    return 2 if total else 3


def _attendance(regular: Regularity, *, people: int) -> Breakdown:
    """How many of the people come how regularly."""
    labels = (
        _("every time"),
        _("four fifths or more"),
        _("three fifths or more"),
        _("less than three fifths"),
    )
    rows = list(zip(labels, regular.numbers, strict=True))
    if others := people - sum(regular.numbers):
        rows.append((_("invited to no meeting, or excused"), others))
    return breakdown("attendance", _("Attendance of the single members"), rows)
