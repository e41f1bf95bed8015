"""Two people edit one record: the second is shown the difference, and nothing is overwritten unseen."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client

from branch_portal.forms.three_way import ThreeWayModelForm
from members import actions
from members.models import (
    Award,
    Member,
    MobileContact,
    MobilePeriod,
    SensitiveLook,
    SensitiveRecord,
    Training,
    Transfer,
)
from members.permissions import Role
from tests.factories import make_event, make_group, make_member, make_position, make_user

pytestmark = pytest.mark.django_db

D = datetime.date
NUMBER = "11010519491231002X"


@pytest.fixture
def deputy():
    """The second writer."""
    member = make_member("单副书记")
    make_position(member, "deputy")
    return make_user(member=member)


@pytest.fixture
def other(deputy):
    client = Client()
    client.force_login(deputy)
    return client


def typed(client, address: str, /, **changes) -> dict:
    """What a browser sends that opened the page now and changed only these fields later."""
    page = client.get(address)
    if "form" not in page.context:  # a form that is opened only on demand
        page = client.post(address, {"open": "yes"})
    form = page.context["form"]
    data = {}
    for name in form.fields:
        text = form.input_text(name, form.initial.get(name))
        data[name] = text
        data[form.base_name(name)] = text
    return {**data, **({"why": "更正"} if "why" in data else {}), **changes}


# Every field of a record, with a value that is not the one it has at first.
FIELDS = {
    "name": "改名",
    "reading": "gai ming",
    "gender": "male",
    "ethnic_group": "回族",
    "birth_date": "1980-05-06",
    "native_place": "澜川",
    "introducers": "陆秉文、单雪蓉",
    "voteless_until": "2027-01-01",
    "education": "college",
    "degree": "master",
    "school": "澜川医学院",
    "work_started_on": "2001-07-01",
    "employer": "市医院",
    "department": "内科",
    "duty": "主任",
    "title": "主任医师",
    "phone": "13800000009",
    "address": "学府路1号",
}


def test_the_list_of_fields_is_whole(desk):
    form = desk.get(f"/en/desk/members/{make_member().pk}/edit/").context["form"]
    assert set(form.fields) == set(FIELDS)


MINE = {"education": "postgraduate", "degree": "doctor", "phone": "13800000005"}


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "gender"])  # it has two values only
def test_a_field_of_a_record_is_never_overwritten_unseen(desk, other, name):
    member = make_member(
        "原名",
        reading="yuan ming",
        education="lower",
        degree="bachelor",
        introducers="甲、乙",
        phone="13800000001",
    )
    address = f"/en/desk/members/{member.pk}/edit/"
    is_day = FIELDS[name][-3:-2] == "-"
    mine = MINE.get(name) or ("1999-09-09" if is_day else "我的")
    first, second = typed(other, address, **{name: FIELDS[name]}), typed(desk, address, **{name: mine})
    assert other.post(address, first).status_code == 302
    page = desk.post(address, second)
    assert list(page.context["form"].conflicts) == [name]
    assert "单副书记" in page.context["form"].errors[name][0]
    assert str(getattr(Member.objects.get(pk=member.pk), name)) == FIELDS[name]
    assert page.context["form"][name].value() == mine


def test_saving_once_more_is_a_choice(desk, other):
    member = make_member(introducers="甲、乙")
    address = f"/en/desk/members/{member.pk}/edit/"
    first, second = typed(other, address, introducers="丙、丁"), typed(desk, address, introducers="戊、己")
    other.post(address, first)
    page = desk.post(address, second)
    assert "丙、丁" in page.context["form"].errors["introducers"][0]
    again = {**second, "base-introducers": page.context["form"].base_of("introducers")}
    assert desk.post(address, again).status_code == 302
    assert Member.objects.get(pk=member.pk).introducers == "戊、己"


# --- several values in one field -------------------------------------------------------------------
class PeopleForm(ThreeWayModelForm):
    """A field of several people, as a form of introducers would have it."""

    people = forms.ModelMultipleChoiceField(Member.objects.all(), required=False)

    class Meta:
        model = Member
        fields = ("employer",)


def people_form(standing, *, base=None, mine=()):
    data = None
    if base is not None:
        data = QueryDict(mutable=True)
        data.setlist("people", [str(one.pk) for one in mine])
        data.setlist("base-people", [str(one.pk) for one in base] or [""])
        data.update({"employer": "", "base-employer": ""})
    return PeopleForm(data, instance=make_member(), initial={"people": list(standing)})


@pytest.fixture
def abc():
    return [make_member(name) for name in ("介绍人甲", "介绍人乙", "介绍人丙")]


def test_an_empty_choice_is_carried_too(abc):
    assert 'name="base-people" value=""' in people_form([]).bases()
    assert people_form(abc[:2]).bases().count('name="base-people"') == 2


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "conflict", "result"),
    [
        ([], [0], [1], True, None),
        ([0], [0, 1], [0, 2], True, None),
        ([0], [], [0, 2], True, None),
        ([], [0], [], False, [0]),
        ([0, 1], [0, 1], [], False, []),
        ([0, 1], [2], [1, 0], False, [2]),
        ([0], [0, 1], [1, 0], False, [0, 1]),
    ],
)
def test_several_people_in_one_field(abc, base, theirs, mine, conflict, result):
    def pick(places):
        return [abc[place] for place in places]

    form = people_form(pick(theirs), base=pick(base), mine=pick(mine))
    assert form.is_valid() != conflict
    if conflict:
        shown = ", ".join(one.name for one in pick(theirs)) or "–"
        assert f"“{shown}”" in form.errors["people"][0]
    else:
        assert set(form.cleaned_data["people"]) == set(pick(result))


# --- sensitive data ---------------------------------------------------------------------------------
def test_sensitive_data_are_never_overwritten_unseen_and_the_difference_is_a_look(
    desk, other, secretary, deputy
):
    member = make_member()
    actions.change_sensitive(member, {"discipline": "甲", "dues_base": "8000.00"}, by=secretary)
    address = f"/en/desk/members/{member.pk}/sensitive/edit/"
    first = typed(other, address, discipline="乙", difficulties="重病")
    second = typed(desk, address, discipline="丙", dues_base="9000")
    other.post(address, first)
    looks = SensitiveLook.objects.count()
    page = desk.post(address, second)
    assert "乙" in page.context["form"].errors["discipline"][0]
    assert "单副书记" in page.context["form"].errors["discipline"][0]
    assert SensitiveRecord.objects.get(member=member).discipline == "乙"
    new = SensitiveLook.objects.order_by("-pk")[: SensitiveLook.objects.count() - looks]
    # Both are shown: what was typed by two, and what the other one put where nothing had been typed.
    assert {(look.user, look.field, look.occasion) for look in new} == {
        (secretary, "discipline", "edit"),
        (secretary, "difficulties", "edit"),
    }
    page = desk.post(address, {**second, "base-discipline": "乙"})
    assert page.status_code == 302
    record = SensitiveRecord.objects.get(member=member)
    # Mine where I chose so, the other's where I had touched nothing.
    assert (record.discipline, record.difficulties, record.dues_base) == ("丙", "重病", "9000.00")


def test_two_people_who_type_the_first_identity_number_meet(desk, other):
    member = make_member()
    address = f"/en/desk/members/{member.pk}/sensitive/edit/"
    first, second = typed(other, address, id_number=NUMBER), typed(desk, address, id_number="")
    other.post(address, first)
    assert desk.post(address, second).status_code == 302
    assert SensitiveRecord.objects.get(member=member).id_number == NUMBER


def test_a_form_sent_back_untouched_changes_nothing(desk, secretary):
    member = make_member()
    actions.change_sensitive(member, {"id_number": NUMBER, "dues_base": "8000.00"}, by=secretary)
    address = f"/en/desk/members/{member.pk}/sensitive/edit/"
    data = typed(desk, address)
    events = SensitiveRecord.pgh_event_model.objects.count()
    assert desk.post(address, data).status_code == 302
    assert SensitiveRecord.pgh_event_model.objects.count() == events


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.MEMBER])
def test_the_difference_is_for_the_entitled_only(client, secretary, role):
    member = make_member()
    actions.change_sensitive(member, {"discipline": "甲"}, by=secretary)
    client.force_login(make_user(role))
    address = f"/en/desk/members/{member.pk}/sensitive/edit/"
    answer = client.post(address, {"discipline": "丙", "base-discipline": "乙"})
    assert answer.status_code == 403
    assert "甲" not in answer.content.decode()


# --- rows beside the record -------------------------------------------------------------------------
def event(secretary):
    entry = make_event(make_member(), "moved_in", D(2020, 1, 1), organization="甲支部")
    return f"/en/desk/events/{entry.pk}/correct/", entry, "organization", "乙支部", "丙支部"


def award(secretary):
    row = Award.objects.create(member=make_member(), title="奖", on=D(2024, 6, 28), level="city")
    return f"/en/desk/records/awards/{row.pk}/", row, "title", "优秀党员", "先进个人"


def course(secretary):
    row = Training.objects.create(
        member=make_member(),
        title="班",
        started_on=D(2024, 6, 3),
        ended_on=D(2024, 6, 4),
        hours=Decimal("8.0"),
    )
    return f"/en/desk/records/courses/{row.pk}/", row, "hours", "12.0", "16.0"


def time_away(secretary):
    row = MobilePeriod.objects.create(
        member=make_member(),
        since=D(2024, 1, 1),
        place="邻市",
        reason="work",
        contact_person=secretary.member,
    )
    return f"/en/desk/mobile-members/{row.pk}/edit/", row, "place", "省城", "国外"


ROWS = [event, award, course, time_away]


@pytest.mark.parametrize("make", ROWS)
def test_a_row_is_never_overwritten_unseen(desk, other, secretary, make):
    address, row, name, theirs, mine = make(secretary)
    first, second = typed(other, address, **{name: theirs}), typed(desk, address, **{name: mine})
    assert other.post(address, first).status_code == 302
    page = desk.post(address, second)
    assert list(page.context["form"].conflicts) == [name]
    assert theirs in page.context["form"].errors[name][0]
    row.refresh_from_db()
    assert str(getattr(row, name)) == theirs
    page = desk.post(address, {**second, f"base-{name}": theirs})
    assert page.status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, name)) == mine


@pytest.mark.parametrize("make", ROWS[:3])
def test_what_somebody_changed_meanwhile_is_not_taken_out_unseen(desk, other, secretary, make):
    address, row, name, theirs, _mine = make(secretary)
    removal = address.replace("correct/", "take-out/") if "correct" in address else f"{address}remove/"
    seen = desk.get(removal).context["form"].initial["seen"]
    assert other.post(address, typed(other, address, **{name: theirs})).status_code == 302
    page = desk.post(removal, {"reason": "误录", "seen": seen})
    assert "单副书记 changed this entry meanwhile" in page.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()
    again = page.context["form"]["seen"].value()
    assert desk.post(removal, {"reason": "误录", "seen": again}).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_a_contact_is_taken_out_as_it_was_seen(desk, secretary):
    _address, period, *_rest = time_away(secretary)
    contact = MobileContact.objects.create(period=period, on=D(2024, 2, 1), way="visit")
    removal = f"/en/desk/mobile-members/contacts/{contact.pk}/remove/"
    seen = desk.get(removal).context["form"].initial["seen"]
    assert desk.post(removal, {"reason": "误录", "seen": seen}).status_code == 302


def test_a_letter_that_was_answered_is_not_answered_again(desk, other, secretary):
    member = make_member(party_group=make_group())
    letter = Transfer.objects.create(member=member, direction="out", other_branch="邻市医学会党支部")
    actions.issue_letter(letter, on=D(2025, 3, 1), by=secretary)
    address = f"/en/desk/letters/{letter.pk}/"
    desk.get(f"{address}reject/")
    assert other.post(f"{address}accept/", {"on": "2025-03-10", "note": ""}).status_code == 302
    page = desk.post(f"{address}reject/", {"on": "2025-03-11", "note": "退回"})
    assert "the letter is in the state “accepted”" in page.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.outcome_note) == ("accepted", "")
