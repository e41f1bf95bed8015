"""The pages of meetings: who sees what, what the list finds, how many queries a page costs."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from meetings.models import AgendaItem, Attendance, Criticism, Meeting, Problem
from members.models import Member
from members.permissions import Role
from tests.factories import make_branch, make_group, make_meeting, make_member, make_user, sign_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    make_branch()
    user = make_user(Role.SECRETARY)
    client.force_login(user)
    return user


def page(client, name, *args, **query):
    return client.get(reverse(f"meetings:{name}", args=args), query)


def titles(response) -> list[str]:
    return [meeting.title for meeting in response.context["page"]]


def test_list_filters_by_kind_year_state_and_chair_together(client, secretary):
    wanted = make_meeting(by=secretary, title="要找的", kinds=["party_lesson"], for_year=2024)
    make_meeting(by=secretary, kinds=["theme_party_day"], for_year=2024)
    make_meeting(by=secretary, kinds=["party_lesson"], for_year=2025)
    make_meeting(by=secretary, kinds=["party_lesson"], for_year=2024, state="cancelled")
    make_meeting(by=secretary, kinds=["party_lesson"], for_year=2024, chair=make_member())
    query = {"kind": "party_lesson", "year": "2024", "state": "planned", "chair": wanted.chair_id}
    assert titles(page(client, "list", **query)) == ["要找的"]


def test_list_finds_words_in_title_place_and_agenda(client, secretary):
    meeting = make_meeting(by=secretary, title="三季度党课", place="多功能厅")
    AgendaItem.objects.create(meeting=meeting, title="学习党章")
    make_meeting(by=secretary, title="支委会")
    for words in ("党课", "多功能", "党章", "党课 多功能"):
        assert titles(page(client, "list", q=words)) == ["三季度党课"]
    assert titles(page(client, "list", q="党课 没有")) == []


@pytest.mark.parametrize(
    "query", [{"page": "9999"}, {"page": "x"}, {"kind": "'"}, {"year": "abc"}, {"chair": "0"}]
)
def test_nonsense_in_the_address_is_no_error(client, secretary, query):
    make_meeting(by=secretary)
    assert page(client, "list", **query).status_code == 200


def test_empty_list_offers_the_first_step(client, secretary):
    assert reverse("meetings:new") in page(client, "list").content.decode()


def test_a_member_sees_the_meetings_of_the_own_invitation_only(client):
    make_branch()
    member = make_user(Role.MEMBER)
    mine = make_meeting(invited=[member.member], title="我的会")
    other = make_meeting(title="别人的会", by=mine.created_by)
    client.force_login(member)
    assert titles(page(client, "list")) == ["我的会"]
    assert page(client, "detail", mine.pk).status_code == 200
    assert page(client, "detail", other.pk).status_code == 404


def test_a_member_reads_minutes_only_when_signed(client, secretary):
    member = make_user(Role.MEMBER)
    meeting = make_meeting(by=secretary, invited=[member.member], state="draft_minutes")
    Criticism.objects.create(meeting=meeting, speaker=secretary.member, text="秘密的自我批评")
    client.force_login(member)
    assert "秘密的自我批评" not in page(client, "detail", meeting.pk).content.decode()
    sign_off(meeting, by=secretary)
    assert "秘密的自我批评" in page(client, "detail", meeting.pk).content.decode()


def fill(meeting, rows: int, people) -> None:
    """So many rows of every kind that the page shows."""
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=person, has_vote=True, status="present") for person in people
    )
    for number in range(rows):
        speaker = people[number % len(people)]
        AgendaItem.objects.create(meeting=meeting, title=f"议题{number}", presenter=speaker)
        Problem.objects.create(meeting=meeting, description="问题", in_charge=speaker)
        Criticism.objects.create(meeting=meeting, speaker=speaker, about=people[0], text="意见")
        meeting.photos.create(key=f"{meeting.pk:08d}{number:024d}", width=3, height=2)


def crowd(size: int) -> list[Member]:
    group = make_group()
    people = [
        Member(
            name=f"党员{number}",
            sort_key=f"dang yuan {number}",
            gender="male",
            stage="full",
            admitted_on=datetime.date(2010, 1, 1),
            confirmed_on=datetime.date(2011, 1, 1),
            party_group=group,
        )
        for number in range(size)
    ]
    return Member.objects.bulk_create(people)


def queries_of(client, name, *args, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as captured:
        assert page(client, name, *args).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["detail", "record"])
def test_a_meetings_page_costs_the_same_queries_for_10_and_1000_members(
    client, secretary, name, django_assert_max_num_queries
):
    small = make_meeting(by=secretary, state="draft_minutes")
    fill(small, 3, crowd(10))
    large = make_meeting(by=secretary, state="draft_minutes")
    # Every select of the record page offers everybody: few of them, or the test would measure patience.
    fill(large, 60 if name == "detail" else 4, crowd(1000))
    with (
        connection.cursor() as cursor
    ):  # the database may believe these tables empty, after other tests' rows went
        cursor.execute("ANALYZE members_member, members_user, meetings_attendance")
    page(client, name, small.pk)  # what is loaded once in a process is no matter of rows
    counts = [
        queries_of(client, name, m.pk, django_assert_max_num_queries=django_assert_max_num_queries)
        for m in (small, large)
    ]
    assert counts[0] == counts[1]


def test_the_list_costs_the_same_queries_for_10_and_1000_meetings(
    client, secretary, django_assert_max_num_queries
):
    make_meeting(by=secretary)

    def more(count):
        start = timezone.now()
        Meeting.objects.bulk_create(
            Meeting(
                title=f"会{number}",
                kinds=["other"],
                for_year=2025,
                starts_at=start + datetime.timedelta(hours=number),
                place="会议室",
                chair=secretary.member,
                recorder=secretary.member,
            )
            for number in range(count)
        )

    more(10)
    page(client, "list")
    few = queries_of(client, "list", django_assert_max_num_queries=django_assert_max_num_queries)
    more(990)
    assert queries_of(client, "list", django_assert_max_num_queries=django_assert_max_num_queries) == few


def test_plan_form_keeps_what_was_typed_and_names_each_error(client, secretary):
    data = {
        "title": "写了一半的会",
        "kinds": ["group_meeting"],
        "for_year": "25",
        "starts_at": "2025-03-24T14:00",
        "ends_at": "2025-03-24T13:00",
        "chair": secretary.member_id,
        "recorder": secretary.member_id,
    }
    response = client.post(reverse("meetings:new"), data)
    html = response.content.decode()
    assert response.status_code == 200
    assert "写了一半的会" in html
    assert not Meeting.objects.exists()
    assert set(response.context["form"].errors) >= {"for_year"}
    data["for_year"] = "2025"
    errors = client.post(reverse("meetings:new"), data).context["form"].errors
    assert set(errors) == {"ends_at", "place", "party_group"}


@pytest.mark.parametrize("day", ["0001-01-01", "0025-03-24", "9999-12-31"])
def test_a_mistyped_year_is_an_error_beside_its_field(client, secretary, day):
    """The first hours of the year 1 went into the database and made every list of meetings a server error."""
    data = {
        "title": "会",
        "kinds": ["members_meeting"],
        "for_year": "2025",
        "starts_at": f"{day}T00:00",
        "ends_at": f"{day}T02:00",
        "place": "会议室",
        "chair": secretary.member_id,
        "recorder": secretary.member_id,
    }
    response = client.post(reverse("meetings:new"), data)
    assert set(response.context["form"].errors) == {"starts_at", "ends_at"}
    assert not Meeting.objects.exists()


def test_a_double_click_plans_one_meeting(client, secretary):
    key = page(client, "new").context["plan_key"]
    data = {
        "title": "一次的会",
        "kinds": ["members_meeting"],
        "for_year": "2025",
        "starts_at": "2025-03-24T14:00",
        "place": "会议室",
        "chair": secretary.member_id,
        "recorder": secretary.member_id,
        "guests": "赵六，上级党委组织员\n钱七",
        "plan_key": str(key),
    }
    first, second = (client.post(reverse("meetings:new"), data) for _ in range(2))
    assert first.url == second.url
    meeting = Meeting.objects.get()
    assert [(guest.name, guest.role) for guest in meeting.guests.all()] == [
        ("赵六", "上级党委组织员"),
        ("钱七", ""),
    ]


def test_changing_the_plan_keeps_whoever_is_marked(client, secretary):
    stays, goes = make_member("已签到"), make_member("未签到")
    meeting = make_meeting(by=secretary, invited=[secretary.member, stays, goes], state="in_session")
    meeting.attendances.filter(member=stays).update(status="present")
    form = page(client, "plan", meeting.pk).context["form"]
    data = {
        name: form.input_text(name, form.initial.get(name))
        for name in form.fields
        if name not in ("kinds", "invited")
    }
    data |= {"kinds": meeting.kinds, "invited": [secretary.member_id], "title": "改了名的会"}
    assert client.post(reverse("meetings:plan", args=[meeting.pk]), data).status_code == 302
    meeting.refresh_from_db()
    assert meeting.title == "改了名的会"
    assert set(meeting.attendances.values_list("member__name", flat=True)) == {
        secretary.member.name,
        "已签到",
    }


@pytest.mark.parametrize(
    ("state", "address", "method"),
    [
        ("signed_off", "record", "get"),
        ("signed_off", "plan", "get"),
        ("in_session", "sign_off", "get"),
        ("planned", "finish", "post"),
        ("in_session", "start", "post"),
        ("draft_minutes", "cancel", "get"),
        ("planned", "correct", "get"),
    ],
)
def test_a_step_that_makes_no_sense_now_is_refused_in_words(client, secretary, state, address, method):
    meeting = make_meeting(by=secretary, state=state)
    response = getattr(client, method)(reverse(f"meetings:{address}", args=[meeting.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("meetings:detail", args=[meeting.pk])
    assert [str(message) for message in response.context["messages"]]


def plan_data(client, meeting, **changed) -> dict:
    """The whole form of the plan as it stands, with some inputs changed."""
    form = page(client, "plan", meeting.pk).context["form"]
    data = {
        name: form.input_text(name, form.initial.get(name))
        for name in form.fields
        if name not in ("kinds", "invited")
    }
    invited = [row.member_id for row in meeting.attendances.all()]
    return data | {"kinds": meeting.kinds, "invited": invited} | changed


def test_nobody_becomes_chair_of_an_open_meeting_to_sign_its_minutes(client, secretary):
    committee = make_user(Role.COMMITTEE)
    meeting = make_meeting(by=secretary, state="draft_minutes")
    client.force_login(committee)
    client.post(
        reverse("meetings:plan", args=[meeting.pk]), plan_data(client, meeting, chair=committee.member_id)
    )
    meeting.refresh_from_db()
    assert meeting.chair == secretary.member
    assert page(client, "sign_off", meeting.pk).status_code == 403
    client.force_login(secretary)
    client.post(
        reverse("meetings:plan", args=[meeting.pk]), plan_data(client, meeting, chair=committee.member_id)
    )
    meeting.refresh_from_db()
    assert meeting.chair == committee.member
