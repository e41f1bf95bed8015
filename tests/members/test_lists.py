"""The list of people: filters, columns, order; what the reader does not see, the list does not tell either."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.columns import COLUMNS
from members.models import Member, MobilePeriod, SensitiveRecord
from members.permissions import Role
from members.privacy import Privacy, fields_of
from tests.factories import make_event, make_group, make_member, make_position, make_user

LIST = "/en/desk/members/"
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def names(response) -> list[str]:
    return [member.name for member in response.context["page"] if not member.name.startswith("测试")]


def text(response) -> str:
    return response.content.decode()


def row(response, name: str) -> dict[str, str]:
    """The cells of a person on the page, as a file would have them."""
    line = next(line for line in response.context["lines"] if line.member.name == name)
    return {cell.column.name: cell.written for cell in line.cells}


def show(client, *columns: str, **asked):
    """The list with these columns, as a browser comes to it."""
    return client.get(LIST, {"choose": "1", "columns": columns, **asked}, follow=True)


@pytest.fixture
def leader(client):
    """Signed in: the leader of a Party group."""
    group = make_group(name="第一党小组")
    member = make_member("组长", party_group=group)
    make_position(member, "group_leader", party_group=group)
    user = make_user(member=member)
    client.force_login(user)
    return user


# --- filters ----------------------------------------------------------------------------------------
def away(member, **fields) -> None:
    period = {"since": datetime.date(2025, 1, 1), "place": "邻市", "reason": "work", **fields}
    MobilePeriod.objects.create(member=member, contact_person=make_member(), **period)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stage": "full", "gender": "male"}, ["乙"]),
        ({"standing": "lost_contact"}, ["丁"]),
        ({"gender": "male"}, ["丙", "乙"]),
        ({"post": "yes"}, ["乙"]),
        ({"vote": "yes"}, ["甲", "乙"]),
        ({"vote": "no"}, ["丙", "丁", "戊"]),
        ({"away": "yes"}, ["甲"]),
        ({"account": "yes"}, ["丙"]),
        ({"account": "no", "gender": "male"}, ["乙"]),
        ({"away": "yes", "q": "yi"}, []),
    ],
)
def test_each_filter_shows_who_matches_it(desk, asked, found):
    away(make_member("甲"))
    returned = make_member("乙", gender="male")
    away(returned, until=TODAY - DAY)
    make_position(returned, "committee")
    make_user(member=make_member("丙", gender="male", stage="activist"))
    make_event(make_member("丁"), "lost_contact")
    make_member("戊", voteless_until=TODAY)
    assert sorted(names(desk.get(LIST, asked))) == sorted(found)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMITTEE])
@pytest.mark.parametrize(
    ("asked", "reader"),
    [({"vote": "no"}, Role.COMMITTEE), ({"away": "yes"}, Role.COMMITTEE), ({"account": "yes"}, None)],
)
def test_a_filter_that_would_tell_too_much_is_neither_offered_nor_obeyed(client, role, asked, reader):
    away(make_member("甲", voteless_until=TODAY))
    make_user(member=make_member("乙"))
    client.force_login(make_user(role))
    page = client.get(LIST, asked)
    (name,) = asked
    assert (f'name="{name}"' in text(page)) is (role == reader)
    assert (names(page) == ["甲"]) is (role == reader)


def test_the_telephone_finds_people_for_the_secretary(desk):
    make_member("甲", phone="13800138000")
    assert names(desk.get(LIST, {"q": "8000"})) == ["甲"]
    assert names(desk.get(LIST, {"q": "000"})) == []


def test_nobody_learns_by_searching_whose_number_it_is(client, leader):
    make_member("甲", phone="13800138000", party_group=leader.member.party_group)
    make_member("乙", phone="13900138000", party_group=make_group())
    assert names(client.get(LIST, {"q": "138000"})) == ["甲"]
    client.force_login(make_user(Role.COMMITTEE))
    assert names(client.get(LIST, {"q": "138000"})) == []


def test_the_filters_in_use_are_said_in_words(desk):
    group = make_group(name="第三党小组")
    make_member("甲", party_group=group)
    page = text(desk.get(LIST, {"group": group.pk, "stage": "full"}))
    assert "Party group: 第三党小组" in page
    assert "Stage: full member" in page
    assert "2 in use" in page


# --- columns ----------------------------------------------------------------------------------------
def test_days_on_the_way_into_the_party_are_columns_for_one_query_more(client, desk):
    names_of_days = ("applied_on", "activist_on", "target_on", "probation_ends_on")
    person = make_member("甲", stage="probationary", admitted_on=datetime.date(2025, 7, 1))
    for kind, year in (("applied", 2022), ("activist", 2023), ("target", 2024)):
        make_event(person, kind, datetime.date(year, 5, 1))
    make_event(person, "extended", datetime.date(2026, 7, 1), until=datetime.date(2027, 1, 1))
    full = make_member("乙", admitted_on=datetime.date(2012, 7, 1))
    make_event(full, "applied", datetime.date(2010, 5, 1))
    page = show(desk, *names_of_days)
    days = [datetime.date(year, 5, 1) for year in (2022, 2023, 2024)]
    assert row(page, "甲") == dict(zip(names_of_days, [*days, datetime.date(2027, 1, 1)], strict=True))
    assert row(page, "乙") == {**dict.fromkeys(names_of_days, ""), "applied_on": datetime.date(2010, 5, 1)}

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(LIST)
        return len(captured)

    with_days = queries()
    show(desk, "stage")
    assert queries() == with_days - 1
    client.force_login(make_user())
    assert row(show(client, "stage", *names_of_days), "甲").keys() == {"stage"}


def test_chosen_columns_stay_with_the_browser(desk):
    make_member("甲", employer="市医院", admitted_on=datetime.date(2012, 7, 1))
    page = show(desk, "employer", "admitted_on", stage="full", page="7")
    assert page.redirect_chain == [(f"{LIST}?stage=full", 302)]
    expected = {"admitted_on": datetime.date(2012, 7, 1), "employer": "市医院"}
    assert row(page, "甲") == row(desk.get(LIST), "甲") == expected


def test_no_column_at_all_leaves_the_name(desk):
    make_member("甲")
    assert row(show(desk), "甲") == {}


def test_columns_that_do_not_exist_are_left_aside(desk):
    make_member("甲")
    assert row(show(desk, "id_number", "password", "gender"), "甲") == {"gender": "female"}


def test_sensitive_fields_are_no_columns():
    sealed = {field.name for field in fields_of(SensitiveRecord, Privacy.SENSITIVE)}
    assert sealed
    assert not sealed & COLUMNS.keys()
    personal = {field.name for field in fields_of(Member, Privacy.PERSONAL)} & COLUMNS.keys()
    assert personal == {name for name, column in COLUMNS.items() if column.is_personal}
    assert "phone" in personal


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.MEMBER, Role.ADMINISTRATOR])
def test_personal_columns_are_not_offered_to_whoever_sees_no_personal_data(client, role):
    make_member("甲", phone="13800138000", birth_date=datetime.date(1971, 2, 3))
    client.force_login(make_user(role))
    page = show(client, "phone", "birth_date", "gender")
    assert row(page, "甲") == {"gender": "female"}
    assert 'value="phone"' not in text(page)


def test_a_group_leader_sees_personal_columns_of_the_own_group_alone(client, leader):
    make_member("甲", phone="13800138000", party_group=leader.member.party_group)
    make_member("乙", phone="13900139000", party_group=make_group())
    page = show(client, "phone")
    assert (row(page, "甲"), row(page, "乙")) == ({"phone": "13800138000"}, {"phone": "***"})
    assert "13900139000" not in text(page)


# --- order ------------------------------------------------------------------------------------------
def test_people_stand_by_the_sound_of_their_names_or_backwards(desk):
    for name in ("赵敏", "安娜", "重庆"):
        make_member(name)
    assert names(desk.get(LIST)) == ["安娜", "重庆", "赵敏"]
    assert names(desk.get(LIST, {"sort": "-name"})) == ["赵敏", "重庆", "安娜"]


def test_another_order_is_by_the_column_with_what_is_missing_last(desk):
    make_member("甲", birth_date=datetime.date(1980, 1, 1), education="college")
    make_member("乙", birth_date=datetime.date(1970, 1, 1), education="undergraduate")
    make_member("丙")
    assert names(desk.get(LIST, {"sort": "birth_date"})) == ["乙", "甲", "丙"]
    assert names(desk.get(LIST, {"sort": "-birth_date"})) == ["甲", "乙", "丙"]
    assert names(desk.get(LIST, {"sort": "education"})) == [
        "乙",
        "甲",
        "丙",
    ]  # as the choices stand, not their codes


def _give(member, column: str, rank: int) -> None:
    """Something to be ordered by that stands first (0) or second (1) in the column."""
    day = datetime.date(2020 + rank, 5, 1)
    if column == "posts":
        make_position(member, ("publicity", "group_leader")[rank], party_group=(None, make_group())[rank])
    elif column == "away":
        away(member) if rank else None
    elif column == "account":
        make_user(member=member, username=("Anna", "bo")[rank])
    elif column in {"applied_on", "activist_on", "target_on"}:
        make_event(member, column.removesuffix("_on"), day)
    elif column == "standing" and rank:
        make_event(member, "lost_contact")
    elif column == "probation_ends_on" and rank:  # admitted first, and yet on probation for longer
        make_event(member, "extended", datetime.date(2025, 7, 1), until=datetime.date(2027, 2, 1))


RANKED = {
    "stage": ("activist", "target"),
    "gender": ("male", "female"),
    "education": ("postgraduate", "college"),
    "degree": ("doctor", "bachelor"),
    "phone": ("13100000000", "13900000000"),
    "birth_date": (datetime.date(1960, 1, 1), datetime.date(1970, 1, 1)),
}
# Whoever is an applicant has applied; a day of admission or confirmation needs its stage.
STAGES = {
    "applied_on": "full",
    "admitted_on": "probationary",
    "confirmed_on": "full",
    "probation_ends_on": "probationary",
}
NEVER_EMPTY = {"stage", "standing", "gender", "away"}


@pytest.mark.parametrize("column", COLUMNS)
def test_people_stand_in_the_order_of_every_column_whatever_it_shows(desk, column):
    """Both whose names stand in the other order, and one with nothing in the column."""
    field = next((field for field in Member._meta.local_fields if field.name == column), None)
    is_day = field is not None and field.get_internal_type() == "DateField"
    days = (datetime.date(2021, 1, 1), datetime.date(2022, 1, 1))
    values = RANKED.get(column) or (
        days if is_day else ("安医院", "中学") if field is not None else (None, None)
    )
    if column == "standing":
        values = (None, None)
    elif column == "party_group":
        values = (make_group(order=1), make_group(order=2))
    for rank, name in enumerate(("赵", "安")):
        given = {} if values[rank] is None else {column: values[rank]}
        if column == "probation_ends_on":
            given["admitted_on"] = datetime.date(2024, 8, 2 - rank)
        stage = given.pop("stage", STAGES.get(column, "applicant"))
        _give(make_member(name, stage=stage, **given), column, rank)
    make_member("白", stage="full" if column == "applied_on" else "applicant")
    asked = {"who": "left"} if column == "left_on" else {}

    def order(sort: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            page = show(desk, column, sort=sort, **asked)
        assert len(captured) < 25
        found = names(page)
        return found if column not in NEVER_EMPTY else [name for name in found if name != "白"]

    rest = [] if column in NEVER_EMPTY or asked else ["白"]
    assert order(column) == ["赵", "安", *rest]
    assert order(f"-{column}") == ["安", "赵", *rest]


def test_the_end_of_a_probation_is_the_same_day_for_the_order_as_for_the_reader(desk):
    """A leap day, an extension, an earlier probation that was extended and broken off."""
    leap = make_member("甲", stage="probationary", admitted_on=datetime.date(2024, 2, 29))
    extended = make_member("乙", stage="probationary", admitted_on=datetime.date(2023, 12, 1))
    make_event(extended, "extended", datetime.date(2024, 11, 1), until=datetime.date(2025, 3, 1))
    again = make_member("丙", stage="probationary", admitted_on=datetime.date(2020, 7, 1))
    make_event(again, "extended", datetime.date(2021, 6, 1), until=datetime.date(2030, 1, 1))
    make_event(again, "cancelled", datetime.date(2021, 12, 1))
    make_event(again, "moved_in", datetime.date(2023, 12, 1))
    make_event(again, "admitted", datetime.date(2024, 2, 1))
    found = Member.objects.with_order_of_admission().annotate(until=F("probation_until"))
    for person in found.filter(pk__in=[leap.pk, extended.pk, again.pk]).with_admission_entries():
        assert person.stage == "probationary"
        assert person.until == COLUMNS["probation_ends_on"].value(person)
    page = show(desk, "probation_ends_on", sort="probation_ends_on")
    assert names(page) == ["丙", "甲", "乙"]


@pytest.mark.usefixtures("leader")
def test_the_order_of_what_is_masked_stays_hidden(client):
    make_member("安", birth_date=datetime.date(1980, 1, 1))
    make_member("赵", birth_date=datetime.date(1970, 1, 1))
    page = show(client, "birth_date", sort="birth_date")
    assert [name for name in names(page) if name != "组长"] == ["安", "赵"]
    assert '<th scope="col">Date of birth</th>' in text(page)
    assert '<option value="birth_date"' not in text(page)


def test_the_heading_says_the_order_and_leads_to_the_other_one(desk):
    for _person in range(25):
        make_member(stage="applicant")
    page = text(desk.get(LIST, {"stage": "applicant", "sort": "stage", "page": "2"}))
    assert '<th scope="col" aria-sort="ascending"><a href="?stage=applicant&amp;sort=-stage">' in page
    assert "?stage=applicant&amp;sort=stage&amp;page=1" in page


# --- how often the database is asked ------------------------------------------------------------------
COLUMNS_THAT_ASK = ("stage", "party_group", "posts", "away", "account", "phone")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        *({"sort": column} for column in ("party_group", "posts", "employer", "account", "away")),
        *({"sort": f"-{column}"} for column in ("applied_on", "probation_ends_on", "phone")),
        {"vote": "yes", "away": "no", "post": "no"},
        {"q": "ren"},
    ],
)
def test_the_list_asks_as_often_for_few_as_for_many(desk, asked):
    group = make_group()
    show(desk, *COLUMNS_THAT_ASK)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = desk.get(LIST, asked)
        assert page.context["lines"]
        return len(captured)

    make_member("人一", party_group=group)
    few = queries()
    for number in range(19):
        member = make_member(f"人{number}", party_group=group)
        make_user(member=member)
        away(member) if number % 2 else make_position(member, "committee")
    assert queries() == few
