"""A meeting in session whose check-in is open, and somebody invited."""

from __future__ import annotations

import datetime

import pytest

from meetings.checkin import actions, codes
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user

STARTS = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)  # as in make_meeting; 22:00 in Shanghai


def after(minutes: float) -> datetime.datetime:
    """So many minutes after the start."""
    return STARTS + datetime.timedelta(minutes=minutes)


@pytest.fixture
def secretary(db):
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"))


@pytest.fixture
def member(db):
    return make_user(Role.MEMBER, member=make_member("陈一"))


@pytest.fixture
def planned(secretary, member):
    return make_meeting(by=secretary, invited=[secretary.member, member.member])


@pytest.fixture
def meeting(secretary, member):
    return make_meeting(
        by=secretary,
        invited=[secretary.member, member.member],
        state="in_session",
        online_link="https://meeting.example/room",
    )


@pytest.fixture
def opened(meeting, secretary):
    """The code of a moment, of the meeting's open check-in."""
    found = actions.open_check_in(meeting, by=secretary, now=STARTS)
    return lambda moment: codes.code_at(found.secret, meeting.pk, moment)


def mark_of(meeting, user):
    return meeting.attendances.get(member=user.member_id)
