"""Coming, going and asking for leave: what the actions do and what they refuse, in words."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, connection, transaction

from meetings import actions as meeting_actions
from meetings import history
from meetings.checkin import actions
from meetings.checkin.models import CheckIn, LeaveRequest
from meetings.models import Attendance, Meeting
from meetings.recording import correct_minutes, save_record
from members.permissions import Role
from tests.checkin.conftest import STARTS, after, mark_of
from tests.factories import lead_to, make_member, make_user, sign_off
from tests.meetings.submissions import row

pytestmark = pytest.mark.django_db


def ask(meeting, user, **fields) -> LeaveRequest:
    values = {"reason": "duty", "note": "外出开会", "key": uuid.uuid4(), "now": after(-60), **fields}
    return actions.ask_for_leave(meeting, by=user, **values)


def refused(code: str, work) -> ValidationError:
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        work()
    assert caught.value.code == code
    return caught.value


# --- check-in ------------------------------------------------------------------------------------
def test_the_right_code_marks_present_with_the_minute_and_a_new_revision(meeting, member, opened):
    before = Meeting.objects.get(pk=meeting.pk).revision
    arrival = actions.check_in(meeting, opened(after(3.5)), by=member, now=after(3.9))
    mark = mark_of(meeting, member)
    assert arrival.is_new
    assert (mark.status, mark.arrived_at, mark.changed_by) == ("present", after(3), member)
    assert mark.revision == Meeting.objects.get(pk=meeting.pk).revision == before + 1


def test_checking_in_again_changes_nothing(meeting, member, opened):
    actions.check_in(meeting, opened(after(1)), by=member, now=after(1))
    revision = Meeting.objects.get(pk=meeting.pk).revision
    again = actions.check_in(meeting, opened(after(20)), by=member, now=after(20))
    assert not again.is_new
    assert mark_of(meeting, member).arrived_at == after(1)
    assert Meeting.objects.get(pk=meeting.pk).revision == revision


def test_whom_the_recorder_tapped_stays_as_tapped(meeting, member, opened, secretary):
    save_record(meeting, by=secretary, data=row("attendance", mark_of(meeting, member), status="present"))
    assert not actions.check_in(meeting, opened(after(30)), by=member, now=after(30)).is_new
    assert mark_of(meeting, member).arrived_at is None


@pytest.mark.parametrize(("age", "is_good"), [(0, True), (1, True), (2, False)])
def test_a_code_of_this_minute_or_of_the_last_is_taken(meeting, member, opened, age, is_good):
    code = opened(after(5))
    if is_good:
        assert actions.check_in(meeting, code, by=member, now=after(5 + age)).is_new
    else:
        refused("wrong", lambda: actions.check_in(meeting, code, by=member, now=after(5 + age)))
        assert mark_of(meeting, member).status == ""


def test_a_code_of_another_meeting_is_none(meeting, planned, member, opened, secretary):
    actions.open_check_in(planned, by=secretary, now=STARTS)
    refused("wrong", lambda: actions.check_in(planned, opened(STARTS), by=member, now=STARTS))


def test_only_those_invited_check_in(meeting, opened):
    for user in (make_user(Role.MEMBER), make_user(Role.COMMITTEE), make_user(Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            actions.check_in(meeting, opened(STARTS), by=user, now=STARTS)


def test_before_and_after_nobody_checks_in(meeting, member, secretary):
    refused("not_open", lambda: actions.check_in(meeting, "123456", by=member, now=STARTS))
    found = actions.open_check_in(meeting, by=secretary, now=STARTS)
    actions.close_check_in(meeting, by=secretary, now=after(1))
    refused("closed", lambda: actions.check_in(meeting, "123456", by=member, now=after(1)))
    found.refresh_from_db()
    assert found.secret == ""
    actions.open_check_in(meeting, by=secretary, now=after(2))
    meeting_actions.finish_meeting(meeting, by=secretary)
    refused("over", lambda: actions.check_in(meeting, "123456", by=member, now=after(2)))


def test_check_in_is_opened_on_the_day_and_again_with_other_codes(planned, secretary, member):
    refused("early", lambda: actions.open_check_in(planned, by=secretary, now=after(-13 * 60)))
    first = actions.open_check_in(planned, by=secretary, now=after(-60), grace_minutes=5)
    assert actions.open_check_in(planned, by=secretary, now=after(-50)).secret == first.secret
    actions.close_check_in(planned, by=secretary, now=after(-40))
    assert actions.open_check_in(planned, by=secretary, now=after(-30)).secret != first.secret
    assert CheckIn.objects.count() == 1
    assert Meeting.objects.get(pk=planned.pk).grace_minutes == 5
    with pytest.raises(PermissionDenied):
        actions.open_check_in(planned, by=member, now=STARTS)


def test_the_secret_is_sealed_in_the_database_and_not_in_its_history(meeting, secretary):
    secret = actions.open_check_in(meeting, by=secretary, now=STARTS).secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM checkin_checkin")
        stored = cursor.fetchone()[0]
    assert stored.startswith("sealed1.")
    assert secret not in stored
    assert "secret" not in {field.name for field in CheckIn.pgh_event_model._meta.fields}


def test_online_is_for_a_meeting_in_session_with_a_link(meeting, planned, member, secretary):
    refused("no_link", lambda: actions.join_online(planned, by=member, now=STARTS))
    Meeting.objects.filter(pk=planned.pk).update(online_link="https://meeting.example/1")
    refused("not_open", lambda: actions.join_online(planned, by=member, now=STARTS))
    assert actions.join_online(meeting, by=member, now=after(2)).is_new
    assert not actions.join_online(meeting, by=member, now=after(3)).is_new
    mark = mark_of(meeting, member)
    assert (mark.status, mark.arrived_at) == ("online", after(2))
    with pytest.raises(PermissionDenied):
        actions.join_online(meeting, by=make_user(Role.MEMBER), now=STARTS)
    meeting_actions.finish_meeting(meeting, by=secretary)
    refused("over", lambda: actions.join_online(meeting, by=member, now=after(9)))


# --- late, and left early --------------------------------------------------------------------------
def test_late_is_worked_out_from_the_start_and_the_grace(meeting, member, opened):
    actions.check_in(meeting, opened(after(11)), by=member, now=after(11))
    mark = meeting.attendances.get(member=member.member_id)
    assert mark.is_late
    Meeting.objects.filter(pk=meeting.pk).update(grace_minutes=15)
    assert not Attendance.objects.get(pk=mark.pk).is_late


def test_the_recorder_types_times_of_the_meetings_day(meeting, member, secretary):
    mark = mark_of(meeting, member)
    data = row("attendance", mark, status="present", arrived_at="22:15", left_at="23:05")
    assert save_record(meeting, by=secretary, data=data).is_clean
    mark.refresh_from_db()
    assert (mark.arrived_at, mark.left_at) == (after(15), after(65))
    assert mark.is_late


def test_a_time_after_midnight_is_of_the_next_day(meeting, member, secretary):
    mark = mark_of(meeting, member)
    assert save_record(
        meeting, by=secretary, data=row("attendance", mark, status="present", left_at="00:30")
    ).is_clean
    mark.refresh_from_db()
    assert mark.left_at == after(150)


def test_nobody_leaves_before_coming(meeting, member, secretary, opened):
    actions.check_in(meeting, opened(after(15)), by=member, now=after(15))
    outcome = save_record(
        meeting, by=secretary, data=row("attendance", mark_of(meeting, member), left_at="22:10")
    )
    assert list(outcome.rows[0].form.errors) == ["left_at"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(member=member.member_id).update(left_at=after(1))


def test_who_did_not_come_has_no_times(meeting, member, secretary, opened):
    actions.check_in(meeting, opened(after(15)), by=member, now=after(15))
    assert save_record(
        meeting, by=secretary, data=row("attendance", mark_of(meeting, member), status="absent")
    ).is_clean
    assert mark_of(meeting, member).arrived_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(member=member.member_id).update(arrived_at=after(1))


def test_a_page_sent_whole_leaves_an_unchanged_time_of_another_day_alone(meeting, member, secretary):
    next_day = after(24 * 60)
    Attendance.objects.filter(member=member.member_id).update(status="present", arrived_at=next_day)
    data = row("attendance", mark_of(meeting, member), status="online", arrived_at="22:00")
    assert save_record(meeting, by=secretary, data=data).is_clean
    assert mark_of(meeting, member).arrived_at == next_day


def test_times_in_signed_minutes_change_only_by_a_correction(meeting, member, secretary, opened):
    actions.check_in(meeting, opened(after(15)), by=member, now=after(15))
    meeting.attendances.exclude(member=member.member_id).update(status="present")
    meeting = meeting_actions.finish_meeting(meeting, by=secretary)
    meeting = sign_off(meeting, by=secretary)
    mark = mark_of(meeting, member)
    with pytest.raises(InternalError), transaction.atomic():
        Attendance.objects.filter(pk=mark.pk).update(left_at=after(60))
    data = row("attendance", mark, left_at="23:00")
    assert correct_minutes(meeting, by=secretary, reason="补记早退", data=data).is_clean
    mark.refresh_from_db()
    assert (mark.arrived_at, mark.left_at, mark.is_late) == (after(15), after(60), True)
    changes = [(change.field, change.before) for change in history.corrections(meeting)[0].changes]
    assert changes == [("left early at", "")]


def test_a_guest_is_marked_and_counted_nowhere(meeting, secretary):
    guest = meeting.guests.create(name="樊思齐")
    assert save_record(meeting, by=secretary, data=row("guest", guest, status="came")).is_clean
    guest.refresh_from_db()
    assert guest.get_status_display() == "came"


# --- leave ---------------------------------------------------------------------------------------
def test_leave_is_asked_for_once_whatever_the_taps(planned, member):
    key = uuid.uuid4()
    first = ask(planned, member, key=key)
    assert ask(planned, member, key=key) == first
    with pytest.raises(ValidationError, match="asked for leave already"):
        ask(planned, member)
    assert LeaveRequest.objects.count() == 1
    assert mark_of(planned, member).status == ""


def test_the_database_knows_one_standing_request_a_person_and_meeting(planned, member):
    asked = ask(planned, member)
    values = {"meeting": planned, "member": member.member, "reason": "sick", "asked_at": STARTS}
    with pytest.raises(IntegrityError), transaction.atomic():
        LeaveRequest.objects.create(**values)
    actions.withdraw_leave(asked, by=member)
    LeaveRequest.objects.create(**values)


def test_an_other_reason_is_told(planned, member):
    with pytest.raises(ValidationError) as caught:
        ask(planned, member, reason="other", note=" ")
    assert list(caught.value.message_dict) == ["note"]


def test_an_accepted_leave_is_a_mark_with_its_reason_at_a_new_revision(planned, member, secretary):
    before = Meeting.objects.get(pk=planned.pk).revision
    asked = actions.accept_leave(ask(planned, member), by=secretary, now=after(-30))
    mark = mark_of(planned, member)
    assert (asked.state, asked.decided_by, asked.decided_at) == ("accepted", secretary, after(-30))
    assert (mark.status, mark.leave_reason, mark.leave_note) == ("leave", "duty", "外出开会")
    assert mark.revision == Meeting.objects.get(pk=planned.pk).revision == before + 1
    assert actions.accept_leave(asked, by=secretary, now=after(-20)).decided_at == after(-30)


def test_a_refusal_says_why_and_another_request_may_follow(planned, member, secretary):
    asked = ask(planned, member)
    with pytest.raises(ValidationError):
        actions.refuse_leave(asked, by=secretary, answer=" ", now=STARTS)
    actions.refuse_leave(asked, by=secretary, answer="本次会议要表决，请参加", now=STARTS)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", "本次会议要表决，请参加")
    assert mark_of(planned, member).status == ""
    refused("state", lambda: actions.accept_leave(asked, by=secretary, now=STARTS))
    assert ask(planned, member).state == "asked"


def test_withdrawing_an_accepted_leave_takes_the_mark_away(planned, member, secretary):
    asked = actions.accept_leave(ask(planned, member), by=secretary, now=STARTS)
    refused("on_leave", lambda: ask(planned, member))
    assert actions.withdraw_leave(asked, by=member).state == "withdrawn"
    mark = mark_of(planned, member)
    assert (mark.status, mark.leave_reason) == ("", "")
    refused("state", lambda: actions.accept_leave(asked, by=secretary, now=STARTS))


def test_only_the_own_request_is_withdrawn_and_only_whoever_records_decides(planned, member, secretary):
    asked = ask(planned, member)
    with pytest.raises(PermissionDenied):
        actions.withdraw_leave(asked, by=secretary)
    with pytest.raises(PermissionDenied):
        actions.accept_leave(asked, by=member, now=STARTS)
    with pytest.raises(PermissionDenied):
        ask(planned, make_user(Role.MEMBER))


def test_after_check_in_the_leave_is_void(meeting, member, secretary, opened):
    waiting = ask(meeting, member)
    assert list(LeaveRequest.objects.waiting()) == [waiting]
    actions.check_in(meeting, opened(after(1)), by=member, now=after(1))
    assert list(LeaveRequest.objects.waiting()) == []
    refused("came", lambda: actions.accept_leave(waiting, by=secretary, now=after(2)))
    refused("came", lambda: ask(meeting, member))


def test_who_comes_in_spite_of_an_accepted_leave_is_here(meeting, member, secretary, opened):
    actions.accept_leave(ask(meeting, member), by=secretary, now=STARTS)
    assert actions.check_in(meeting, opened(after(1)), by=member, now=after(1)).is_new
    mark = mark_of(meeting, member)
    assert (mark.status, mark.leave_reason, mark.leave_note) == ("present", "", "")


def test_who_is_not_invited_any_more_waits_for_nothing(planned, member, secretary):
    asked = ask(planned, member)
    planned.attendances.filter(member=member.member_id).delete()
    assert list(LeaveRequest.objects.waiting()) == []
    refused("gone", lambda: actions.accept_leave(asked, by=secretary, now=STARTS))


@pytest.mark.parametrize("state", ["draft_minutes", "signed_off", "cancelled"])
def test_a_meeting_that_is_over_is_no_more_asked_about(planned, member, secretary, state):
    over = lead_to(planned, state, by=secretary)
    refused("over", lambda: ask(over, member))


def test_leave_is_decided_while_the_minutes_are_a_draft_and_stands_still_when_they_are_signed(
    meeting, member, secretary
):
    accepted = ask(meeting, member)
    late = make_user(Role.MEMBER)
    meeting.attendances.create(member=late.member, has_vote=True)
    left_open = ask(meeting, late)
    meeting = meeting_actions.finish_meeting(meeting, by=secretary)
    actions.accept_leave(accepted, by=secretary, now=after(90))
    meeting.attendances.exclude(status="leave").update(status="present")
    meeting.refresh_from_db()
    sign_off(meeting, by=secretary)
    with pytest.raises(InternalError), transaction.atomic():
        LeaveRequest.objects.filter(pk=left_open.pk).update(state="withdrawn")
    with pytest.raises(ValidationError):
        actions.withdraw_leave(accepted, by=member)


@pytest.mark.parametrize(
    "change",
    [{"reason": "sick"}, {"note": "别的"}, {"member": "another"}, {"state": "accepted"}],
    ids=lambda change: next(iter(change)),
)
def test_what_was_asked_and_what_was_decided_stay(planned, member, secretary, change):
    asked = actions.refuse_leave(ask(planned, member), by=secretary, answer="请参加", now=STARTS)
    values = {"member": make_member()} if "member" in change else change
    with pytest.raises(InternalError), transaction.atomic():
        LeaveRequest.objects.filter(pk=asked.pk).update(**values)
    with pytest.raises(InternalError), transaction.atomic():
        asked.delete()
