"""Two people at the same moment, on two real connections."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.models import Meeting
from meetings.rectification import actions
from meetings.rectification.models import LedgerEntry
from meetings.rectification.states import State
from meetings.rectification.verification import verify
from members.models import User
from members.permissions import Role
from tests.factories import make_user
from tests.meetings.test_races import at_once
from tests.rectification.factories import (
    DUE,
    add_evidence,
    make_discipline_commissioner,
    make_entry,
    make_keeper,
    make_life_meeting,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_enter_the_same_problems_make_each_entry_once():
    secretary, commissioner = make_user(Role.SECRETARY), make_discipline_commissioner()
    meeting = make_life_meeting(by=secretary)

    def entering(user):
        def work():
            entries = [
                LedgerEntry(
                    problem_row=problem.pk,
                    level=problem.level,
                    problem=problem.description,
                    measure=problem.measure,
                    started_on=DUE,
                    due_on=DUE,
                    in_charge=problem.in_charge or secretary.member,
                )
                for problem in meeting.problems.select_related("in_charge")
            ]
            fresh = Meeting.objects.get(pk=meeting.pk)
            return actions.enter_problems(fresh, entries, by=User.objects.get(pk=user.pk))

        return work

    made = at_once(entering(secretary), entering(commissioner))
    assert sorted(len(entries) for entries in made) == [0, 3]
    assert LedgerEntry.objects.count() == 3
    assert verify().holds


def test_whoever_waits_for_the_lock_is_told_what_the_other_did():
    """The first one changes who changed the entry last; the row that the second one waited for is still found."""
    keeper, secretary = make_keeper(), make_user(Role.SECRETARY)
    entry = make_entry(by=keeper, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    has_begun = threading.Event()

    def first():
        with transaction.atomic():
            actions.close(entry, "同意销号", by=secretary)
            has_begun.set()
            time.sleep(1)  # long enough for the other one to wait for the lock

    def second():
        assert has_begun.wait(30)
        actions.send_back(entry, "材料不全", by=keeper)

    done, refused = at_once(first, second)
    assert done is None
    assert isinstance(refused, ValidationError)


def test_of_two_who_check_at_once_one_is_told():
    keeper, secretary = make_keeper(), make_user(Role.SECRETARY)
    entry = make_entry(by=keeper, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    outcomes = at_once(
        lambda: actions.close(entry, "同意销号", by=User.objects.get(pk=secretary.pk)),
        lambda: actions.send_back(entry, "材料不全", by=User.objects.get(pk=keeper.pk)),
    )
    assert [isinstance(outcome, ValidationError) for outcome in outcomes].count(True) == 1
    entry.refresh_from_db()
    assert entry.state in {State.CLOSED, State.RETURNED}
    assert verify().holds
