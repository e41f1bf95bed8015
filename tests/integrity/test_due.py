"""When reviews and duties come round again, by the calendar and by the database."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.integrity import due
from meetings.integrity.models import RiskPoint
from members.permissions import Role
from tests.factories import make_user
from tests.integrity.factories import make_risk_point


@pytest.mark.parametrize(
    ("last", "next_on"),
    [("2025-03-24", "2026-03-24"), ("2024-02-29", "2025-02-28"), ("2025-12-31", "2026-12-31")],
)
def test_a_review_is_due_a_year_later(last, next_on):
    assert due.next_review_on(datetime.date.fromisoformat(last)) == datetime.date.fromisoformat(next_on)


def test_a_duty_comes_round_from_its_first_day_and_then_from_the_last_time():
    start = datetime.date(2026, 1, 31)
    assert due.next_fulfilment_on(start, None, 1) == datetime.date(2026, 2, 28)
    assert due.next_fulfilment_on(start, datetime.date(2026, 3, 10), 3) == datetime.date(2026, 6, 10)


def test_the_desk_reminds_thirty_days_before():
    assert due.is_near(datetime.date(2026, 7, 31), datetime.date(2026, 7, 1))
    assert not due.is_near(datetime.date(2026, 8, 1), datetime.date(2026, 7, 1))


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    last=st.dates(datetime.date(2019, 12, 1), datetime.date(2025, 3, 31)),
    ahead=st.integers(min_value=-3, max_value=3),
)
def test_the_database_counts_the_year_as_the_calendar_does(last, ahead):
    point = RiskPoint.objects.first() or make_risk_point(by=make_user(Role.SECRETARY), state="in_force")
    RiskPoint.objects.update(last_reviewed_on=last)
    today = due.next_review_on(last) + datetime.timedelta(days=ahead - due.REMIND_DAYS)
    assert RiskPoint.objects.to_review(today).filter(pk=point.pk).exists() == due.is_near(
        due.next_review_on(last), today
    )
