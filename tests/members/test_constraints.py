"""Every rule that the database keeps by itself, provoked past all forms."""

import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from members.models import BranchProfile, Member, Position, User
from tests.factories import make_group, make_member, make_position, make_user

NEW_YEAR = datetime.date(2024, 1, 1)
LAST_OF_MAY = datetime.date(2024, 5, 31)


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize("stage", ["full", "probationary"])
def test_a_party_member_has_a_date_of_admission(stage):
    with refused("member_is_admitted_exactly_from_probation_on"):
        make_member(stage=stage, admitted_on=None, confirmed_on=None)


def test_an_activist_has_no_date_of_admission():
    with refused("member_is_admitted_exactly_from_probation_on"):
        make_member(stage="activist", admitted_on=NEW_YEAR)


def test_a_full_member_has_a_date_of_confirmation():
    with refused("member_is_confirmed_exactly_when_full"):
        make_member(confirmed_on=None)


def test_a_probationary_member_has_no_date_of_confirmation():
    with refused("member_is_confirmed_exactly_when_full"):
        make_member(stage="probationary", confirmed_on=datetime.date(2016, 6, 30))


def test_nobody_is_confirmed_before_admission():
    with refused("member_is_confirmed_after_admission"):
        make_member(admitted_on=LAST_OF_MAY, confirmed_on=NEW_YEAR)


def test_nobody_is_admitted_on_the_day_of_birth():
    with refused("member_is_born_before_admission"):
        make_member(birth_date=datetime.date(2015, 6, 30))


def test_a_post_does_not_end_before_it_starts():
    with refused("position_ends_after_it_starts"):
        make_position(make_member(), started_on=LAST_OF_MAY, ended_on=NEW_YEAR)


def test_a_post_of_one_day_is_possible():
    assert make_position(make_member(), started_on=NEW_YEAR, ended_on=NEW_YEAR).pk


def test_a_group_leader_leads_a_group():
    with refused("position_names_a_group_exactly_for_a_group_leader"):
        make_position(make_member(), Position.Post.GROUP_LEADER)


def test_a_secretary_leads_no_group():
    with refused("position_names_a_group_exactly_for_a_group_leader"):
        make_position(make_member(), party_group=make_group())


@pytest.mark.parametrize("post", Position.Post.single())
def test_a_single_post_is_held_by_one_person_at_a_time(post):
    make_position(make_member(), post, started_on=NEW_YEAR)
    with refused("position_is_held_by_one_person_at_a_time"):
        make_position(make_member(), post, started_on=LAST_OF_MAY)


def test_terms_that_share_one_day_overlap():
    make_position(make_member(), started_on=NEW_YEAR, ended_on=LAST_OF_MAY)
    with refused("position_is_held_by_one_person_at_a_time"):
        make_position(make_member(), started_on=LAST_OF_MAY)


def test_the_next_term_may_begin_on_the_day_after():
    make_position(make_member(), started_on=NEW_YEAR, ended_on=LAST_OF_MAY)
    assert make_position(make_member(), started_on=LAST_OF_MAY + datetime.timedelta(1)).pk


@pytest.mark.parametrize("post", [Position.Post.COMMITTEE, Position.Post.GROUP_LEADER])
def test_other_posts_are_held_by_several(post):
    group = make_group() if post == Position.Post.GROUP_LEADER else None
    first, second = (make_position(make_member(), post, party_group=group) for _person in range(2))
    assert first.pk != second.pk


def test_there_is_one_branch():
    with refused("branch_profile_is_one_row"):
        BranchProfile.objects.create(pk=2, name="另一支部")


def test_a_term_does_not_end_before_it_starts():
    with refused("branch_term_ends_after_it_starts"):
        BranchProfile.objects.update(term_starts_on=NEW_YEAR, term_ends_on=NEW_YEAR)


def test_login_names_differ_in_more_than_case():
    make_user(username="zhangwei")
    with refused("login_name_is_unique_in_any_case"):
        make_user(username="ZhangWei")


@pytest.mark.parametrize("name", ["13800138000", "+8613800138000", "1a"])
def test_a_login_name_is_no_telephone_number(name):
    with refused("login_name_is_no_telephone_number"):
        make_user(username=name)


def test_two_accounts_do_not_share_a_number():
    make_user(mobile="13800138000")
    with refused("mobile"):
        make_user(mobile="13800138000")


def test_a_member_has_one_account():
    member = make_member()
    make_user(member=member)
    with refused("member_id"):
        make_user(member=member)


def test_accounts_without_a_number_are_many():
    assert {make_user().mobile, make_user().mobile} == {None}


def test_every_named_constraint_is_provoked_here():
    """A new constraint without a test fails this one."""
    text = Path(__file__).read_text(encoding="utf-8")
    models = (Member, Position, BranchProfile, User)
    names = {constraint.name for model in models for constraint in model._meta.constraints}
    assert {name for name in names if f'refused("{name}")' not in text} == set()


def test_a_group_with_people_is_not_deleted():
    group = make_group()
    make_member(party_group=group)
    with pytest.raises(Exception, match="protected"), transaction.atomic():
        group.delete()
