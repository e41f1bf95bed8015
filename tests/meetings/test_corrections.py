"""Signed minutes stand still; a correction gives a reason and keeps the earlier text."""

from __future__ import annotations

import copy
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction

from meetings import history
from meetings.models import RECORD_ROWS, Correction, Meeting
from meetings.recording import correct_minutes, facts_form
from members.permissions import Role
from tests.factories import lead_to, make_meeting, make_user, sign_off
from tests.meetings.submissions import row, submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def signed(secretary):
    meeting = make_meeting(by=secretary, state=Meeting.State.DRAFT_MINUTES)
    meeting.problems.create(description="学习不够系统", cause="时间不足")
    meeting.guests.create(name="王五")
    meeting.study_topics.create(title="党章")
    meeting.criticisms.create(speaker=secretary.member, text="抓得不紧")
    meeting.requirements.create(title="压实责任")
    meeting.photos.create(key="a" * 32, width=3, height=2)
    meeting.attachments.create(key="b" * 32, name="一.pdf", content_type="application/pdf", size=1)
    return lead_to_signed(meeting, secretary)


def lead_to_signed(meeting, secretary):
    meeting.attendances.update(status="present")
    return sign_off(meeting, by=secretary)


@pytest.mark.parametrize("model", RECORD_ROWS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", ["update", "delete", "insert"])
def test_no_row_of_signed_minutes_changes_by_any_way(signed, model, way):
    rows = model.objects.filter(meeting=signed)
    assert rows.exists()
    twin = rows.first()
    twin.pk = uuid.uuid4()
    ways = {
        "update": lambda: rows.update(revision=999),
        "delete": rows.delete,
        "insert": lambda: twin.save(force_insert=True),
    }
    with pytest.raises(InternalError, match="corrected, not edited"), transaction.atomic():
        ways[way]()


def test_a_row_cannot_be_carried_into_or_out_of_signed_minutes(signed, secretary):
    other = make_meeting(by=secretary)
    with pytest.raises(InternalError), transaction.atomic():
        signed.requirements.update(meeting=other)
    loose = other.requirements.create(title="新的要求")
    with pytest.raises(InternalError), transaction.atomic():
        type(loose).objects.filter(pk=loose.pk).update(meeting=signed)


def test_the_signed_meeting_itself_stands_still(signed):
    with pytest.raises(InternalError), transaction.atomic():
        Meeting.objects.filter(pk=signed.pk).update(title="改名")


def test_a_correction_keeps_the_earlier_text_and_says_who_and_why(signed, secretary):
    problem = signed.problems.get()
    outcome = correct_minutes(
        signed, by=secretary, reason="笔误", data=row("problem", problem, cause="安排不合理")
    )
    assert outcome.is_clean
    [record] = history.corrections(signed)
    assert (record.correction.reason, record.correction.made_by) == ("笔误", secretary)
    [change] = record.changes
    assert (change.before, change.after) == ("时间不足", "安排不合理")


def test_corrections_of_one_text_form_a_chain(signed, secretary):
    problem = signed.problems.get()
    for text in ("第一次", "第二次"):
        problem.refresh_from_db()
        correct_minutes(signed, by=secretary, reason=text, data=row("problem", problem, cause=text))
    changes = [record.changes[0] for record in history.corrections(signed)]
    assert [(change.before, change.after) for change in changes] == [
        ("时间不足", "第一次"),
        ("第一次", "第二次"),
    ]


def test_history_shows_rows_added_and_taken_out(signed, secretary):
    guest = signed.guests.get()
    removal = row("guest", guest, name="王五")
    removal[f"guest-{guest.pk}-remove"] = "1"
    added = row("guest", base=uuid.uuid4(), name="赵六")
    correct_minutes(signed, by=secretary, reason="核对签到", data=submission(removal, added))
    changes = {(change.before, change.after) for change in history.corrections(signed)[0].changes}
    assert ("王五", None) in changes
    assert (None, "赵六") in changes


def test_after_a_correction_the_minutes_are_locked_again(signed, secretary):
    correct_minutes(
        signed, by=secretary, reason="笔误", data=row("requirement", base=uuid.uuid4(), title="补记")
    )
    with pytest.raises(InternalError), transaction.atomic():
        signed.requirements.update(title="偷改")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_correction_without_a_reason_is_refused(signed, secretary, reason):
    with pytest.raises(ValidationError):
        correct_minutes(
            signed, by=secretary, reason=reason, data=row("guest", signed.guests.get(), name="改")
        )
    assert signed.guests.get().name == "王五"


def test_a_correction_that_changes_nothing_is_refused_and_leaves_no_trace(signed, secretary):
    with pytest.raises(ValidationError) as refusal:
        correct_minutes(
            signed, by=secretary, reason="看看", data=row("guest", signed.guests.get(), name="王五")
        )
    assert refusal.value.code == "unchanged"
    assert not Correction.objects.exists()


def test_a_correction_is_all_or_nothing(signed, secretary):
    good = row("guest", signed.guests.get(), name="王小五")
    bad = row("problem", signed.problems.get(), description="")
    outcome = correct_minutes(signed, by=secretary, reason="笔误", data=submission(good, bad))
    assert not outcome.is_clean
    assert signed.guests.get().name == "王五"
    assert not Correction.objects.exists()


def test_two_corrections_of_the_same_text_do_not_overwrite_each_other(signed, secretary):
    problem = signed.problems.get()
    page = copy.copy(problem)
    correct_minutes(signed, by=secretary, reason="一", data=row("problem", problem, base=page, cause="甲"))
    outcome = correct_minutes(
        signed, by=secretary, reason="二", data=row("problem", problem, base=page, cause="乙")
    )
    assert not outcome.is_clean
    assert signed.problems.get().cause == "甲"


def test_only_the_secretary_corrects(signed):
    with pytest.raises(PermissionDenied):
        correct_minutes(signed, by=make_user(Role.COMMITTEE), reason="笔误", data=submission())


def test_open_minutes_are_edited_not_corrected(secretary):
    meeting = lead_to(make_meeting(by=secretary), Meeting.State.IN_SESSION, by=secretary)
    with pytest.raises(ValidationError):
        correct_minutes(meeting, by=secretary, reason="笔误", data=submission())


@pytest.mark.parametrize("statement", ["UPDATE", "DELETE"])
def test_the_history_cannot_be_rewritten(signed, secretary, statement):
    events = type(signed.problems.get()).pgh_event_model.objects.filter(meeting_id=signed.pk)
    assert events.exists()
    rewrite = {"UPDATE": lambda: events.update(cause="从来如此"), "DELETE": events.delete}[statement]
    with pytest.raises(InternalError), transaction.atomic():
        rewrite()


def test_corrections_are_append_only(signed, secretary):
    correct_minutes(
        signed, by=secretary, reason="笔误", data=row("guest", signed.guests.get(), name="王小五")
    )
    with pytest.raises(InternalError), transaction.atomic():
        Correction.objects.update(reason="没有理由")
    with pytest.raises(InternalError), transaction.atomic():
        Correction.objects.all()._raw_delete(using="default")


def facts(meeting, **values: str):
    """What the correction page sends about the meeting itself."""
    form = facts_form(meeting)
    data = submission()
    for name in form.fields:
        initial = form.initial.get(name)
        listed = (
            [str(one) for one in initial] if isinstance(initial, list) else [form.input_text(name, initial)]
        )
        data.setlist(form.base_name(name), listed)
        data.setlist(form.add_prefix(name), [values[name]] if name in values else listed)
    return data


def test_the_facts_of_signed_minutes_are_corrected_with_their_history(signed, secretary):
    outcome = correct_minutes(signed, by=secretary, reason="时间记错", data=facts(signed, place="二楼会议室"))
    assert outcome.is_clean
    signed.refresh_from_db()
    assert (signed.place, signed.state) == ("二楼会议室", "signed_off")
    [change] = history.corrections(signed)[0].changes
    assert (change.before, change.after) == ("会议室", "二楼会议室")


def test_wrong_facts_are_refused_as_a_whole(signed, secretary):
    data = facts(signed, place="")
    data.update(row("guest", signed.guests.get(), name="王小五"))
    outcome = correct_minutes(signed, by=secretary, reason="笔误", data=data)
    assert not outcome.is_clean
    signed.refresh_from_db()
    assert signed.place == "会议室"
    assert signed.guests.get().name == "王五"


def test_untouched_facts_are_no_correction(signed, secretary):
    with pytest.raises(ValidationError) as refusal:
        correct_minutes(signed, by=secretary, reason="看看", data=facts(signed))
    assert refusal.value.code == "unchanged"
