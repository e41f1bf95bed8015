"""Rights come from posts, and posts have dates."""

import datetime

import pytest
from django.utils import timezone

from members.models import Position, User
from members.permissions import Capability, Role
from tests.factories import make_event, make_group, make_member, make_position, make_user


def roles(user):
    return set(User.objects.get(pk=user.pk).roles)


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (Position.Post.SECRETARY, {Role.MEMBER, Role.SECRETARY, Role.COMMITTEE}),
        (Position.Post.DEPUTY, {Role.MEMBER, Role.SECRETARY, Role.COMMITTEE}),
        (Position.Post.ORGANIZATION, {Role.MEMBER, Role.COMMITTEE}),
        (Position.Post.PUBLICITY, {Role.MEMBER, Role.COMMITTEE}),
        (Position.Post.DISCIPLINE, {Role.MEMBER, Role.COMMITTEE, Role.DISCIPLINE}),
        (Position.Post.COMMITTEE, {Role.MEMBER, Role.COMMITTEE}),
        (Position.Post.GROUP_LEADER, {Role.MEMBER, Role.GROUP_LEADER}),
    ],
)
def test_a_post_gives_its_role(post, expected):
    user = make_user()
    group = make_group() if post == Position.Post.GROUP_LEADER else None
    make_position(user.member, post, party_group=group)
    assert roles(user) == expected


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (-10, None, True),
        (0, None, True),
        (1, None, False),
        (-10, 0, True),
        (-10, -1, False),
        (0, 0, True),
    ],
)
def test_a_post_gives_its_role_from_its_first_day_to_its_last(first, last, holds):
    user = make_user()
    ended_on = day(last) if last is not None else None
    make_position(user.member, started_on=day(first), ended_on=ended_on)
    assert (Role.SECRETARY in roles(user)) is holds


def test_whoever_left_the_branch_has_no_role():
    user = make_user(Role.SECRETARY)
    make_event(user.member, "moved_out", day(0))
    assert roles(user) == set()


def test_a_closed_account_has_no_role():
    assert roles(make_user(Role.ADMINISTRATOR, is_active=False)) == set()


def test_an_account_without_a_person_has_no_role_by_itself():
    assert roles(User.objects.create_user("visitor", "x")) == set()


def test_an_administrator_who_is_a_member_is_both():
    user = make_user(Role.ADMINISTRATOR, member=make_member())
    assert roles(user) == {Role.ADMINISTRATOR, Role.MEMBER}


def test_an_administrator_keeps_the_portal_and_reads_no_minutes():
    user = make_user(Role.ADMINISTRATOR)
    assert user.may(Capability.MANAGE_ACCOUNTS)
    assert not user.may(Capability.READ_ALL_MEETINGS)
    assert not user.may(Capability.READ_PERSONAL_DATA)


def test_an_administrator_enters_people_only_until_there_is_a_secretary():
    administrator = make_user(Role.ADMINISTRATOR)
    assert User.objects.get(pk=administrator.pk).may(Capability.MANAGE_MEMBERS)
    make_position(make_member(), Position.Post.SECRETARY, started_on=day(0))
    assert not User.objects.get(pk=administrator.pk).may(Capability.MANAGE_MEMBERS)
