"""Saving the record: nothing typed is lost, nothing of anybody is overwritten."""

from __future__ import annotations

import copy
import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from meetings.models import AgendaItem, Meeting, Problem
from meetings.recording import save_record
from members.permissions import Role
from tests.factories import lead_to, make_meeting, make_member, make_user
from tests.meetings.submissions import row, submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def colleague():
    return make_user(Role.COMMITTEE, member=make_member("李四"))


@pytest.fixture
def meeting(secretary):
    return make_meeting(by=secretary, state=Meeting.State.IN_SESSION)


def problem_of(meeting, **fields) -> Problem:
    return Problem.objects.create(meeting=meeting, **{"description": "问题", "cause": "原因", **fields})


def test_one_tap_marks_attendance_and_counts(meeting, secretary):
    attendance = meeting.attendances.get()
    outcome = save_record(meeting, by=secretary, data=row("attendance", attendance, status="present"))
    attendance.refresh_from_db()
    assert outcome.is_clean
    assert attendance.status == "present"
    assert attendance.changed_by == secretary
    assert attendance.revision == outcome.meeting.revision == meeting.revision + 1


def test_a_tap_on_present_takes_the_reason_of_the_leave_away(meeting, secretary):
    attendance = meeting.attendances.get()
    leave = row("attendance", attendance, status="leave", leave_reason="sick", leave_note="发热")
    save_record(meeting, by=secretary, data=leave)
    attendance.refresh_from_db()
    assert (attendance.status, attendance.leave_reason) == ("leave", "sick")
    save_record(meeting, by=secretary, data=row("attendance", attendance, status="present"))
    attendance.refresh_from_db()
    assert (attendance.status, attendance.leave_reason, attendance.leave_note) == ("present", "", "")


def test_new_row_is_made_once_however_often_it_is_sent(meeting, secretary):
    data = row("problem", base=uuid.uuid4(), description="学习不够系统", cause="时间安排不紧凑")
    first = save_record(meeting, by=secretary, data=data)
    second = save_record(meeting, by=secretary, data=data)
    assert first.is_clean
    assert second.is_clean
    assert meeting.problems.get().description == "学习不够系统"


def test_empty_new_row_makes_nothing(meeting, secretary):
    outcome = save_record(
        meeting, by=secretary, data=row("problem", base=uuid.uuid4(), description="", level="committee")
    )
    assert outcome.rows == []
    assert not meeting.problems.exists()
    meeting.refresh_from_db()
    assert meeting.revision == outcome.meeting.revision


def test_new_row_without_its_required_text_is_refused_beside_the_field(meeting, secretary):
    outcome = save_record(
        meeting, by=secretary, data=row("problem", base=uuid.uuid4(), description="", cause="原因")
    )
    assert not outcome.is_clean
    assert "description" in outcome.rows[0].form.errors


def test_two_recorders_in_two_fields_of_one_row_both_stay(meeting, secretary, colleague):
    problem = problem_of(meeting)
    page = copy.copy(problem)
    save_record(meeting, by=secretary, data=row("problem", problem, base=page, cause="新的原因"))
    outcome = save_record(
        meeting, by=colleague, data=row("problem", problem, base=page, description="新的问题", cause="原因")
    )
    problem.refresh_from_db()
    assert outcome.is_clean
    assert (problem.description, problem.cause) == ("新的问题", "新的原因")


def test_two_recorders_in_one_field_the_second_is_told_and_nothing_is_overwritten(
    meeting, secretary, colleague
):
    problem = problem_of(meeting)
    page = copy.copy(problem)
    save_record(meeting, by=colleague, data=row("problem", problem, base=page, cause="李四写的原因"))
    outcome = save_record(
        meeting, by=secretary, data=row("problem", problem, base=page, cause="书记写的原因")
    )
    problem.refresh_from_db()
    conflict = outcome.rows[0].form.conflicts["cause"]
    assert problem.cause == "李四写的原因"
    assert (conflict.by, conflict.theirs) == ("李四", "李四写的原因")
    assert "李四" in str(outcome.rows[0].form.errors["cause"])
    assert outcome.rows[0].form["cause"].value() == "书记写的原因"


def test_saving_again_after_being_told_is_a_choice_and_wins(meeting, secretary, colleague):
    problem = problem_of(meeting)
    page = copy.copy(problem)
    save_record(meeting, by=colleague, data=row("problem", problem, base=page, cause="李四写的原因"))
    told = save_record(meeting, by=secretary, data=row("problem", problem, base=page, cause="书记写的原因"))
    form = told.rows[0].form
    again = submission(**{name: form.data[name] for name in form.data})
    assert save_record(meeting, by=secretary, data=again).is_clean
    problem.refresh_from_db()
    assert problem.cause == "书记写的原因"


def test_both_writing_the_same_text_is_no_conflict(meeting, secretary, colleague):
    problem = problem_of(meeting)
    page = copy.copy(problem)
    for user in (secretary, colleague):
        assert save_record(
            meeting, by=user, data=row("problem", problem, base=page, cause="同样的话")
        ).is_clean
    problem.refresh_from_db()
    assert problem.cause == "同样的话"


def test_line_ends_of_a_browser_are_no_change_by_somebody_else(meeting, secretary):
    problem = problem_of(meeting, cause="一\n二")
    prefix = f"problem-{problem.pk}"
    data = submission(**{f"{prefix}-cause": "一\r\n二\r\n三", f"base-{prefix}-cause": "一\r\n二"})
    assert save_record(meeting, by=secretary, data=data).is_clean
    problem.refresh_from_db()
    assert problem.cause == "一\n二\n三"


def test_row_changed_by_somebody_else_is_not_removed(meeting, secretary, colleague):
    problem = problem_of(meeting)
    page = copy.copy(problem)
    save_record(meeting, by=colleague, data=row("problem", problem, base=page, cause="李四补充"))
    data = row("problem", problem, base=page, description="问题", cause="原因")
    data[f"problem-{problem.pk}-remove"] = "1"
    outcome = save_record(meeting, by=secretary, data=data)
    assert not outcome.is_clean
    assert "李四" in outcome.rows[0].form.general_errors[0]
    assert meeting.problems.exists()


def test_row_is_removed_and_stays_removed_when_sent_twice(meeting, secretary):
    problem = problem_of(meeting)
    data = row("problem", problem, description="问题", cause="原因")
    data[f"problem-{problem.pk}-remove"] = "1"
    assert save_record(meeting, by=secretary, data=data).is_clean
    assert save_record(meeting, by=secretary, data=data).is_clean
    assert not meeting.problems.exists()


def test_a_row_taken_out_while_somebody_writes_in_it_is_refused_by_itself(meeting, secretary):
    problem = problem_of(meeting)
    page, pk = copy.copy(problem), problem.pk
    problem.delete()
    edited = row("problem", page, description="问题", cause="另一个原因")
    good = row("requirement", base=uuid.uuid4(), title="压实责任")
    outcome = save_record(meeting, by=secretary, data=submission(edited, good))
    refused = next(one for one in outcome.rows if one.name == f"problem-{pk}")
    assert set(refused.form.errors) == {"description", "cause"}
    assert meeting.requirements.get().title == "压实责任"


def test_one_refused_row_does_not_hold_back_the_others(meeting, secretary):
    bad = row("problem", base=uuid.uuid4(), description="", cause="原因")
    good = row("requirement", base=uuid.uuid4(), title="压实责任")
    outcome = save_record(meeting, by=secretary, data=submission(bad, good))
    assert not outcome.is_clean
    assert meeting.requirements.get().title == "压实责任"
    assert not meeting.problems.exists()


def test_rows_of_another_meeting_are_out_of_reach(meeting, secretary):
    other = problem_of(make_meeting(by=secretary, state=Meeting.State.IN_SESSION))
    attendance = other.meeting.attendances.get()
    outcome = save_record(meeting, by=secretary, data=row("attendance", attendance, status="absent"))
    attendance.refresh_from_db()
    assert outcome.rows == []
    assert attendance.status == ""


@pytest.mark.parametrize("values", [{"cause": "改写"}, {"description": "改写", "cause": "改写"}])
def test_a_known_id_of_another_meeting_cannot_be_taken_over(meeting, secretary, values):
    other = problem_of(make_meeting(by=secretary, state=Meeting.State.IN_SESSION))
    outcome = save_record(meeting, by=secretary, data=row("problem", other, base=copy.copy(other), **values))
    other.refresh_from_db()
    assert other.cause == "原因"
    assert outcome.rows == []
    assert not meeting.problems.exists()


def test_notes_are_sanitised(meeting, secretary):
    item = meeting.agenda_items.first()
    data = row("agenda", item, notes='<p onclick="x()">讨论<script>alert(1)</script></p>')
    save_record(meeting, by=secretary, data=data)
    item.refresh_from_db()
    assert item.notes == "<p>讨论</p>"


def test_agenda_item_moves_and_stays_within_the_list(meeting, secretary):
    titles = [item.title for item in meeting.agenda_items.all()]
    first = meeting.agenda_items.first()
    save_record(meeting, by=secretary, data=submission(move=f"agenda-{first.pk}:down"))
    assert [item.title for item in meeting.agenda_items.all()] == [titles[1], titles[0], *titles[2:]]
    save_record(meeting, by=secretary, data=submission(move=f"agenda-{first.pk}:up"))
    save_record(meeting, by=secretary, data=submission(move=f"agenda-{first.pk}:up"))
    assert [item.title for item in meeting.agenda_items.all()] == titles


@pytest.mark.parametrize(
    "name", ["problem-1-cause", "problem--cause", "x-y-z", "attendance-" + "0" * 36 + "-status"]
)
def test_inputs_that_speak_of_no_row_change_nothing(meeting, secretary, name):
    outcome = save_record(meeting, by=secretary, data=submission(**{name: "x"}))
    assert outcome.rows == []


@pytest.mark.parametrize("state", [Meeting.State.SIGNED_OFF, Meeting.State.CANCELLED])
def test_closed_minutes_are_not_recorded(secretary, state):
    meeting = make_meeting(by=secretary, state=state)
    with pytest.raises(ValidationError):
        save_record(meeting, by=secretary, data=row("requirement", base=uuid.uuid4(), title="压实责任"))


def test_member_who_neither_chairs_nor_records_is_refused(meeting):
    with pytest.raises(PermissionDenied):
        save_record(meeting, by=make_user(Role.MEMBER), data=submission(move=""))


def test_recorder_of_the_meeting_records_without_any_post(secretary):
    recorder = make_user(Role.MEMBER)
    meeting = make_meeting(by=secretary, recorder=recorder.member)
    lead_to(meeting, Meeting.State.IN_SESSION, by=secretary)
    outcome = save_record(
        meeting, by=recorder, data=row("guest", base=uuid.uuid4(), name="王五", role="上级党委")
    )
    assert outcome.is_clean
    assert meeting.guests.get().name == "王五"


def test_agenda_items_keep_their_order_of_typing(meeting, secretary):
    AgendaItem.objects.filter(meeting=meeting).delete()
    rows = [row("agenda", base=uuid.uuid4(), title=title, kind="other") for title in ("一", "二", "三")]
    save_record(meeting, by=secretary, data=submission(*rows))
    assert [item.title for item in meeting.agenda_items.all()] == ["一", "二", "三"]


def test_a_new_row_needs_its_title_even_if_the_page_did_not_send_it(meeting, secretary):
    outcome = save_record(meeting, by=secretary, data=row("requirement", base=uuid.uuid4(), text="只有说明"))
    assert not outcome.is_clean
    assert not meeting.requirements.exists()


def test_people_who_left_cannot_be_named_anew_and_stay_where_they_are_named(meeting, secretary):
    left = make_member("已转出", left_on=datetime.date(2025, 1, 1))
    outcome = save_record(
        meeting, by=secretary, data=row("criticism", base=uuid.uuid4(), speaker=str(left.pk), text="意见")
    )
    assert "speaker" in outcome.rows[0].form.errors
    named = meeting.criticisms.create(speaker=left, text="意见")
    assert save_record(meeting, by=secretary, data=row("criticism", named, text="改过的意见")).is_clean


def test_a_meeting_before_eight_in_china_ends_on_its_own_day(secretary):
    today = timezone.localtime().replace(hour=0, minute=1, second=0, microsecond=0)
    meeting = make_meeting(by=secretary, starts_at=today)
    lead_to(meeting, Meeting.State.DRAFT_MINUTES, by=secretary)
    assert Meeting.objects.get(pk=meeting.pk).ends_at is not None
