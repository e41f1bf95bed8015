"""What the model marks as personal is shown to whoever may see it and to nobody else, on the record as in the list."""

from __future__ import annotations

import pytest

from branch_portal.own_record.gathering import parts_of
from members.columns import COLUMNS
from members.models import Member, TimelineEntry
from members.permissions import Role
from members.privacy import Privacy, fields_of
from tests.factories import make_group, make_position, make_user
from tests.members.personal_data import enter_everything

# Of the branch by the handbook (10: only what has a P is hidden), and told on the record as in the list.
OPEN = {
    "ethnic_group": "白族",
    "introducers": "介绍人甲",
    "school": "第一中学",
    "employer": "市医院",
    "department": "内科",
    "duty": "主任",
    "title": "主任医师",
}


@pytest.fixture
def user():
    group = make_group()
    found = make_user()
    Member.objects.filter(pk=found.member_id).update(**OPEN)
    TimelineEntry.objects.create(member=found.member, kind="group", on="2025-01-01", party_group=group)
    found.member.refresh_from_db()
    return found


def record(client, member) -> str:
    return client.get(f"/en/desk/members/{member.pk}/").content.decode()


def everything_listed(client) -> str:
    asked = {"choose": "1", "columns": list(COLUMNS)}
    return client.get("/en/desk/members/", asked, follow=True).content.decode()


def test_the_own_archive_has_all_of_it(user):
    values = enter_everything(user)
    told = {fact.text for part in parts_of(user) for entry in part.entries for fact in entry}
    assert {name for name, value in values.items() if value not in told} == set()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMITTEE, Role.ADMINISTRATOR])
def test_a_stranger_reads_none_of_it_on_the_record_or_in_the_list(client, user, role):
    values = enter_everything(user)
    client.force_login(make_user(role))
    for page in (record(client, user.member), everything_listed(client)):
        assert str(user.member) in page
        assert {name for name, value in values.items() if value in page} == set()


def test_a_leader_of_another_group_is_a_stranger_too(client, user):
    values = enter_everything(user)
    leader = make_user()
    make_position(leader.member, "group_leader", party_group=make_group())
    client.force_login(leader)
    for page in (record(client, user.member), everything_listed(client)):
        assert {name for name, value in values.items() if value in page} == set()


def test_record_and_list_show_the_same_of_a_person_to_everybody(client, user):
    """Sex and ethnic group among it: the mark decides, and they bear none."""
    enter_everything(user)
    marked = {field.name for field in fields_of(Member, Privacy.PERSONAL)}
    assert not marked & {"gender", *OPEN}
    client.force_login(make_user())
    for page in (record(client, user.member), everything_listed(client)):
        assert {value for value in (*OPEN.values(), "female") if value not in page} == set()


@pytest.mark.parametrize("reader", ["own", "secretary", "leader"])
def test_whoever_sees_personal_data_sees_it_on_the_record(client, user, reader):
    values = enter_everything(user)
    leader = make_user()
    make_position(leader.member, "group_leader", party_group=user.member.party_group)
    client.force_login({"own": user, "secretary": make_user(Role.SECRETARY), "leader": leader}[reader])
    page = record(client, user.member)
    shown = {name for name, value in values.items() if name.startswith("members.Member.") and value in page}
    assert shown == {name for name in values if name.startswith("members.Member.")}
    for name in ("members.User.mobile", "members.TimelineEntry.note", "members.MobilePeriod.place"):
        assert values[name] in page
