"""A double tap on two real connections."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError

from meetings import actions as meeting_actions
from meetings.checkin import actions
from meetings.checkin.models import LeaveRequest
from meetings.models import Attendance, Meeting
from members.models import User
from tests.checkin.conftest import STARTS, after, mark_of
from tests.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def again(user) -> User:
    """Every connection has the account for itself."""
    return User.objects.get(pk=user.pk)


def test_two_taps_at_once_are_one_arrival(meeting, member, opened):
    before, code = Meeting.objects.get(pk=meeting.pk).revision, opened(after(1))
    arrivals = at_once(*[lambda: actions.check_in(meeting, code, by=again(member), now=after(1))] * 2)
    assert sorted(arrival.is_new for arrival in arrivals) == [False, True]
    assert Meeting.objects.get(pk=meeting.pk).revision == before + 1
    events = Attendance.pgh_event_model.objects.filter(pgh_obj_id=mark_of(meeting, member).pk)
    assert events.filter(status="present").count() == 1


def test_a_room_full_of_people_checks_in_at_once(meeting, member, secretary, opened):
    code, before = opened(after(1)), Meeting.objects.get(pk=meeting.pk).revision
    arrivals = at_once(
        *(
            lambda user=user: actions.check_in(meeting, code, by=again(user), now=after(1))
            for user in (member, secretary)
        )
    )
    assert [arrival.is_new for arrival in arrivals] == [True, True]
    assert sorted(meeting.attendances.values_list("revision", flat=True)) == [before + 1, before + 2]


def test_two_taps_at_once_ask_for_leave_once(planned, member):
    def ask(key):
        return actions.ask_for_leave(planned, by=again(member), reason="sick", key=key, now=STARTS)

    same = uuid.uuid4()
    first, second = at_once(lambda: ask(same), lambda: ask(same))
    assert first == second
    third, _fourth = at_once(lambda: ask(uuid.uuid4()), lambda: ask(uuid.uuid4()))
    assert isinstance(third, ValidationError)
    assert LeaveRequest.objects.count() == 1


def test_closing_the_meeting_and_checking_in_at_once(meeting, member, secretary, opened):
    code = opened(after(1))
    arrival, _closed = at_once(
        lambda: actions.check_in(meeting, code, by=again(member), now=after(1)),
        lambda: meeting_actions.finish_meeting(meeting, by=again(secretary)),
    )
    mark = mark_of(meeting, member)
    if isinstance(arrival, ValidationError):
        assert (arrival.code, mark.status) == ("over", "")
    else:
        assert mark.status == "present"


def test_deciding_and_withdrawing_at_once_leave_one_of_them(planned, member, secretary):
    asked = actions.ask_for_leave(planned, by=member, reason="sick", key=uuid.uuid4(), now=STARTS)
    at_once(
        lambda: actions.accept_leave(asked, by=again(secretary), now=STARTS),
        lambda: actions.withdraw_leave(asked, by=again(member)),
    )
    asked.refresh_from_db()
    # Withdrawn before the decision or after it: the mark is gone either way.
    assert (asked.state, mark_of(planned, member).status) == ("withdrawn", "")
