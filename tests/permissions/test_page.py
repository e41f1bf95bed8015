"""The page of permissions says in words what the table says, and rights end with a term by themselves."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from members.models import Position, User
from members.permissions import CAPABILITIES, Capability, Role
from tests.factories import make_branch, make_group, make_member, make_position, make_user

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/permissions/"


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def test_every_capability_says_in_words_what_it_allows():
    labels = [str(capability.label) for capability in Capability]
    assert all(len(label) > 10 for label in labels)
    assert len(set(labels)) == len(labels)


def test_every_capability_is_somebodys_and_every_role_is_in_the_table():
    assert set(CAPABILITIES) == set(Role)
    assert frozenset().union(*CAPABILITIES.values()) == set(Capability)


def test_every_post_gives_a_role():
    assert all(post.roles for post in Position.Post)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECRETARY])
def test_the_page_shows_the_table_and_who_holds_what_until_when(client, role):
    make_branch()
    reader = make_user(role)
    group = make_group(name="一组", name_en="Group One")
    make_position(make_member("孙组长"), "group_leader", party_group=group, ended_on=day(30))
    make_position(make_member("前委员"), "publicity", ended_on=day(-1))
    client.force_login(reader)
    response = client.get(PAGE)
    page = response.content.decode()
    for capability in Capability:
        assert str(capability.label)[1:].replace("'", "&#x27;") in page
    assert "孙组长" in page
    assert "(Group One)" in page
    assert "前委员" not in page
    cells = {(line.capability, held) for line in response.context["lines"] for held, has in line.cells if has}
    assert cells == {(each, of) for of, capabilities in CAPABILITIES.items() for each in capabilities}
    assert client.post(PAGE, {}).status_code == 200  # nothing can be changed here


def test_the_page_asks_equally_much_for_few_and_for_many(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    make_branch()
    client.force_login(make_user(Role.ADMINISTRATOR))
    make_position(make_member(), "committee")
    with django_assert_max_num_queries(15) as first:
        client.get(PAGE)
    for _number in range(9):
        make_user(Role.COMMITTEE)
    with django_assert_num_queries(len(first)):
        client.get(PAGE)


@pytest.mark.parametrize("post", [Position.Post.SECRETARY, Position.Post.DEPUTY])
def test_a_secretary_whose_term_ended_yesterday_has_no_secretarys_capability_today(client, post):
    """Nobody did anything: the day went by."""
    make_branch()
    user = make_user(member=make_member())
    make_position(user.member, post, started_on=day(-1000), ended_on=day(0))
    client.force_login(user)
    assert User.objects.get(pk=user.pk).may(Capability.MANAGE_MEMBERS)
    assert client.get("/en/desk/members/new/").status_code == 200
    Position.objects.filter(member=user.member).update(ended_on=day(-1))
    assert User.objects.get(pk=user.pk).capabilities == CAPABILITIES[Role.MEMBER]
    refused = client.get("/en/desk/members/new/")
    assert refused.status_code == 403
    assert "Your role in the branch does not allow this" in refused.content.decode()
