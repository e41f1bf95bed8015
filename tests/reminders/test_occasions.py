"""When something is told: pure rules over plain facts."""

from __future__ import annotations

import datetime

import pytest

from branch_portal.reminders.occasions import Earlier, due_name, due_step, latest, meeting_step

TODAY = datetime.date(2026, 11, 26)
NOW = datetime.datetime(2026, 11, 26, 4, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
PLAN = {"starts_at": "2026-12-01T06:00:00+00:00", "ends_at": "", "place": "会议室", "link": "", "papers": 0}
MOVED = {**PLAN, "place": "礼堂"}


@pytest.mark.parametrize(
    ("days", "step"),
    [(8, ""), (7, "soon"), (1, "soon"), (0, "soon"), (-1, "overdue"), (-400, "overdue")],
)
def test_a_day_is_near_for_a_week_and_over_from_the_day_after(days, step):
    assert due_step(TODAY + datetime.timedelta(days=days), TODAY) == step


def test_another_day_is_another_occasion():
    assert due_name(TODAY, TODAY) == "soon:2026-11-26"
    assert due_name(TODAY + datetime.timedelta(days=1), TODAY) == "soon:2026-11-27"
    assert due_name(TODAY + datetime.timedelta(days=9), TODAY) == ""


def step(earlier=(), facts=PLAN, *, cancelled=False, changed=24 * HOUR, ahead=100 * HOUR) -> str:
    """``changed``: how long ago the plan was; ``ahead``: how long until the meeting."""
    return meeting_step(
        facts,
        earlier,
        is_cancelled=cancelled,
        changed_at=NOW - changed,
        starts_at=NOW + ahead,
        now=NOW,
    )


def told(name: str, *, ago: datetime.timedelta = 48 * HOUR, facts=PLAN) -> Earlier:
    return Earlier(name, NOW - ago, facts)


def test_a_meeting_is_announced_and_then_left_alone():
    assert step() == "announced"
    assert step([told("announced")]) == ""


def test_a_changed_meeting_is_told_and_every_later_change_again():
    announced = told("announced")
    assert step([announced], MOVED) == "changed:1"
    moved = told("changed:1", ago=24 * HOUR, facts=MOVED)
    assert step([announced, moved], MOVED) == ""
    assert step([announced, moved], PLAN) == "changed:2"


def test_a_title_alone_is_no_change():
    assert step([told("announced")], {**PLAN, "title": "又名"}) == ""


def test_a_plan_that_is_being_changed_right_now_settles_first():
    assert step([told("announced")], MOVED, changed=datetime.timedelta(minutes=4)) == ""
    assert step([told("announced")], MOVED, changed=datetime.timedelta(minutes=5)) == "changed:1"


def test_only_who_was_told_of_a_meeting_is_told_that_it_is_cancelled_and_once():
    assert step(cancelled=True) == ""
    assert step([told("announced")], cancelled=True) == "cancelled"
    assert step([told("announced"), told("cancelled", ago=HOUR)], cancelled=True) == ""


@pytest.mark.parametrize(
    ("hours", "name"), [(25, ""), (24, f"reminder:{PLAN['starts_at']}"), (1, f"reminder:{PLAN['starts_at']}")]
)
def test_the_day_before_the_meeting_is_called_to_mind(hours, name):
    assert step([told("announced")], ahead=hours * HOUR) == name


def test_nobody_is_reminded_soon_after_something_was_told():
    assert step([told("announced", ago=11 * HOUR)], ahead=20 * HOUR) == ""
    assert step([told("announced", ago=12 * HOUR)], ahead=20 * HOUR) != ""


def test_a_meeting_is_called_to_mind_once_for_each_time_it_is_set_to():
    reminder = told(f"reminder:{PLAN['starts_at']}", ago=20 * HOUR)
    assert step([told("announced"), reminder], ahead=2 * HOUR) == ""
    later = {**PLAN, "starts_at": "2026-12-02T06:00:00+00:00"}
    moved = told("changed:1", ago=13 * HOUR, facts=later)
    assert (
        step([told("announced"), reminder, moved], later, ahead=2 * HOUR) == f"reminder:{later['starts_at']}"
    )


def test_the_latest_is_by_time_and_of_the_same_run_the_later_change():
    first, second = told("changed:9", ago=HOUR), told("changed:10", ago=HOUR)
    assert latest([second, first, told("announced")]) == second
