"""What every chapter is written from: the year, the day of printing, and what several chapters read."""

from __future__ import annotations

import datetime
from functools import cached_property

from branch_portal.workbook.meetings import MeetingsOfYear
from branch_portal.workbook.people import Person, people_on
from meetings.duties.calendar import Calendar
from meetings.duties.reading import Kept, duties_kept
from members.models import BranchProfile, PartyGroup


class Occasion:
    """Each thing is read once, when the first chapter asks for it."""

    def __init__(self, year: int, today: datetime.date) -> None:
        self.year, self.today = year, today

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 1, 1)

    @property
    def last_day(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)

    @property
    def as_of(self) -> datetime.date:
        """The day as of which people and posts are told: the year's last, or today while it runs."""
        return min(self.last_day, self.today)

    @cached_property
    def branch(self) -> BranchProfile:
        return BranchProfile.load()

    @cached_property
    def people(self) -> list[Person]:
        return people_on(self.as_of)

    @property
    def members(self) -> list[Person]:
        """Full and probationary members."""
        return [person for person in self.people if person.is_party_member]

    @cached_property
    def groups(self) -> list[PartyGroup]:
        return list(PartyGroup.objects.all())

    @cached_property
    def meetings(self) -> MeetingsOfYear:
        return MeetingsOfYear(self.year)

    @cached_property
    def kept(self) -> Kept:
        return duties_kept([self.year], None, self.today)

    @property
    def duties(self) -> Calendar:
        return self.kept.calendars[self.year]
