"""Study hours of a person, year by year.

The one place where the own pages ask for them: hours of the branch's own meetings are added here.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from members.models import Member


def hours_by_year(member: Member) -> list[tuple[int, Decimal]]:
    """Hours of courses, counted in the year in which the course began (R-5.3); the latest year first."""
    hours: dict[int, Decimal] = defaultdict(Decimal)
    for course in member.trainings.all():
        hours[course.started_on.year] += course.hours
    return sorted(hours.items(), reverse=True)
