"""Who was of the branch on a day, and what they were then, out of the timeline."""

from __future__ import annotations

import datetime

import pytest

from branch_portal.workbook.people import members_on, people_on
from members.models import Member
from tests.factories import make_event, make_group, make_member

pytestmark = pytest.mark.django_db
D = datetime.date


def on(day: datetime.date, member: Member):
    return next((person for person in people_on(day) if person.member == member), None)


def test_the_stage_grows_with_the_days():
    person = make_member("某人", stage="applicant")
    person.timeline.update(on=D(2021, 1, 5))
    make_event(person, "activist", D(2022, 1, 5))
    make_event(person, "target", D(2023, 1, 5))
    make_event(person, "admitted", D(2024, 1, 5))
    make_event(person, "confirmed", D(2025, 1, 5))
    stages = [on(D(year, 6, 1), person).stage for year in range(2021, 2026)]
    assert stages == ["applicant", "activist", "target", "probationary", "full"]
    assert on(D(2021, 1, 4), person) is None
    assert on(D(2024, 6, 1), person).dates["target"] == D(2023, 1, 5)
    assert "confirmed" not in on(D(2024, 6, 1), person).dates


def test_who_moves_in_was_not_here_before_and_who_moves_out_is_not_after():
    person = make_member("转入又转出", admitted_on=D(2010, 1, 1), confirmed_on=D(2011, 1, 1))
    make_event(person, "moved_in", D(2024, 5, 1))
    make_event(person, "moved_out", D(2025, 5, 1))
    here = {
        day: on(day, person) is not None
        for day in (D(2024, 4, 30), D(2024, 5, 1), D(2025, 4, 30), D(2025, 5, 1))
    }
    assert list(here.values()) == [False, True, True, False]


def test_who_comes_back_is_here_again():
    person = make_member("回来的人")
    make_event(person, "moved_out", D(2023, 5, 1))
    make_event(person, "moved_in", D(2025, 5, 1))
    days = (D(2022, 6, 1), D(2024, 6, 1), D(2025, 6, 1))
    assert [on(day, person) is not None for day in days] == [True, False, True]


def test_the_group_is_that_of_the_day():
    first, second = make_group(), make_group()
    person = make_member("换组的人")
    make_event(person, "group", D(2023, 1, 1), party_group=first)
    make_event(person, "group", D(2025, 1, 1), party_group=second)
    assert [on(D(year, 6, 1), person).group for year in (2022, 2024, 2025)] == [None, first, second]


@pytest.mark.parametrize("kind", ["cancelled", "withdrawn", "removed", "died"])
def test_whose_membership_ends_is_no_longer_here(kind):
    person = make_member("某人", stage="probationary", admitted_on=D(2024, 1, 1))
    make_event(person, kind, D(2024, 9, 1))
    assert on(D(2024, 8, 31), person) is not None
    assert on(D(2024, 9, 1), person) is None


def test_candidates_are_people_of_the_branch_and_no_members():
    person = make_member("申请人", stage="applicant")
    today = D(2100, 1, 1)
    assert on(today, person) is not None
    assert person not in [each.member for each in members_on(today)]
