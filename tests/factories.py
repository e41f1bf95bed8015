"""Plain factories: a call makes one thing and says in its arguments what matters to the test."""

from __future__ import annotations

import datetime
import itertools

from django.utils import timezone

from meetings import actions, signing
from meetings.models import Meeting
from members.models import BranchProfile, Member, PartyGroup, Position, TimelineEntry, User
from members.permissions import NEED_SECOND_FACTOR, Role

PASSWORD = "a-long-word-for-tests"
_number = itertools.count(1)
DAY = datetime.date(2025, 3, 24)


def make_group(**fields) -> PartyGroup:
    number = next(_number)
    return PartyGroup.objects.create(**{"name": f"第{number}党小组", "order": number % 30000, **fields})


def make_member(name: str = "", *, stage: str = Member.Stage.FULL, **fields) -> Member:
    """A full member unless another stage is given; the dates that the stage needs are filled in."""
    if stage in Member.Stage.party_members():
        fields.setdefault("admitted_on", datetime.date(2015, 6, 30))
    if stage == Member.Stage.FULL:
        fields.setdefault("confirmed_on", datetime.date(2016, 6, 30))
    return Member.objects.create(
        name=name or f"测试{next(_number)}", stage=stage, **{"gender": "female", **fields}
    )


def make_event(
    member: Member, kind: str, on: datetime.date = datetime.date(2025, 4, 1), **fields
) -> TimelineEntry:
    """An event of the timeline; what the person is then stands in the database (``refresh_from_db``)."""
    return TimelineEntry.objects.create(member=member, kind=kind, on=on, **fields)


def make_position(member: Member, post: str = Position.Post.SECRETARY, **fields) -> Position:
    return Position.objects.create(
        member=member, post=post, **{"started_on": datetime.date(2020, 1, 1), **fields}
    )


_POSTS = {Role.SECRETARY: Position.Post.SECRETARY, Role.COMMITTEE: Position.Post.COMMITTEE}


def make_user(role: str = Role.MEMBER, *, member: Member | None = None, **fields) -> User:
    """An account that holds the role (its member and post are made with it); the administrator has no member. Where the
    role needs a second factor, the days of grace have begun today."""
    username = fields.pop("username", f"{role}{next(_number)}")
    if role in NEED_SECOND_FACTOR:
        fields.setdefault("needs_factor_since", timezone.localdate())
    if role == Role.ADMINISTRATOR:
        return User.objects.create_user(username, PASSWORD, is_administrator=True, member=member, **fields)
    member = member or make_member()
    if role in _POSTS and not member.positions.filter(post=_POSTS[role]).exists():
        make_position(member, _POSTS[role])
    return User.objects.create_user(username, PASSWORD, member=member, **fields)


def make_branch(**fields) -> BranchProfile:
    profile, _created = BranchProfile.objects.update_or_create(
        pk=1, defaults={"name": "测试协会党支部", "name_en": "Test Association Party Branch", **fields}
    )
    return profile


def make_meeting(
    *, by: User | None = None, invited=(), state: str = Meeting.State.PLANNED, **fields
) -> Meeting:
    """A members' meeting planned through the portal's own action, then led to the state."""
    by = by or make_user(Role.SECRETARY)
    chair = fields.pop("chair", by.member)
    values = {
        "title": f"会议{next(_number)}",
        "kinds": ["members_meeting"],
        "for_year": 2025,
        "starts_at": datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC),
        "place": "会议室",
        "recorder": chair,
        **fields,
    }
    meeting = actions.plan_meeting(Meeting(chair=chair, **values), by=by, invited=invited or [chair])
    return lead_to(meeting, state, by=by)


def lead_to(meeting: Meeting, state: str, *, by: User) -> Meeting:
    """Take the meeting step by step to the state, marking everybody present on the way."""
    states = Meeting.State
    if state == states.CANCELLED:
        return actions.cancel_meeting(meeting, by=by, reason="台风")
    if state in {states.IN_SESSION, states.DRAFT_MINUTES, states.SIGNED_OFF}:
        meeting = actions.start_meeting(meeting, by=by)
    if state in {states.DRAFT_MINUTES, states.SIGNED_OFF}:
        meeting.attendances.update(status="present")
        meeting = actions.finish_meeting(meeting, by=by)
    if state == states.SIGNED_OFF:
        meeting = sign_off(meeting, by=by)
    return meeting


def sign_off(meeting: Meeting, *, by: User) -> Meeting:
    """Both signatures by one person, in place of whoever it is not."""
    meeting = sign_as_recorder(meeting, by=by)
    if meeting.state == Meeting.State.SIGNED_OFF:
        return meeting
    return signing.sign_off(meeting, by=by, revision=meeting.revision, reason="出差在外")


def sign_as_recorder(meeting: Meeting, *, by: User) -> Meeting:
    """For signature, or signed off at once where one person recorded and chaired."""
    return signing.sign_as_recorder(meeting, by=by, revision=meeting.revision, reason="出差在外")
