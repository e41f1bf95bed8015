"""Tasks from meetings: made once, reported by the owner, confirmed by the secretary or the chair, shown to the next one."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from meetings.rectification import actions
from meetings.rectification.models import Task
from meetings.rectification.states import TaskState
from members.permissions import Role
from tests.factories import make_branch, make_group, make_meeting, make_member, make_user
from tests.rectification.factories import DUE, make_keeper, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def owner():
    return make_user()


def at(name: str, *args) -> str:
    return reverse(f"rectification:{name}", args=args)


def test_the_owner_reports_and_the_secretary_confirms(secretary, owner):
    task = make_task(by=secretary, owner=owner.member)
    actions.report_task(task, "已整理", by=owner)
    with pytest.raises(PermissionDenied):
        actions.confirm_task(task, by=owner)
    actions.confirm_task(task, by=secretary)
    task.refresh_from_db()
    assert (task.state, task.word) == (TaskState.DONE, "已整理")


def test_the_chair_of_the_meeting_confirms_and_reopens(secretary, owner):
    chair = make_user()
    meeting = make_meeting(by=secretary, chair=chair.member, state="draft_minutes")
    task = make_task(by=secretary, meeting=meeting, owner=owner.member)
    actions.report_task(task, "已整理", by=owner)
    actions.reopen_task(task, "还缺一份", by=chair)
    task.refresh_from_db()
    assert (task.state, task.word) == (TaskState.OPEN, "还缺一份")
    with pytest.raises(PermissionDenied):
        actions.reopen_task(task, "x", by=owner)


def test_a_dropped_task_says_why(secretary):
    task = make_task(by=secretary)
    with pytest.raises(ValidationError):
        actions.drop_task(task, "", by=secretary)
    actions.drop_task(task, "已由上级统一安排", by=secretary)
    task.refresh_from_db()
    assert task.state == TaskState.DROPPED
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(word="")


def test_steps_that_make_no_sense_are_refused_by_words_and_by_the_database(secretary):
    task = make_task(by=secretary)
    with pytest.raises(ValidationError, match="in the state"):
        actions.confirm_task(task, by=secretary)
    with pytest.raises(InternalError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(state="done", word="x", reported_on=DUE)
    with pytest.raises(InternalError), transaction.atomic():
        task.delete()


def test_a_planned_meeting_gives_no_tasks(secretary):
    meeting = make_meeting(by=secretary)
    with pytest.raises(ValidationError, match="in the state"):
        make_task(by=secretary, meeting=meeting)


def test_whoever_neither_keeps_tasks_nor_leads_the_meeting_makes_none(secretary, owner):
    meeting = make_meeting(by=secretary, state="draft_minutes", invited=[owner.member, secretary.member])
    with pytest.raises(PermissionDenied):
        make_task(by=owner, meeting=meeting)
    recorder = make_user()
    meeting = make_meeting(by=secretary, state="draft_minutes", recorder=recorder.member)
    assert make_task(by=recorder, meeting=meeting).pk


def test_requirements_become_tasks_in_one_step_and_once(client, secretary, owner):
    meeting = make_meeting(by=secretary, state="draft_minutes")
    wanted = meeting.requirements.create(title="完善台账", text="逐项销号")
    client.force_login(secretary)
    address = at("tasks_from_meeting", meeting.pk)
    page = client.get(address).content.decode()
    rows = re.findall(r'name="([0-9a-f-]{36})-is_chosen"', page)
    assert str(wanted.pk) == rows[0]
    typed = {
        f"{wanted.pk}-is_chosen": "on",
        f"{wanted.pk}-text": "完善台账",
        f"{wanted.pk}-owner": owner.member_id,
        f"{wanted.pk}-due_on": "",
    }
    for _time in range(2):
        client.post(address, typed)
    task = Task.objects.get()
    assert (task.owner, task.detail, task.meeting) == (owner.member, "逐项销号", meeting)


def test_a_task_by_hand_sent_twice_is_one(client, secretary, owner):
    meeting = make_meeting(by=secretary, state="signed_off")
    client.force_login(secretary)
    address = at("task_new", meeting.pk)
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode()).group(1)
    for _time in range(2):
        client.post(
            address, {"key": key, "text": "整理资料", "owner": owner.member_id, "due_on": "2025-06-30"}
        )
    assert Task.objects.get().text == "整理资料"


def test_the_next_meeting_of_the_kind_shows_what_is_left_over(client, secretary):
    later = datetime.datetime(2025, 4, 24, 14, 0, tzinfo=datetime.UTC)
    open_, done = make_task(by=secretary, text="还没做的"), make_task(by=secretary, text="已经做的")
    actions.report_task(done, "做了", by=secretary)
    actions.confirm_task(done, by=secretary)
    other_kind = make_meeting(by=secretary, state="draft_minutes", kinds=["committee_meeting"])
    make_task(by=secretary, meeting=other_kind, text="别的会的")
    following = make_meeting(by=secretary, starts_at=later)
    client.force_login(secretary)
    for page in ("detail", "record"):
        shown = client.get(reverse(f"meetings:{page}", args=[following.pk])).content.decode()
        assert [word in shown for word in ("还没做的", "已经做的", "别的会的")] == [True, False, False]
    before = client.get(reverse("meetings:detail", args=[open_.meeting_id])).content.decode()
    assert "Tasks left over" not in before


def test_what_a_group_left_over_is_that_groups(secretary):
    later = datetime.datetime(2025, 4, 24, 14, 0, tzinfo=datetime.UTC)
    one, two = make_group(), make_group()
    meeting = make_meeting(by=secretary, state="draft_minutes", kinds=["group_meeting"], party_group=one)
    task = make_task(by=secretary, meeting=meeting)
    following = [
        make_meeting(by=secretary, kinds=["group_meeting"], party_group=group, starts_at=later)
        for group in (one, two)
    ]
    assert [list(Task.objects.all().left_over_for(meeting)) for meeting in following] == [[task], []]


def test_tasks_are_seen_by_owner_committee_and_whoever_sees_the_meeting(secretary, owner):
    invited = make_user()
    meeting = make_meeting(by=secretary, state="draft_minutes", invited=[invited.member, secretary.member])
    task = make_task(by=secretary, meeting=meeting, owner=owner.member)
    for user in (owner, invited, secretary, make_keeper()):
        assert Task.objects.visible_to(user).filter(pk=task.pk).exists()
    for user in (make_user(), make_user(Role.ADMINISTRATOR)):
        assert not Task.objects.visible_to(user).exists()


def test_the_list_shows_mine_and_what_is_late(client, secretary, owner):
    make_task(by=secretary, owner=owner.member, text="我的事")
    make_task(by=secretary, owner=make_member(), text="别人的事", due_on=None)
    client.force_login(secretary)
    shown = client.get(at("tasks") + "?overdue=on").content.decode()
    assert ("我的事" in shown, "别人的事" in shown) == (True, False)
    client.force_login(owner)
    shown = client.get(at("tasks") + "?mine=on").content.decode()
    assert ("我的事" in shown, "别人的事" in shown) == (True, False)


def test_the_steps_of_a_task_through_its_page(client, secretary, owner):
    task = make_task(by=secretary, owner=owner.member)
    client.force_login(owner)
    refused = client.post(at("task_step", task.pk, "report"), {"report-text": ""})
    assert refused.status_code == 200
    client.post(at("task_step", task.pk, "report"), {"report-text": "已整理"})
    assert client.post(at("task_step", task.pk, "confirm")).status_code == 403
    client.force_login(secretary)
    client.post(at("task_step", task.pk, "confirm"))
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    again = client.post(at("task_step", task.pk, "confirm"), follow=True)
    assert "in the state" in again.content.decode()
