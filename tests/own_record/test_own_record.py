"""Everybody's own pages: the record to be read, changes to ask for, all data to take away."""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile

import pytest
from django.utils import timezone

from branch_portal.media.documents import read_document
from branch_portal.reminders import actions as reminder_actions
from branch_portal.reminders.calendar_secrets import digest_of
from members import actions
from members.models import Award, ChangeRequest, Member, MemberFile, SensitiveLook, Training
from members.permissions import Role
from tests.factories import make_event, make_meeting, make_user, sign_off
from tests.media import samples
from tests.reminders.factories import make_notice

HOME = "/en/desk/me/"
NEW = "13800000002"


def text(response) -> str:
    return response.content.decode()


# --- the page -------------------------------------------------------------------------------------
def test_the_own_page_shows_what_the_branch_keeps(own, user, secretary):
    make_event(user.member, "group", datetime.date(2025, 1, 1))
    Award.objects.create(
        member=user.member, title="优秀共产党员", on=datetime.date(2024, 6, 28), level="branch"
    )
    for hours in (8, 4.5):
        Training.objects.create(
            member=user.member,
            title="培训班",
            started_on=timezone.localdate() - datetime.timedelta(days=1),
            ended_on=timezone.localdate(),
            hours=hours,
        )
    everybody = [secretary.member, user.member]
    meeting = make_meeting(by=secretary, invited=everybody, state="draft_minutes", title="三月大会")
    for in_charge, measure in ((user.member, "每月学习一次"), (secretary.member, "别人的任务")):
        meeting.problems.create(description="学习不够", measure=measure, in_charge=in_charge)
    sign_off(meeting, by=secretary)
    make_meeting(by=secretary, invited=[secretary.member, user.member], state="draft_minutes", title="未签")
    make_meeting(by=secretary, invited=[secretary.member], state="signed_off", title="别人的会")
    actions.change_sensitive(user.member, {"discipline": "警告"}, by=secretary)
    actions.look_at(user.member, ["discipline"], by=secretary, occasion=SensitiveLook.Occasion.PAGE)
    page = text(own.get(HOME))
    for words in (
        "优秀共产党员",
        "12.5 of 32",
        "courses 12.5, meetings 0",
        "三月大会",
        "每月学习一次",
        "at 1 of 1 meeting",
        str(secretary),
        "in no group",
    ):
        assert words in page
    for words in ("未签", "别人的会", "别人的任务", "警告"):
        assert words not in page


def test_tasks_say_whose_day_has_passed_and_link_only_what_may_be_opened(own, user, secretary):
    today = timezone.localdate()
    days = {"昨天到期": today - datetime.timedelta(days=1), "今天到期": today, "没有期限": None}
    for invited, title in (([secretary.member, user.member], "受邀的会"), ([secretary.member], "别人的会")):
        meeting = make_meeting(by=secretary, invited=invited, state="draft_minutes", title=title)
        for measure, due_on in days.items():
            meeting.problems.create(description="x", measure=measure, in_charge=user.member, due_on=due_on)
        sign_off(meeting, by=secretary)
    page = text(own.get(HOME))
    tasks = re.findall(r"<li><div><strong>((?:昨天|今天|没有).*?)</li>", page, re.DOTALL)
    assert len(tasks) == 6
    for task in tasks:
        assert ("the day has passed" in task) == task.startswith("昨天到期")
        assert ("<a href=" in task) == ("受邀的会" in task)
        assert ("别人的会" in task) != ("受邀的会" in task)


def test_an_administrator_who_is_none_of_the_branch_has_no_own_record(client):
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert client.get(HOME).status_code == 404
    assert client.get(f"{HOME}changes/phone/").status_code == 404
    assert client.post(f"{HOME}export/").status_code == 404
    assert HOME not in text(client.get("/en/desk/"))


def test_the_own_page_asks_equally_much_for_much_and_for_little(
    own, user, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    def more(number: int) -> None:
        make_meeting(by=secretary, invited=[secretary.member, user.member], state="signed_off")
        request = actions.ask_for_change(user.member, "phone", f"1380000{number:04}", by=user)
        actions.refuse_request(request, reason="x", by=secretary)
        actions.change_sensitive(user.member, {"discipline": str(number)}, by=secretary)
        actions.look_at(user.member, ["discipline"], by=secretary, occasion=SensitiveLook.Occasion.PAGE)

    more(11)
    with django_assert_max_num_queries(34) as first:
        own.get(HOME)
    for number in range(12, 16):
        more(number)
    with django_assert_num_queries(len(first)):
        own.get(HOME)


# --- asking for a change --------------------------------------------------------------------------
def test_a_member_asks_sees_the_state_and_takes_back(own, user):
    page = f"{HOME}changes/phone/"
    refused = text(own.post(page, {"after": "12"}))
    assert "11 digits" in refused
    assert 'value="12"' in refused
    answer = own.post(page, {"after": "138 0000 0002"}, follow=True)
    request = user.member.change_requests.get()
    assert (request.before, request.after) == ("13800000001", NEW)
    assert "waiting for the secretary" in text(answer)
    assert "asked for a change of this already" in text(own.post(page, {"after": "13800000003"}))
    answer = own.post(f"{HOME}changes/{request.pk}/take-back/", follow=True)
    assert "taken back" in text(answer)
    assert Member.objects.get(pk=user.member_id).phone == "13800000001"


def test_the_reason_of_a_refusal_is_read(own, user, secretary):
    request = actions.ask_for_change(user.member, "address", "新街2号", by=user)
    actions.refuse_request(request, reason="门牌不存在", by=secretary)
    assert "门牌不存在" in text(own.get(HOME))


def test_another_members_request_is_not_found(own, user):
    other = make_user()
    request = actions.ask_for_change(other.member, "phone", NEW, by=other)
    assert own.post(f"{HOME}changes/{request.pk}/take-back/").status_code == 404
    assert ChangeRequest.objects.get(pk=request.pk).is_open


@pytest.mark.parametrize("field", ["stage", "voteless_until", "name", "nothing"])
def test_only_contact_data_are_asked_for(own, user, field):
    assert own.post(f"{HOME}changes/{field}/", {"after": "full"}).status_code == 404


def test_a_photograph_is_handed_in(own, user):
    page = f"{HOME}changes/photograph/"
    assert "not a picture" in text(own.post(page, {"after": samples.upload(b"#!/bin/sh", "x.jpg")}))
    picture = samples.encoded(samples.four_corners())
    own.post(page, {"after": samples.upload(picture, "x.jpg")})
    assert user.member.change_requests.get().is_picture
    assert "request" in text(own.get(HOME))


# --- taking the data away ---------------------------------------------------------------------------
@pytest.fixture
def archive(own, user, secretary):
    """The member's own data, some of it of every kind, as a zip."""
    other = make_user()
    for access, title in (("own", "入党申请书"), ("secretary", "谈话记录")):
        document = read_document(samples.upload(samples.pdf(), "x.pdf"))
        paper = MemberFile(member=user.member, title=title, kind="other", access=access)
        actions.add_file(paper, document, by=secretary)
    actions.change_sensitive(user.member, {"id_number": "11010519491231002X"}, by=secretary)
    actions.change_sensitive(other.member, {"discipline": "别人的警告"}, by=secretary)
    make_meeting(by=secretary, invited=[secretary.member, user.member], state="signed_off", title="三月大会")
    actions.ask_for_change(user.member, "phone", NEW, by=user)
    answer = own.post(f"{HOME}export/")
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def test_the_archive_holds_the_record_for_programs_and_for_readers(archive, user):
    data = json.loads(archive.read("record.json"))
    [record] = data["record"]
    assert (record["name"], record["phone"], record["stage"]) == ("钱会员", "13800000001", "full")
    assert data["sensitive"][0]["id_number"] == "11010519491231002X"
    assert data["attendance"][0]["meeting"] == "三月大会"
    assert data["change_requests"][0]["after"] == NEW
    assert data["account"][0]["username"] == user.username
    page = archive.read("record.html").decode()
    for words in ("钱会员", "11010519491231002X", "三月大会", "full member", "ballots are secret"):
        assert words in page


def test_the_archive_holds_the_own_papers_and_nobody_elses_secret(archive, user):
    assert sorted(archive.namelist()) == ["papers/01 入党申请书.pdf", "record.html", "record.json"]
    assert archive.read("papers/01 入党申请书.pdf") == samples.pdf()
    everything = archive.read("record.json").decode() + archive.read("record.html").decode()
    for words in ("谈话记录", "别人的警告", user.password, "password_given"):
        assert words not in everything


def test_the_archive_is_made_by_a_form_only_and_own_data_are_no_look(archive, own):
    assert own.get(f"{HOME}export/")["Content-Type"].startswith("text/html")
    assert not SensitiveLook.objects.exists()


def test_no_table_of_ballots_is_read_for_the_archive(own, user, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as asked:
        own.post(f"{HOME}export/").getvalue()
    assert not [each["sql"] for each in asked.captured_queries if "ballots_" in each["sql"]]


def test_what_one_was_told_is_taken_away_and_the_calendars_address_is_not(own, user, secretary):
    make_notice(user.member, facts={"title": "三月大会"})
    make_notice(secretary.member, facts={"title": "别人的会"})
    secret = reminder_actions.renew_calendar(user.member, timezone.now())
    with zipfile.ZipFile(io.BytesIO(own.post(f"{HOME}export/").getvalue())) as package:
        record = package.read("record.json").decode()
    assert [each["text"] for each in json.loads(record)["reminders"]] == [
        "Minutes to sign as chair: 三月大会"
    ]
    assert [each["by_mail"] for each in json.loads(record)["channels"]] == [True]
    assert "别人的会" not in record
    for hidden in (secret, digest_of(secret)):
        assert hidden not in record
