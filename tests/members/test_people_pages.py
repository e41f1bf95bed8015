"""The list, one person's page, and the form of the record."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Member, Position, User
from members.permissions import Role
from tests.factories import make_group, make_member, make_position, make_user

LIST = "/en/desk/members/"


def names(response) -> list[str]:
    return [member.name for member in response.context["page"]]


def text(response) -> str:
    return response.content.decode()


# --- the list -------------------------------------------------------------------------------------
def test_the_list_is_ordered_by_sound(desk):
    for name in ("赵敏", "安娜", "重庆"):
        make_member(name)
    assert [name for name in names(desk.get(LIST)) if not name.startswith("测试")] == ["安娜", "重庆", "赵敏"]


def test_filters_stand_in_the_address(desk):
    group = make_group()
    make_member("甲一", stage="activist", party_group=group)
    make_member("甲二", stage="activist")
    make_member("乙一", party_group=group)
    page = desk.get(LIST, {"stage": "activist", "group": group.pk, "q": "jia"})
    assert names(page) == ["甲一"]
    assert "1 person" in text(page)
    assert '<option value="activist" selected>' in text(page)


def test_a_filter_that_makes_no_sense_filters_nothing(desk, secretary):
    page = desk.get(LIST, {"stage": "king", "group": "x", "who": "?", "page": "99"})
    assert names(page) == [secretary.member.name]


def test_an_empty_search_says_so_and_leads_back(desk):
    assert "Nobody matches this search." in text(desk.get(LIST, {"q": "nobody"}))


def test_an_empty_branch_offers_the_first_step(client, administrator):
    client.force_login(administrator)
    assert "from applicants to full members" in text(client.get(LIST))


def test_the_list_is_paged_and_keeps_the_filter(desk):
    for _person in range(25):
        make_member(stage="applicant")
    page = desk.get(LIST, {"stage": "applicant", "page": 2})
    assert len(names(page)) == 5
    assert "?stage=applicant&amp;page=1" in text(page)


def test_who_left_is_listed_apart(desk):
    make_member("离开", left_on=datetime.date(2025, 1, 1))
    assert "离开" not in names(desk.get(LIST))
    assert names(desk.get(LIST, {"who": "left"})) == ["离开"]


def test_a_member_does_not_see_who_left(client):
    gone = make_member("离开", left_on=datetime.date(2025, 1, 1))
    client.force_login(make_user())
    assert "离开" not in names(client.get(LIST, {"who": "left"}))
    assert client.get(reverse("members:detail", args=[gone.pk])).status_code == 404


def test_only_posts_of_today_stand_in_the_list(desk):
    today = timezone.localdate()
    make_position(make_member(), "publicity", ended_on=today - datetime.timedelta(1))
    make_position(make_member(), "discipline", started_on=today + datetime.timedelta(1))
    make_position(make_member(), "organization")
    page = text(desk.get(LIST))
    assert "organization commissioner" in page
    assert "publicity commissioner" not in page
    assert "discipline commissioner" not in page


@pytest.mark.parametrize("address", [LIST, "/en/desk/accounts/", "/en/desk/groups/"])
def test_a_list_asks_as_often_for_ten_as_for_a_thousand(desk, address):
    group = make_group()
    fill(10, group)
    few = count_queries(desk, address)
    fill(990, group)
    assert count_queries(desk, address) == few


def fill(number: int, group) -> None:
    start = Member.objects.count()
    people = [
        Member(
            name=f"人{start + one}",
            sort_key=f"ren {start + one}",
            gender="male",
            stage="applicant",
            party_group=group,
        )
        for one in range(number)
    ]
    people = Member.objects.bulk_create(people)
    Position.objects.bulk_create(
        Position(member=one, post="committee", started_on=datetime.date(2020, 1, 1)) for one in people
    )
    User.objects.bulk_create(User(username=f"u{one.pk}", member=one, password="!") for one in people)


def count_queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# --- one person's page ----------------------------------------------------------------------------
def person() -> Member:
    member = make_member("丁一", birth_date=datetime.date(1968, 2, 3))
    make_user(member=member, mobile="13700137000")
    return member


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.SECRETARY, True), (Role.COMMITTEE, False), (Role.MEMBER, False), (Role.ADMINISTRATOR, False)],
)
def test_personal_data_is_for_the_secretary(client, role, sees):
    client.force_login(make_user(role))
    page = text(client.get(reverse("members:detail", args=[person().pk])))
    assert ("1968" in page) is sees
    assert ("13700137000" in page) is sees


def test_everybody_reads_their_own_personal_data(client):
    member = person()
    client.force_login(member.user)
    assert "1968" in text(client.get(reverse("members:detail", args=[member.pk])))


def test_the_page_tells_posts_with_their_dates(desk):
    member = make_member()
    make_position(member, "publicity", started_on="2020-01-01", ended_on="2021-12-31")
    with_dates = text(desk.get(f"/en/desk/members/{member.pk}/"))
    assert "Jan. 1, 2020 to Dec. 31, 2021" in with_dates


def test_nothing_of_a_person_is_public(client):
    member = person()
    for name in ("detail", "edit", "appoint"):
        response = client.get(reverse(f"members:{name}", args=[member.pk]))
        assert (response.status_code, response.content) == (302, b"")


# --- the form -------------------------------------------------------------------------------------
VALID = {
    "name": "丁一",
    "gender": "female",
    "stage": "full",
    "admitted_on": "2015-06-30",
    "confirmed_on": "2016-06-30",
    "birth_date": "1968-02-03",
}


def submit(client, **fields):
    return client.post("/en/desk/members/new/", {**VALID, **fields})


def test_a_person_is_added(desk):
    response = submit(desk, draft_key="member-new")
    member = Member.objects.get(name="丁一")
    assert response.url == f"/en/desk/members/{member.pk}/"
    assert response.cookies["saved_draft"].value == "member-new"


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"stage": "king"}, "stage", "Select a valid choice. king is not one of the available choices."),
        (
            {"admitted_on": ""},
            "admitted_on",
            "Full and probationary members have a date of admission, and nobody else has one.",
        ),
        (
            {"confirmed_on": ""},
            "confirmed_on",
            "A full member has a date of confirmation, and nobody else has one.",
        ),
        ({"confirmed_on": "2015-01-01"}, "confirmed_on", "The confirmation cannot be before the admission."),
        ({"birth_date": "2015-06-30"}, "birth_date", "The admission cannot be before the birth."),
        ({"confirmed_on": "2999-01-01"}, "confirmed_on", "This day is still to come."),
        ({"birth_date": "30.2.1968"}, "birth_date", "Enter a valid date."),
    ],
)
def test_an_error_stands_beside_its_field_and_in_the_summary(desk, fields, where, message):
    response = submit(desk, **fields)
    assert response.status_code == 200
    assert response.context["form"].errors == {where: [message]}
    assert text(response).count(message) == 2
    assert f'href="#id_{where}"' in text(response)
    assert Member.objects.filter(name="丁一").count() == 0


def test_what_was_typed_stays_after_an_error(desk):
    assert 'value="dao dao"' in text(submit(desk, admitted_on="", reading="dao dao"))


def bases(client, member) -> dict:
    """The form as a browser would send it back untouched, hidden bases included."""
    form = client.get(f"/en/desk/members/{member.pk}/edit/").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else str(value) for name, value in shown.items()}
    return {**sent, **{f"base-{name}": value for name, value in sent.items()}}


def test_two_people_changing_different_fields_both_succeed(desk):
    member = make_member("丁一")
    mine = bases(desk, member)
    Member.objects.filter(pk=member.pk).update(gender="male")
    response = desk.post(f"/en/desk/members/{member.pk}/edit/", {**mine, "name": "丁乙"})
    assert response.status_code == 302
    member.refresh_from_db()
    assert (member.name, member.gender) == ("丁乙", "male")


def test_two_people_changing_one_field_is_told_and_nothing_is_lost(desk):
    member = make_member("丁一")
    mine = bases(desk, member)
    Member.objects.filter(pk=member.pk).update(name="丁甲")
    address = f"/en/desk/members/{member.pk}/edit/"
    response = desk.post(address, {**mine, "name": "丁乙"})
    assert response.status_code == 200
    assert "丁甲" in response.context["form"].errors["name"][0]
    assert 'value="丁乙"' in text(response)
    member.refresh_from_db()
    assert member.name == "丁甲"
    again = desk.post(address, {**mine, "base-name": "丁甲", "name": "丁乙"})
    assert again.status_code == 302
    member.refresh_from_db()
    assert member.name == "丁乙"


def test_whoever_leaves_loses_their_posts_that_day(desk):
    member = make_member()
    post = make_position(member, "publicity", started_on=datetime.date(2020, 1, 1))
    response = desk.post(
        f"/en/desk/members/{member.pk}/events/new/", {"kind": "moved_out", "on": "2025-05-31"}
    )
    assert response.status_code == 302
    post.refresh_from_db()
    member.refresh_from_db()
    assert post.ended_on == member.left_on == datetime.date(2025, 5, 31)
    assert member.standing == Member.Standing.MOVED_OUT


def test_nobody_leaves_before_a_post_begins(desk):
    member = make_member()
    make_position(member, "publicity", started_on=datetime.date(2025, 6, 1))
    response = desk.post(
        f"/en/desk/members/{member.pk}/events/new/", {"kind": "moved_out", "on": "2025-05-31"}
    )
    assert response.context["form"].errors == {"on": ["This person has a post that begins after that day."]}
    member.refresh_from_db()
    assert member.left_on is None
