"""A branch with a secretary and a member, and a moment from which the tests reckon."""

from __future__ import annotations

import datetime

import pytest

from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user
from tests.reminders.moments import NOW


@pytest.fixture
def secretary(db):
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"), email="secretary@example.org")


@pytest.fixture
def member(db):
    return make_user(Role.MEMBER, member=make_member("陈一"), email="chen@example.org")


@pytest.fixture
def meeting(secretary, member):
    """In five days."""
    return make_meeting(
        by=secretary,
        invited=[secretary.member, member.member],
        title="十二月党员大会",
        starts_at=NOW + datetime.timedelta(days=5),
        for_year=NOW.year,
    )
