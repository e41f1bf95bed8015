"""Study hours are one number, wherever they are read: statistics, own record, yearly record."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from branch_portal.statistics.study import study_hours
from branch_portal.yearly_record.reading import years_of
from branch_portal.yearly_record.writing import records
from members.models import Member, Training
from tests.factories import make_branch, make_member, make_user
from tests.statistics.test_figures import meeting


@pytest.mark.django_db
def test_a_course_across_new_year_and_an_online_lesson_are_the_same_number_everywhere(client):
    make_branch()
    user = make_user(member=make_member())
    this_year = timezone.localdate().year
    Training.objects.create(
        member=user.member,
        title="跨年培训班",
        started_on=datetime.date(this_year - 2, 12, 30),
        ended_on=datetime.date(this_year - 1, 1, 3),
        hours=8,
    )
    lesson = datetime.datetime(this_year - 1, 3, 24, 14, tzinfo=timezone.get_default_timezone())
    meeting(user.member, status="online", minutes=90, starts_at=lesson)

    def yearly(year: int) -> str:
        (paper,) = records(years_of(Member.objects.filter(pk=user.member_id), year), user)
        facts = {fact.label: fact.value for fact in paper.parts[0].facts}
        return facts["Study hours"]

    assert study_hours([user.member], this_year - 1)[user.member_id].total == 9.5
    assert study_hours([user.member], this_year - 2) == {}
    assert yearly(this_year - 1) == "9.5 of 32 (courses 8, meetings 1.5)"
    assert yearly(this_year - 2) == "0 of 32 (courses 0, meetings 0)"
    client.force_login(user)
    page = client.get("/en/desk/me/").content.decode()
    assert [(each.year, each.hours.total) for each in client.get("/en/desk/me/").context["study"]] == [
        (this_year, 0),
        (this_year - 1, 9.5),
    ]
    assert "9.5 of 32" in page
    assert "courses 8, meetings 1.5" in page
