"""The sample's duties: every status is to be seen, whatever the day."""

import pytest

from meetings.duties.models import DutyRule
from meetings.duties.reading import duties_kept, duties_open
from meetings.duties.vocabulary import Status
from members.models import User
from tests.sample.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_the_calendar_shows_every_status():
    secretary, today = User.objects.get(username="secretary"), NOW.date()
    kept = duties_kept((today.year,), secretary, today)
    shown = {cell.status for row in kept.calendars[today.year].rows for cell in row.cells}
    assert shown == set(Status)


def test_the_reference_meeting_counts_for_2024():
    secretary, today = User.objects.get(username="secretary"), NOW.date()
    rows = duties_kept((2024,), secretary, today).calendars[2024].rows
    assert {(row.kind, row.kept) for row in rows if row.kind in {"life_meeting", "appraisal"}} == {
        ("life_meeting", 1),
        ("appraisal", 1),
    }


def test_something_is_due_and_something_was_missed():
    found = duties_open(User.objects.get(username="secretary"), NOW.date())
    assert {duty.period.status for duty in found} == {Status.DUE, Status.MISSING}


def test_a_rule_has_changed_and_its_history_says_who_wrote_it():
    assert [rule.frequency for rule in DutyRule.objects.all()] == ["times", "quarter"]
    assert {rule.changed_by.username for rule in DutyRule.objects.all()} == {"secretary"}
