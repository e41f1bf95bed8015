"""Study hours and attendance as the handbook reckons them (R-3.2, R-3.5, R-5.1 to R-5.3); people by bands of years."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branch_portal.statistics import breakdowns
from branch_portal.statistics.attendance import Presence, attendance, regularity
from branch_portal.statistics.study import (
    StudyHours,
    spread_of_hours,
    study_hours,
    targets,
    unmeasured_meetings,
)
from meetings.models import Attendance, Meeting
from members.models import BranchRules, Member, Training
from tests.factories import make_branch, make_group, make_member, make_position

YEAR = 2025
HERE = timezone.get_default_timezone()


@pytest.fixture(autouse=True)
def _database(db):
    make_branch()


def at(month: int = 3, day: int = 24, hour: int = 14, minute: int = 0, year: int = YEAR) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, minute, tzinfo=HERE)


def meeting(*came: Member, minutes: int | None = 60, status: str = "present", **fields) -> Meeting:
    """Held, with its people; a Party lesson of an hour unless something else is said."""
    chair = came[0] if came else make_member()
    values = {
        "title": "党课",
        "kinds": ["party_lesson"],
        "for_year": YEAR,
        "starts_at": at(),
        "place": "会议室",
        "chair": chair,
        "recorder": chair,
        "state": "draft_minutes",
        **fields,
    }
    if minutes is not None:
        values["ends_at"] = values["starts_at"] + datetime.timedelta(minutes=minutes)
    made = Meeting.objects.create(**values)
    for person in came:
        attend(made, person, status)
    return made


def attend(made: Meeting, person: Member, status: str, **fields) -> None:
    Attendance.objects.create(meeting=made, member=person, has_vote=True, status=status, **fields)


def course(person: Member, hours: float, ended_on=datetime.date(YEAR, 5, 2), **fields) -> None:
    Training.objects.create(member=person, title="培训", started_on=ended_on, ended_on=ended_on, hours=hours)


def hours_of(person: Member, year: int = YEAR) -> StudyHours:
    return study_hours([person], year).get(person.pk, StudyHours())


# --- study hours --------------------------------------------------------------------------------------
def test_courses_and_attended_study_meetings_add_up():
    person = make_member()
    course(person, 12.5)
    meeting(person, minutes=90)
    meeting(person, minutes=60, status="online")
    assert hours_of(person) == StudyHours(courses=12.5, meetings=2.5)
    assert hours_of(person).total == 15


@pytest.mark.parametrize("status", ["", "leave", "absent"])
def test_only_who_came_has_studied(status):
    person = make_member()
    meeting(person, status=status)
    assert hours_of(person).total == 0


@pytest.mark.parametrize(
    ("kinds", "hours"),
    [
        (["party_lesson"], 1),
        (["reading_class"], 1),
        (["red_base_visit"], 1),
        (["theme_party_day"], 1),
        (["theme_party_day", "party_lesson", "members_meeting"], 1),  # one event of several kinds counts once
        (["members_meeting"], 0),
        (["life_meeting", "appraisal"], 0),
    ],
)
def test_meetings_of_study_count_once(kinds, hours):
    person = make_member()
    meeting(person, kinds=kinds)
    assert hours_of(person).meetings == hours


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(30, 0.5), (60, 1), (240, 4), (100, 1.7), (480, 8), (600, 8), (24 * 60, 8), (32 * 60, 16), (None, 0)],
)
def test_a_day_counts_eight_hours_at_most(minutes, hours):
    person = make_member()
    meeting(person, minutes=minutes)
    assert hours_of(person).meetings == hours


def test_a_meeting_counts_in_the_calendar_year_here_whatever_year_it_is_for():
    person = make_member()
    meeting(person, for_year=YEAR - 1)
    meeting(person, starts_at=at(1, 1, 0, 30))  # the year before in Greenwich
    meeting(person, starts_at=at(12, 31, 23, 30))
    assert hours_of(person).meetings == 3
    assert hours_of(person, YEAR - 1).meetings == hours_of(person, YEAR + 1).meetings == 0


def test_a_course_counts_in_the_year_in_which_it_ended():
    person = make_member()
    course(person, 8, datetime.date(YEAR, 12, 31))
    course(person, 4, datetime.date(YEAR + 1, 1, 1))
    assert hours_of(person).courses == 8


@pytest.mark.parametrize(
    "fields", [{}, {"state": "in_session"}, {"state": "cancelled", "cancel_reason": "台风"}]
)
def test_what_was_not_held_does_not_count(fields):
    person = make_member()
    planned = meeting(person, state="planned")
    Meeting.objects.filter(pk=planned.pk).update(**{"state": "planned", **fields})
    assert hours_of(person).total == 0
    assert attendance([person], YEAR) == {}


def test_meetings_without_an_end_are_told():
    meeting(make_member(), minutes=None)
    meeting(make_member(), minutes=None, kinds=["members_meeting"])
    meeting(make_member())
    assert unmeasured_meetings(YEAR) == 1


def test_more_is_asked_of_the_committee_as_it_was_then():
    rules = BranchRules.load()
    rules.study_hours_member, rules.study_hours_committee = 30, 50
    rules.save()
    member, commissioner, former = make_member(), make_member(), make_member()
    make_position(commissioner, "organization", started_on=datetime.date(YEAR, 12, 31))
    make_position(former, "secretary", ended_on=datetime.date(YEAR, 12, 30))
    make_position(member, "group_leader", party_group=make_group())
    asked = targets(YEAR)
    assert [asked.of(person.pk) for person in (member, commissioner, former)] == [30, 50, 30]
    assert targets(YEAR - 1).of(former.pk) == 50


def test_the_usual_targets_are_the_handbooks():
    assert (targets(YEAR).member, targets(YEAR).committee) == (32, 56)


# --- attendance -----------------------------------------------------------------------------------------
def test_attendance_is_who_came_of_those_who_were_to_come():
    person = make_member()
    for status in ("present", "online", "absent", "leave", ""):
        attend(meeting(), person, status, **({"leave_reason": "sick"} if status == "leave" else {}))
    attend(meeting(), person, "leave", leave_reason="cared_for")
    found = attendance([person], YEAR)[person.pk]
    assert found == Presence(came=2, leave=1, absent=1, cared_for=1)
    assert (found.due, found.percent) == (4, 50)


def test_attendance_counts_for_the_year_a_meeting_is_for():
    person = make_member()
    meeting(person, for_year=YEAR - 1)
    assert attendance([person], YEAR) == {}
    assert attendance([person], YEAR - 1)[person.pk].came == 1


def test_a_percentage_is_never_rounded_up_to_everything():
    assert Presence(came=999, absent=1).percent == 99
    assert Presence(cared_for=3).percent is None


# --- how often the database is asked ----------------------------------------------------------------------
def spread(members, year):
    return spread_of_hours(members, year, [])


def regular(members, year):
    return regularity(members, year, (100, 0))


@pytest.mark.parametrize(
    ("figures", "number"), [(study_hours, 1), (attendance, 1), (spread, 1), (regular, 1)]
)
def test_any_number_of_people_costs_the_same_queries(figures, number):
    people = [make_member() for _person in range(12)]
    meeting(*people)
    everybody, few = Member.objects.all(), Member.objects.all()[:3]
    for members in [everybody] if figures is spread else [people[:1], people, everybody, few]:
        members = list(members) if isinstance(members, list) else members
        with CaptureQueriesContext(connection) as captured:
            assert figures(members, YEAR)
        extra = int(not isinstance(members, list) and members.query.is_sliced)  # the slice itself
        assert len(captured) == number + extra


# --- bands ----------------------------------------------------------------------------------------------
def by(key: str, today: datetime.date | None = None):
    found = breakdowns.of_party_members(Member.objects.all(), today or timezone.localdate())
    return next(breakdown for breakdown in found if breakdown.key == key)


def counts(breakdown) -> dict[str, int]:
    return {part.label: part.count for part in breakdown.parts if part.count}


def test_age_is_completed_years_on_the_day():
    today = datetime.date(2026, 6, 30)
    for born in ("1990-07-01", "1990-06-30", "1960-06-30", "1970-01-01"):
        make_member(birth_date=datetime.date.fromisoformat(born))
    make_member()
    assert counts(by("age", today)) == {
        "under 36 years old": 1,
        "36 to 45 years old": 1,
        "56 to 65 years old": 1,
        "66 years old or more": 1,
        "date of birth not entered": 1,
    }


def test_seniority_counts_from_the_confirmation():
    today = datetime.date(2026, 6, 30)
    make_member(admitted_on=datetime.date(2000, 1, 1), confirmed_on=datetime.date(2021, 7, 1))
    make_member(admitted_on=datetime.date(2000, 1, 1), confirmed_on=datetime.date(2021, 6, 30))
    make_member(admitted_on=datetime.date(1970, 1, 1), confirmed_on=datetime.date(1971, 1, 1))
    make_member(stage="probationary")
    assert counts(by("seniority", today)) == {
        "under 5 years": 1,
        "5 to 9 years": 1,
        "50 years or more": 1,
        "probationary: none yet": 1,
    }


def test_a_breakdown_counts_everybody_once():
    group = make_group(name="第一党小组")
    make_member(party_group=group, gender="male", education="college")
    make_member(gender="female")
    assert counts(by("group")) == {"第一党小组": 1, "in no group": 1}
    assert counts(by("gender")) == {"male": 1, "female": 1}
    assert counts(by("education")) == {"junior college": 1, "not entered": 1}
    assert breakdowns.by_stage(Member.objects.all()).total == 2


def test_all_breakdowns_are_two_queries(django_assert_num_queries):
    for number in range(5):
        make_member(
            party_group=make_group(name=f"第{number}党小组"), gender="male" if number % 2 else "female"
        )
    with django_assert_num_queries(2):
        found = breakdowns.of_party_members(Member.objects.all(), timezone.localdate())
    assert {breakdown.total for breakdown in found} == {5}


def test_a_bar_is_as_long_as_its_share_of_the_largest():
    chart = breakdowns.breakdown("x", "x", [("a", 4), ("b", 1), ("c", 0)]).chart
    assert [bar.width for bar in chart.bars] == [360, 90, 0]
    assert [bar.width for bar in breakdowns.breakdown("x", "x", [("a", 0)]).chart.bars] == [0]
