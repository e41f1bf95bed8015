"""The code of the screen: what it depends on, how long it is good."""

from __future__ import annotations

import datetime

import pytest

from meetings.checkin import codes
from meetings.lateness import is_late

SECRET = "ab" * 32
NOON = datetime.datetime(2025, 3, 24, 12, 0, 7, tzinfo=datetime.UTC)


def later(**delta) -> datetime.datetime:
    return NOON + datetime.timedelta(**delta)


def test_a_code_is_the_same_in_its_minute_and_another_one_in_the_next():
    code = codes.code_at(SECRET, 7, NOON)
    assert codes.code_at(SECRET, 7, later(seconds=52)) == code
    assert codes.code_at(SECRET, 7, later(seconds=53)) != code


def test_a_code_depends_on_the_secret_and_on_the_meeting():
    found = {
        codes.code_at(SECRET, 7, NOON),
        codes.code_at(SECRET, 8, NOON),
        codes.code_at("cd" * 32, 7, NOON),
    }
    assert len(found) == 3


@pytest.mark.parametrize(
    ("seconds", "good"), [(-8, False), (0, True), (52, True), (53, True), (112, True), (113, False)]
)
def test_a_code_is_good_in_its_minute_and_in_the_next_one(seconds, good):
    code = codes.code_at(SECRET, 7, NOON)
    assert codes.is_good(code, SECRET, 7, later(seconds=seconds)) == good


def test_spaces_and_full_width_digits_are_no_mistake():
    code = codes.code_at(SECRET, 7, NOON)
    wide = code.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert codes.is_good(f" {code[:3]} {code[3:]} ", SECRET, 7, NOON)
    assert codes.is_good(wide, SECRET, 7, NOON)
    assert not codes.is_good("", SECRET, 7, NOON)


def test_every_code_has_six_digits_and_they_are_spread():
    found = [codes.code_at(SECRET, 7, later(minutes=minute)) for minute in range(2000)]
    assert all(len(code) == 6 and code.isdigit() for code in found)
    assert {code[0] for code in found} == set("0123456789")
    assert len(set(found)) > 1900


@pytest.mark.parametrize(
    ("minutes", "late"), [(-5, False), (0, False), (10, False), (11, True), (None, False)]
)
def test_late_is_who_comes_after_the_minutes_of_grace(minutes, late):
    arrived = None if minutes is None else later(minutes=minutes)
    assert is_late(arrived, NOON, 10) == late
