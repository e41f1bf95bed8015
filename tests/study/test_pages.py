"""The pages of study: entering, changing, correcting; the section of a meeting; minutes, register and rules."""

from __future__ import annotations

import datetime
import io
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from meetings import actions as meeting_actions
from meetings.models import Meeting
from meetings.study.in_minutes import study_of
from meetings.study.models import StudyPart, StudyRules
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user, sign_off
from tests.study.factories import make_part, make_rules

pytestmark = pytest.mark.django_db
STARTS = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)
TYPED = {
    "topic": "党章",
    "form": "reading",
    "hours": "1.5",
    "teacher": "",
    "guest_teacher": "",
    "link": "",
    "note": "",
}


@pytest.fixture
def secretary(client):
    make_branch()
    user = make_user(Role.SECRETARY)
    client.force_login(user)
    return user


@pytest.fixture
def member():
    return make_user(Role.MEMBER)


def lesson(secretary, *invited, state="in_session", **fields) -> Meeting:
    times = {"starts_at": STARTS, "ends_at": STARTS + datetime.timedelta(minutes=90)}
    return make_meeting(
        by=secretary,
        invited=[secretary.member, *(user.member for user in invited)],
        state=state,
        **{"kinds": ["party_lesson"], **times, **fields},
    )


@pytest.fixture
def meeting(secretary, member):
    return lesson(secretary, member)


def signed(meeting, secretary) -> Meeting:
    meeting.attendances.update(status="present")
    return sign_off(meeting_actions.finish_meeting(meeting, by=secretary), by=secretary)


def url(name, *args) -> str:
    return reverse(f"study:{name}", args=args)


def test_the_form_proposes_what_is_left_of_the_meetings_length(client, meeting, secretary):
    assert client.get(url("new", meeting.pk)).context["form"]["hours"].value() == Decimal("1.5")
    make_part(meeting, by=secretary, hours=1)
    assert client.get(url("new", meeting.pk)).context["form"]["hours"].value() == Decimal("0.5")


def test_a_topic_is_entered_and_stands_on_the_meetings_page(client, meeting):
    key = uuid.uuid4()
    for _twice in range(2):
        answer = client.post(url("new", meeting.pk), {**TYPED, "key": key})
        assert answer.status_code == 302
    part = StudyPart.objects.get()
    assert (part.pk, part.topic, part.hours) == (key, "党章", Decimal("1.5"))
    page = client.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert "1.5 h" in page


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(client, meeting, secretary):
    teacher = make_member()
    typed = {**TYPED, "hours": "9", "teacher": teacher.pk, "guest_teacher": "李教授", "note": "自带教材"}
    form = client.post(url("new", meeting.pk), typed).context["form"]
    assert set(form.errors) == {"guest_teacher"}
    form = client.post(url("new", meeting.pk), {**typed, "guest_teacher": ""}).context["form"]
    assert set(form.errors) == {"hours"}
    assert form["note"].value() == "自带教材"
    assert not StudyPart.objects.exists()


def test_a_topic_of_the_record_is_taken_over_with_its_source(client, meeting):
    topic = meeting.study_topics.create(title="条例", source="单行本")
    page = client.get(reverse("meetings:record", args=[meeting.pk])).content.decode()
    address = f"{url('new', meeting.pk)}?topic={topic.pk}"
    assert address in page
    form = client.get(address).context["form"]
    assert (form["topic"].value(), form["form"].value()) == ("条例（单行本）", "reading")
    client.post(url("new", meeting.pk), {**TYPED, "topic": "条例（单行本）", "key": uuid.uuid4()})
    assert address not in client.get(reverse("meetings:record", args=[meeting.pk])).content.decode()


def test_two_people_change_a_topic_and_nobody_is_overwritten(client, meeting, secretary):
    part = make_part(meeting, by=secretary, hours="1.5")
    bases = {f"base-{name}": value for name, value in {**TYPED, "agenda_item": ""}.items()}
    client.post(url("change", part.pk), {**TYPED, **bases, "agenda_item": "", "topic": "党章总纲"})
    answer = client.post(url("change", part.pk), {**TYPED, **bases, "agenda_item": "", "topic": "党章第一章"})
    assert answer.status_code == 200
    assert "topic" in answer.context["form"].conflicts
    client.post(url("change", part.pk), {**TYPED, **bases, "agenda_item": "", "note": "分组"})
    part.refresh_from_db()
    assert (part.topic, part.note) == ("党章总纲", "分组")


def test_a_refused_change_leaves_no_revision_behind(client, meeting, secretary):
    part = make_part(meeting, by=secretary)
    meeting.refresh_from_db()
    client.post(url("change", part.pk), {**TYPED, "hours": "0"})
    assert Meeting.objects.get(pk=meeting.pk).revision == meeting.revision


def test_a_topic_is_taken_out_after_a_page_that_says_so(client, meeting, secretary):
    part = make_part(meeting, by=secretary)
    assert "taken out" in client.get(url("remove", part.pk)).content.decode()
    assert StudyPart.objects.exists()
    client.post(url("remove", part.pk))
    assert not StudyPart.objects.exists()


# --- signed minutes ---------------------------------------------------------------------------------------
def test_a_correction_asks_for_its_reason_and_stands_in_the_history(client, meeting, secretary):
    part = make_part(meeting, by=secretary, hours=1)
    signed(Meeting.objects.get(pk=meeting.pk), secretary)
    form = client.post(url("change", part.pk), TYPED).context["form"]
    assert set(form.errors) == {"reason"}
    form = client.post(url("change", part.pk), {**TYPED, "hours": "1.0", "reason": "记错"}).context["form"]
    assert form.non_field_errors() == ["Nothing was changed."]
    assert meeting.corrections.count() == 0
    answer = client.post(url("change", part.pk), {**TYPED, "reason": "学时记错"})
    assert answer.status_code == 302
    page = client.get(reverse("meetings:history", args=[meeting.pk])).content.decode()
    assert "学时记错" in page
    assert "study part · 党章" in page
    assert meeting.corrections.count() == 1
    client.post(url("new", meeting.pk), {**TYPED, "topic": "补记", "reason": "漏记", "key": uuid.uuid4()})
    client.post(url("remove", part.pk), {"reason": ""})
    client.post(url("remove", part.pk), {"reason": "不是学习"})
    assert [one.topic for one in meeting.study_parts.all()] == ["补记"]
    assert [str(one) for one in meeting.corrections.all()] == ["学时记错", "漏记", "不是学习"]


def test_whoever_recorded_is_told_that_signed_minutes_are_corrected(client, secretary):
    recorder = make_user(Role.MEMBER)
    meeting = lesson(secretary, recorder, recorder=recorder.member)
    part = make_part(meeting, by=recorder)
    signed(Meeting.objects.get(pk=meeting.pk), secretary)
    client.force_login(recorder)
    answer = client.get(url("change", part.pk), follow=True)
    assert "cannot be done now" in answer.content.decode()
    assert url("change", part.pk) not in answer.content.decode()


# --- who reads what ---------------------------------------------------------------------------------------
def test_those_invited_see_topics_and_materials_before_the_meeting_and_notes_once_signed(
    client, secretary, member
):
    meeting = lesson(secretary, member, state="planned")
    make_part(
        meeting, by=secretary, note="只在记录里", link="https://material.example/a", guest_teacher="李教授"
    )
    client.force_login(member)
    address = reverse("meetings:detail", args=[meeting.pk])
    page = client.get(address).content.decode()
    assert "党章" in page
    assert "李教授" in page
    assert "https://material.example/a" in page
    assert "只在记录里" not in page
    meeting = meeting_actions.start_meeting(Meeting.objects.get(pk=meeting.pk), by=secretary)
    signed(meeting, secretary)
    assert "只在记录里" in client.get(address).content.decode()


def test_the_minutes_list_the_topics(client, meeting, secretary):
    make_part(meeting, by=secretary, topic="党章总纲", teacher=secretary.member, hours="0.5", note="领学")
    make_part(meeting, by=secretary, topic="专题片", form="video", link="https://video.example/a")
    table = study_of(meeting)
    assert table.lines == [
        ["1", "党章总纲", "reading", str(secretary.member), "0.5", "领学"],
        ["2", "专题片", "video", "none", "1", "https://video.example/a"],
    ]
    signed(Meeting.objects.get(pk=meeting.pk), secretary)
    paper = reverse("meetings:minutes_paper", args=[meeting.pk])
    assert "党章总纲" in client.get(paper).content.decode()
    word = Document(io.BytesIO(b"".join(client.get(paper, {"as": "word"}))))
    assert any("专题片" in cell.text for table in word.tables for row in table.rows for cell in row.cells)


def test_topics_longer_than_their_meeting_are_pointed_out(client, meeting, secretary):
    make_part(meeting, by=secretary, hours=4)
    assert "lasts 1.5 hours" in client.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()


# --- register ---------------------------------------------------------------------------------------------
def test_the_register_lists_the_year_and_what_comes_next(client, secretary, member):
    held = lesson(secretary, member)
    make_part(held, by=secretary, topic="党章总纲", guest_teacher="李教授", hours="1")
    make_part(held, by=secretary, topic="讨论", form="discussion", hours="0.5")
    held.attendances.filter(member=member.member).update(status="online")
    held.attendances.filter(member=secretary.member).update(status="present")
    meeting_actions.finish_meeting(Meeting.objects.get(pk=held.pk), by=secretary)
    plain = lesson(secretary, member, state="draft_minutes", title="没有专题的党课")
    lesson(secretary, state="draft_minutes", kinds=["members_meeting"], title="无学习的会")
    lesson(secretary, state="draft_minutes", starts_at=STARTS.replace(year=2024), title="上一年的党课")
    planned = lesson(
        secretary, state="planned", starts_at=timezone.now() + datetime.timedelta(days=3), ends_at=None
    )
    make_part(planned, by=secretary, topic="下一讲")
    found = client.get(url("register"), {"year": 2025}).context["register"]
    assert [(line.topic, str(line.hours), line.attenders) for line in found.held] == [
        ("党章总纲", "1.0", 2),
        ("讨论", "0.5", 2),
        (plain.title, "1.5", 2),
    ]
    assert found.hours == 3
    assert found.planned == []
    assert [line.topic for line in client.get(url("register")).context["register"].planned] == ["下一讲"]
    page = client.get(url("register_paper"), {"year": 2025}).content.decode()
    assert "李教授" in page
    word = client.get(url("register_paper"), {"year": 2025, "as": "word"})
    assert "党章总纲" in "".join(
        cell.text
        for table in Document(io.BytesIO(b"".join(word))).tables
        for row in table.rows
        for cell in row.cells
    )


@pytest.mark.parametrize("name", ["register", "register_paper"])
def test_the_register_asks_as_often_for_few_as_for_many(
    client, secretary, member, name, django_assert_num_queries, django_assert_max_num_queries
):
    def more(number):
        for _meeting in range(number):
            held = lesson(secretary, member)
            for _part in range(number):
                make_part(held, by=secretary, hours="0.5", teacher=make_member())
            Meeting.objects.get(pk=held.pk)
            meeting_actions.finish_meeting(Meeting.objects.get(pk=held.pk), by=secretary)

    more(1)
    client.get(url(name), {"year": 2025})
    with django_assert_max_num_queries(20) as first:
        client.get(url(name), {"year": 2025})
    more(4)
    with django_assert_num_queries(len(first)):
        client.get(url(name), {"year": 2025})


def test_a_meetings_pages_ask_as_often_for_one_topic_as_for_many(
    client, meeting, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    def more(number):
        for _number in range(number):
            item = meeting.agenda_items.first()
            make_part(meeting, by=secretary, hours="0.5", teacher=make_member(), agenda_item=item)

    more(1)
    for name in ("detail", "record"):
        address = reverse(f"meetings:{name}", args=[meeting.pk])
        client.get(address)
        with django_assert_max_num_queries(60) as first:
            client.get(address)
        more(5)
        with django_assert_num_queries(len(first)):
            client.get(address)


# --- rules ------------------------------------------------------------------------------------------------
def test_rules_are_entered_read_by_everybody_and_taken_out(client, secretary, member):
    typed = {"valid_from": "2025-01-01", "online_percent": "80", "teacher_percent": "150", "source": "支委会"}
    assert client.post(url("new_rules"), typed).status_code == 302
    assert set(client.post(url("new_rules"), typed).context["form"].errors) == {"valid_from"}
    assert set(client.post(url("new_rules"), {**typed, "online_percent": "101"}).context["form"].errors) == {
        "online_percent"
    }
    rules = StudyRules.objects.get()
    client.force_login(member)
    page = client.get(url("rules")).content.decode()
    assert "Online: 80%" in page
    assert url("remove_rules", rules.pk) not in page
    client.force_login(secretary)
    client.post(url("remove_rules", rules.pk), {"reason": "撤回"})
    assert not StudyRules.objects.exists()


def test_what_is_to_come_is_not_yet_in_force(client, secretary):
    make_rules(timezone.localdate() + datetime.timedelta(days=9), by=secretary, online=50)
    assert client.get(url("rules")).context["holding"] is None
