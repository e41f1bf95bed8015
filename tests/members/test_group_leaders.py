"""A group leader sees the own group's people as the secretary sees the branch's, and nobody else's data (handbook, 2)."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from members.models import Award, MobilePeriod, Position
from tests.factories import make_event, make_group, make_member, make_position, make_user

PHONE, BIRTH, AWAY, AWARD = "13912345678", "1971", "海南省", "优秀共产党员"


@pytest.fixture
def leader(client):
    """A leader of a group, signed in."""
    user = make_user()
    make_position(user.member, "group_leader", party_group=make_group())
    client.force_login(user)
    return user


def person(group):
    member = make_member(
        phone=PHONE, birth_date=datetime.date(1971, 2, 3), address="旧街1号", party_group=group
    )
    MobilePeriod.objects.create(
        member=member,
        since=datetime.date(2025, 1, 1),
        place=AWAY,
        reason="work",
        contact_person=make_member(),
    )
    Award.objects.create(member=member, title=AWARD, on=datetime.date(2024, 6, 28), level="branch")
    return member


def page_of(client, member) -> str:
    response = client.get(f"/en/desk/members/{member.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def led(leader):
    return leader.member.positions.get().party_group


def test_the_record_of_somebody_of_the_own_group_shows_personal_data(client, leader):
    page = page_of(client, person(led(leader)))
    for words in (PHONE, BIRTH, "旧街1号", AWAY, AWARD):
        assert words in page
    assert "Sensitive data" not in page
    assert "Change the record" not in page


@pytest.mark.parametrize("group", ["another", "none"])
def test_the_record_of_anybody_else_does_not(client, leader, group):
    page = page_of(client, person(make_group() if group == "another" else None))
    for words in (PHONE, BIRTH, "旧街1号", AWAY, AWARD):
        assert words not in page


def test_the_personal_data_close_with_the_last_day_of_the_post(client, leader):
    member = person(led(leader))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Position.objects.filter(member=leader.member).update(ended_on=yesterday)
    assert PHONE not in page_of(client, member)


def test_a_person_who_changes_the_group_changes_the_leader(client, leader):
    member = person(led(leader))
    assert PHONE in page_of(client, member)
    make_event(member, "group", timezone.localdate(), party_group=make_group())
    assert PHONE not in page_of(client, member)


@pytest.mark.parametrize(
    "address",
    ["mobile-members/", "letters/", "change-requests/", "accounts/", "permissions/", "groups/"],
)
def test_the_registers_of_the_branch_stay_closed(client, leader, address):
    assert client.get(f"/en/desk/{address}").status_code == 403


def test_a_search_by_telephone_finds_the_own_group_alone(client, leader):
    """Otherwise the list would tell, digit by digit, the numbers of other groups."""
    other, own = person(make_group()), person(led(leader))
    page = client.get("/en/desk/members/", {"q": PHONE}).content.decode()
    assert f'/desk/members/{own.pk}/"' in page
    assert f'/desk/members/{other.pk}/"' not in page
