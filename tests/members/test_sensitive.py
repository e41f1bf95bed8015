"""Sensitive data: sealed, shown on demand to those entitled, every look recorded and seen by the member."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from members import actions, id_numbers
from members.models import SensitiveLook, SensitiveRecord
from members.permissions import Role
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db

# The number that the standard itself gives as an example (GB 11643-1999).
NUMBER = "11010519491231002X"


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


def with_number(secretary, number=NUMBER):
    member = make_member()
    actions.change_sensitive(member, {"id_number": number, "discipline": "警告处分"}, by=secretary)
    return member


def test_the_database_holds_no_identity_number_in_clear(secretary):
    with_number(secretary)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS line WHERE line::text LIKE %s',  # noqa: S608 - names from the database
                [f"%{NUMBER[:-1]}%"],
            )
            assert cursor.fetchone()[0] == 0, table


def test_a_look_is_shown_recorded_and_seen_by_the_member(desk, secretary, client):
    member = with_number(secretary)
    person = make_user(member=member)
    page = desk.post(f"/en/desk/members/{member.pk}/sensitive/").content.decode()
    assert NUMBER in page
    assert set(SensitiveLook.objects.values_list("member", "user", "field", "occasion")) == {
        (member.pk, secretary.pk, "id_number", "page"),
        (member.pk, secretary.pk, "discipline", "page"),
    }
    client.force_login(person)
    page = client.get(f"/en/desk/members/{member.pk}/sensitive/looks/").content.decode()
    assert "Identity number" in page
    assert str(secretary) in page


def test_the_record_page_shows_nothing_sensitive_by_itself(desk, secretary):
    member = with_number(secretary)
    page = desk.get(f"/en/desk/members/{member.pk}/").content.decode()
    assert NUMBER not in page
    assert "警告处分" not in page
    assert SensitiveLook.objects.count() == 0


def test_opening_the_form_is_a_look(desk, secretary):
    member = with_number(secretary)
    address = f"/en/desk/members/{member.pk}/sensitive/edit/"
    asked = desk.get(address).content.decode()
    assert "is recorded" in asked
    assert NUMBER not in asked
    assert SensitiveLook.objects.count() == 0
    opened = desk.post(address, {"open": "yes"}).content.decode()
    assert f'name="base-id_number" value="{NUMBER}"' in opened
    assert set(SensitiveLook.objects.values_list("occasion", flat=True)) == {"edit"}


def test_ones_own_data_are_seen_without_a_trace(client, secretary):
    member = with_number(secretary)
    client.force_login(make_user(member=member))
    assert NUMBER in client.post(f"/en/desk/members/{member.pk}/sensitive/").content.decode()
    assert SensitiveLook.objects.count() == 0


def test_looks_cannot_be_wiped_out(secretary):
    member = with_number(secretary)
    actions.look_at(member, ["id_number"], by=secretary, occasion="page")
    for act in (
        lambda: SensitiveLook.objects.all().delete(),
        lambda: SensitiveLook.objects.update(field="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_one_number_stands_in_one_record(desk, secretary):
    with_number(secretary)
    other = make_member()
    response = desk.post(f"/en/desk/members/{other.pk}/sensitive/edit/", {"id_number": NUMBER})
    assert response.context["form"].errors == {"id_number": ["Another record has this identity number."]}
    assert not SensitiveRecord.objects.filter(member=other).exists()


def test_a_field_that_is_emptied_is_empty(desk, secretary):
    member = with_number(secretary)
    response = desk.post(f"/en/desk/members/{member.pk}/sensitive/edit/", {"dues_base": "8000"})
    assert response.status_code == 302
    record = SensitiveRecord.objects.get(member=member)
    assert (record.id_number, record.discipline, record.dues_base) == ("", "", "8000.00")
    assert record.id_number_digest is None


# --- identity numbers -----------------------------------------------------------------------------
def test_the_standards_own_example_is_right():
    assert id_numbers.clean(" 110105 19491231 002x ") == NUMBER
    assert id_numbers.masked(NUMBER) == "110***********002X"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1101051949123100", "has 18 characters"),
        ("110105194912310021", "does not fit"),
        ("11010519490231002X", "no day of the calendar"),
        ("ABC", "has 18 characters"),
    ],
)
def test_a_wrong_number_is_refused_in_words(typed, words):
    with pytest.raises(ValidationError, match=words):
        id_numbers.clean(typed)


@given(place=st.integers(0, 16), other=st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(place, other):
    digits = NUMBER[:17]
    wrong = digits[:place] + str((int(digits[place]) + other) % 10) + digits[place + 1 :]
    assert id_numbers.check_character(wrong) != NUMBER[17]


def test_every_look_can_be_read_page_by_page(desk, secretary):
    member = with_number(secretary)
    SensitiveLook.objects.bulk_create(
        SensitiveLook(member=member, user=secretary, field="id_number", occasion="page")
        for _number in range(201)
    )
    first = desk.get(f"/en/desk/members/{member.pk}/sensitive/looks/").context["page"]
    last = desk.get(f"/en/desk/members/{member.pk}/sensitive/looks/?page=11").context["page"]
    assert (first.paginator.count, len(first), len(last)) == (201, 20, 1)
    assert last[0].pk == SensitiveLook.objects.earliest("at", "pk").pk


def test_a_dues_base_is_a_sum_whoever_writes_it(secretary):
    member = make_member()
    with pytest.raises(ValidationError) as refusal:
        actions.change_sensitive(member, {"dues_base": "about 6500"}, by=secretary)
    assert "dues_base" in refusal.value.message_dict
    assert actions.change_sensitive(member, {"dues_base": "6500.50"}, by=secretary).dues_base == "6500.50"
