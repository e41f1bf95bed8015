"""Meetings with a roll of a given size, and matters led to a state through the portal's own actions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings.decisions import actions
from meetings.decisions.actions import Votes
from meetings.decisions.models import Category, Decision
from meetings.models import Attendance, Meeting
from members.models import Member, User
from members.permissions import Role
from tests.factories import make_meeting, make_member, make_user

NOW = datetime.date(2025, 3, 24)


@dataclass
class Hall:
    """A meeting in session with so many due, of whom so many are present; who chairs it votes too."""

    secretary: User
    meeting: Meeting
    people: list[Member]

    @property
    def absent(self) -> list[Member]:
        rows = self.meeting.attendances.filter(status=Attendance.Status.ABSENT)
        return [row.member for row in rows.select_related("member")]


def make_secretary() -> User:
    """The one that there is, or a new one: the post is held by one person at a time."""
    found = User.objects.filter(member__positions__post="secretary").first()
    return found or make_user(Role.SECRETARY, member=make_member("书记"))


def make_hall(*, due: int = 16, present: int | None = None, state: str = "in_session", **fields) -> Hall:
    secretary = make_secretary()
    people = [secretary.member, *(make_member() for _number in range(due - 1))]
    meeting = make_meeting(by=secretary, invited=people, state=state, **fields)
    rows = list(meeting.attendances.all())
    here = due if present is None else present
    for number, row in enumerate(sorted(rows, key=lambda row: row.member_id != secretary.member_id)):
        row.status = Attendance.Status.PRESENT if number < here else Attendance.Status.ABSENT
        row.save()
    meeting.refresh_from_db()
    return Hall(secretary, meeting, people)


def make_category(**fields) -> Category:
    values = {"kind": "large_sum", "name": "大额资金使用", "threshold": 50000, **fields}
    return Category.objects.get_or_create(name=values.pop("name"), defaults=values)[0]


def propose(hall: Hall, *, on_meeting: bool = True, **fields) -> Decision:
    values = {
        "title": "年度活动方案",
        "text": "同意年度活动方案。",
        "proposer": hall.secretary.member,
        **fields,
    }
    return actions.propose(
        Decision(meeting=hall.meeting if on_meeting else None, **values), by=hall.secretary
    )


def discussed(hall: Hall, **fields) -> Decision:
    return actions.discuss(propose(hall, **fields), by=hall.secretary, discussion="讨论充分，意见一致。")


def voted(hall: Hall, *, yes: int, no: int = 0, abstain: int = 0, **fields) -> Decision:
    """By secret ballot where the matter needs it."""
    decision = discussed(hall, **fields)
    votes = Votes(yes, no, abstain, is_secret=decision.is_about_a_person)
    return actions.record_vote(decision, votes, by=hall.secretary, insist=True)


def in_execution(hall: Hall, *, owner: Member | None = None, **fields) -> Decision:
    decision = voted(hall, yes=len(hall.people), **fields)
    decision.owner, decision.deadline = owner or hall.people[1], datetime.date(2025, 6, 30)
    decision.save()
    return actions.start(decision, by=hall.secretary)
