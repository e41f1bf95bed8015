"""What an attender gets of a meeting's study hours: worked examples, and the rule against a slow formulation."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.kinds import MeetingKind
from meetings.study.credit import Factors, Held, Part, Presence, credit, most_hours, proposed_hours

START = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)
TEACHER, MEMBER = 1, 2


def after(minutes: float) -> datetime.datetime:
    return START + datetime.timedelta(minutes=minutes)


def held(*hours: float, minutes: float | None = 120, grace: int = 10, **factors) -> Held:
    """Taught by the teacher, two hours long unless something else is said."""
    parts = [Part(Decimal(str(each)), TEACHER) for each in hours]
    return Held(START, None if minutes is None else after(minutes), grace, parts, Factors(**factors))


def hours(meeting: Held, **presence) -> float:
    return float(credit(meeting, Presence(**{"person": MEMBER, **presence})).hours)


def test_whoever_was_there_gets_the_hours_of_all_parts():
    assert hours(held(1.5, 0.5)) == 2


def test_online_counts_as_the_rules_say():
    assert hours(held(2), is_online=True) == 2
    assert hours(held(2, online=80), is_online=True) == 1.6
    assert hours(held(2, online=0), is_online=True) == 0
    assert hours(held(2, online=80)) == 2


@pytest.mark.parametrize(
    ("arrived", "left", "expected"),
    [
        (-15, None, 2),  # before the start
        (10, None, 2),  # within the minutes of grace: from the start
        (11, None, 1.8),  # 109 of 120 minutes
        (60, None, 1),
        (None, 90, 1.5),
        (30, 90, 1),
        (None, 150, 2),  # stayed longer than the meeting
        (130, None, 0),  # after the end
        (None, -5, 0),
    ],
)
def test_late_or_left_early_only_the_share_of_the_time_there_counts(arrived, left, expected):
    times = {
        "arrived_at": (arrived is not None and after(arrived)) or None,
        "left_at": (left is not None and after(left)) or None,
    }
    assert hours(held(2), **times) == expected


def test_the_share_is_of_the_study_hours_not_of_the_meeting():
    assert hours(held(1), arrived_at=after(60)) == 0.5


def test_without_a_recorded_end_nobody_knows_a_share():
    assert hours(held(2, minutes=None), arrived_at=after(60), left_at=after(90)) == 2


def test_the_teacher_gets_what_an_attender_gets_unless_the_branch_says_otherwise():
    assert hours(held(2), person=TEACHER) == 2
    double = Held(START, after(180), 10, [Part(Decimal(2), TEACHER), Part(Decimal(1))], Factors(teacher=200))
    assert hours(double, person=TEACHER) == 5
    assert hours(double, person=MEMBER) == 3
    assert hours(double, person=TEACHER, arrived_at=after(90)) == 2.5


def test_a_full_day_counts_eight_hours_whatever_the_factors_are():
    assert hours(held(8, minutes=540, teacher=300), person=TEACHER) == 8
    assert hours(held(8, 8, minutes=25 * 60)) == 16


def test_half_a_tenth_is_rounded_up():
    assert hours(held(0.5, online=50), is_online=True) == 0.3  # 0.25
    assert hours(held(3, minutes=120), left_at=after(2)) == 0.1  # 0.05


def test_why_is_told():
    told = credit(
        held(2, online=80, teacher=150),
        Presence(TEACHER, is_online=True, arrived_at=after(30), left_at=after(90)),
    )
    assert (told.online, told.teacher, told.is_late, told.left_early) == (80, 150, True, True)
    assert (told.there, told.length) == (3600, 7200)
    plain = credit(held(2), Presence(MEMBER))
    assert (plain.online, plain.teacher, plain.is_late, plain.left_early) == (None, None, False, False)


def test_what_a_new_part_starts_with():
    lesson, members = [MeetingKind.PARTY_LESSON], [MeetingKind.MEMBERS_MEETING]
    assert proposed_hours(lesson, START, after(90)) == Decimal("1.5")
    assert proposed_hours(lesson, START, after(90), Decimal(1)) == Decimal("0.5")
    assert proposed_hours(lesson, START, after(90), Decimal("1.5")) is None
    assert proposed_hours(lesson, START, after(600)) == 8
    assert proposed_hours(lesson, START, None) is None
    assert proposed_hours(members, START, after(90)) is None
    assert proposed_hours([*members, MeetingKind.THEME_PARTY_DAY], START, after(90)) == Decimal("1.5")


def test_each_begun_day_has_eight_hours():
    assert [most_hours(START, after(minutes)) for minutes in (30, 1440, 1441, 2881)] == [8, 8, 16, 24]
    assert most_hours(START, None) == 8


# --- against a slow formulation ---------------------------------------------------------------------------
def slowly(meeting: Held, presence: Presence) -> float:
    """Minute by minute, in fractions: who is there in a minute gets that minute's part of every topic's hours."""
    whole = Fraction(0)
    for part in meeting.parts:
        value = Fraction(part.hours)
        if part.teacher == presence.person:
            value = value * meeting.factors.teacher / 100
        whole += value
    days = 1
    if meeting.ends_at is not None:
        length = int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
        grace = datetime.timedelta(minutes=meeting.grace_minutes)
        came = presence.arrived_at
        if came is not None and came <= meeting.starts_at + grace:
            came = None
        there = 0
        for minute in range(length):
            moment = meeting.starts_at + datetime.timedelta(minutes=minute)
            missed = came is not None and moment < came
            gone = presence.left_at is not None and moment >= presence.left_at
            there += not (missed or gone)
        whole = whole * there / length
        while days * 24 * 60 < length:
            days += 1
    if presence.is_online:
        whole = whole * meeting.factors.online / 100
    return min(floor(whole * 10 + Fraction(1, 2)) / 10, 8.0 * days)


minutes = st.integers(-40, 400)
moments = st.none() | minutes.map(after)
meetings = st.builds(
    Held,
    starts_at=st.just(START),
    ends_at=st.none() | st.sampled_from([1, 45, 60, 95, 120, 180, 240, 540, 1440, 1500, 3000]).map(after),
    grace_minutes=st.integers(0, 30),
    parts=st.lists(
        st.builds(
            Part, st.integers(1, 80).map(lambda tenths: Decimal(tenths) / 10), st.sampled_from([None, 1, 2])
        ),
        min_size=1,
        max_size=4,
    ),
    factors=st.builds(Factors, st.integers(0, 100), st.integers(0, 300)),
)
presences = st.builds(
    Presence,
    person=st.sampled_from([1, 2, 3]),
    is_online=st.booleans(),
    arrived_at=moments,
    left_at=moments,
)


@given(meetings, presences)
def test_the_rule_says_what_counting_minute_by_minute_says(meeting, presence):
    assert float(credit(meeting, presence).hours) == slowly(meeting, presence)


@given(meetings, presences)
def test_nobody_gets_more_by_coming_later_or_leaving_earlier(meeting, presence):
    whole = Presence(presence.person, presence.is_online)
    assert credit(meeting, presence).hours <= credit(meeting, whole).hours
