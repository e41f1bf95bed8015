"""The sample's ledger shows every state, and its history holds."""

import pytest
from django.utils import timezone

from meetings.models import Meeting
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.of_meeting import problems_to_enter
from meetings.rectification.states import State, TaskState
from meetings.rectification.verification import verify
from members.models import User
from tests.sample.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
TODAY = timezone.localdate(NOW)


def test_every_state_of_an_entry_and_of_a_task_is_there():
    assert set(LedgerEntry.objects.values_list("state", flat=True)) == set(State)
    assert set(Task.objects.values_list("state", flat=True)) == set(TaskState)


def test_something_is_late_something_has_come_up_again_something_is_personal():
    assert LedgerEntry.objects.overdue_on(TODAY).exists()
    assert Task.objects.overdue_on(TODAY).exists()
    again = LedgerEntry.objects.get(recurs_from__isnull=False)
    assert again.recurs_from.state == State.CLOSED
    assert LedgerEntry.objects.filter(level="member").count() >= 3


def test_nobody_closed_the_own_entry_and_each_was_closed_on_evidence():
    closed = LedgerEntry.objects.filter(state=State.CLOSED)
    assert all(entry.checker_id != entry.in_charge_id and entry.evidence.exists() for entry in closed)
    assert closed.count() > 5


def test_nothing_happened_after_now_and_the_history_holds():
    assert not LedgerEntry.objects.filter(events__at__gt=NOW).exists()
    assert verify().fault == ""


def test_the_latest_life_meeting_has_a_problem_that_waits_for_the_ledger():
    secretary = User.objects.get(username="secretary")
    meeting = Meeting.objects.of_kind("life_meeting").filter(state="signed_off").first()
    assert problems_to_enter(secretary, meeting).count() == 1


def test_the_reference_meeting_has_its_six_entries():
    reference = Meeting.objects.get(
        for_year=2024, kinds__contains=["life_meeting", "appraisal"], starts_at__year=2025
    )
    entries = LedgerEntry.objects.filter(meeting=reference)
    assert [entries.filter(level=level).count() for level in ("committee", "member")] == [5, 1]
