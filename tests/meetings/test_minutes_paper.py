"""The official form of the minutes: everything of the record, nothing blank, the same on the page and in the Word file."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from meetings import actions
from meetings.models import Attendance, Meeting
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user, sign_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    make_branch()
    user = make_user(Role.SECRETARY)
    client.force_login(user)
    return user


@pytest.fixture
def meeting(secretary):
    ill = make_member("陈病假")
    meeting = make_meeting(
        by=secretary,
        kinds=["life_meeting"],
        invited=[secretary.member, ill],
        state=Meeting.State.IN_SESSION,
    )
    meeting.attendances.filter(member=secretary.member).update(status="present")
    meeting.attendances.filter(member=ill).update(status="leave", leave_reason="sick", leave_note="住院")
    meeting.guests.create(name="上级代表", role="科技社团党委")
    item = meeting.agenda_items.first()
    item.notes = "<p>一致同意。</p><ul><li>第一条</li></ul>"
    item.save()
    meeting.study_topics.create(title="党的纪律")
    meeting.problems.create(description="学习不深", measure="建立台账", in_charge=secretary.member)
    meeting.criticisms.create(speaker=secretary.member, text="联系群众不够")
    meeting.requirements.create(title="严肃组织生活", text="落实三会一课")
    return meeting


WORDS = [
    "一致同意。",
    "第一条",
    "党的纪律",
    "学习不深",
    "建立台账",
    "联系群众不够",
    "严肃组织生活",
    "落实三会一课",
    "陈病假",
    "住院",
    "上级代表",
]


def url(meeting):
    return reverse("meetings:minutes_paper", args=[meeting.pk])


def word_of(client, meeting):
    return docx.Document(io.BytesIO(client.get(url(meeting) + "?as=word").content))


def texts(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def test_page_and_word_file_hold_the_whole_record(client, meeting):
    page = client.get(url(meeting)).content.decode()
    paragraphs, cells = texts(word_of(client, meeting))
    whole = "\n".join([*paragraphs, *cells])
    assert [word for word in WORDS if word not in page] == []
    assert [word for word in WORDS if word not in whole] == []
    assert all(cell.strip() for cell in cells)


def test_the_attendance_list_tells_who_came_late_and_left_early(client, secretary):
    meeting = make_meeting(by=secretary, invited=[secretary.member], state=Meeting.State.IN_SESSION)
    late = meeting.starts_at + datetime.timedelta(minutes=meeting.grace_minutes + 1)
    meeting.attendances.update(
        status="present", arrived_at=late, left_at=late + datetime.timedelta(minutes=9)
    )
    meeting.guests.create(name="列席人", status="came")
    _paragraphs, cells = texts(word_of(client, meeting))
    told = "\n".join(cells)
    assert f"late, came at {timezone.localtime(late):%H:%M}" in told
    assert "left early at" in told
    assert "列席人 (came)" in told


def test_an_agenda_item_without_words_says_none(client, secretary):
    meeting = make_meeting(by=secretary, state=Meeting.State.IN_SESSION)
    paragraphs, _cells = texts(word_of(client, meeting))
    items = [item.title for item in meeting.agenda_items.all()]
    for number, title in enumerate(items, start=1):
        assert paragraphs[paragraphs.index(f"{number}. {title}") + 1] == "none"


def test_drafts_say_so_and_signed_minutes_say_who_signed_and_each_correction(client, secretary, meeting):
    assert "Draft: these minutes count only" in client.get(url(meeting)).content.decode()
    Attendance.objects.filter(meeting=meeting, status="").update(status="present")
    actions.finish_meeting(meeting, by=secretary)
    meeting.refresh_from_db()
    sign_off(meeting, by=secretary)
    with actions.correcting(meeting, by=secretary, reason="日期写错") as row:
        row.place = "二楼"
        row.save()
    page = client.get(url(meeting)).content.decode()
    assert "Draft: these minutes" not in page
    assert "Signed off by" in page
    assert "Version 2, corrected by" in page
    assert "日期写错" in page


def test_chair_and_recorder_sign(client, meeting):
    paragraphs, _cells = texts(word_of(client, meeting))
    assert [line.strip() for line in paragraphs if line.strip()][-3:] == ["Chair", "Recorder", "Date"]


def test_queries_do_not_grow_with_the_record(
    client, meeting, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25) as first:
        client.get(url(meeting))
    for number in range(5):
        meeting.problems.create(description=f"问题{number}", in_charge=make_member())
        meeting.criticisms.create(speaker=make_member(), about=make_member(), text="意见")
        meeting.attendances.create(member=make_member(), has_vote=True, status="present")
        meeting.agenda_items.create(title=f"事项{number}", presenter=make_member())
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(url(meeting))


def test_before_the_meeting_there_are_no_minutes(client, secretary):
    meeting = make_meeting(by=secretary)
    assert client.get(url(meeting)).status_code == 302
