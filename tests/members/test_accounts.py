"""Accounts: first passwords, closing, opening again."""

import datetime
import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from members import actions
from members.models import User
from members.passwords import ALPHABET, first_password
from members.permissions import Role
from tests.factories import PASSWORD, make_member, make_user

NEW = "/en/desk/accounts/new/"


def slip(response) -> str:
    """The password on the page."""
    assert response.status_code == 200
    return re.search(r'class="first-password">([^<]+)<', response.content.decode())[1]


def step(client, account: User, name: str):
    return client.post(f"/en/desk/accounts/{account.pk}/{name}/")


def can_sign_in(account: User, password: str) -> bool:
    fields = {"login": account.username, "password": password}
    return Client().post("/en/desk/sign-in/", fields).status_code == 302


def is_in(client) -> bool:
    return client.get("/en/desk/members/").status_code == 200


def test_a_first_password_is_strong_enough_and_easy_to_read():
    password = first_password()
    validate_password(password)
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", password)
    assert set("0o1li").isdisjoint(ALPHABET)
    assert len({first_password() for _time in range(200)}) == 200


def test_an_account_is_made_and_its_password_shown_once(desk):
    member = make_member("丁一")
    response = desk.post(NEW, {"member": member.pk, "username": "dingyi", "mobile": "138 0013 8000"})
    account = User.objects.get(username="dingyi")
    assert (account.member, account.mobile) == (member, "13800138000")
    assert can_sign_in(account, slip(response))
    assert "no-store" in response["Cache-Control"]
    assert slip(response) not in desk.get("/en/desk/accounts/").content.decode()


def test_the_password_is_kept_nowhere(desk):
    response = desk.post(NEW, {"member": make_member().pk, "username": "dingyi"})
    assert slip(response) not in str([session.get_decoded() for session in Session.objects.all()])
    assert slip(response) not in User.objects.get(username="dingyi").password


def test_an_empty_number_is_none(desk):
    for name in ("dingyi", "dinger"):
        desk.post(NEW, {"member": make_member().pk, "username": name, "mobile": " "})
    assert list(User.objects.filter(username__startswith="ding").values_list("mobile", flat=True)) == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"username": "ZhangWei"}, "username", "This login name is taken."),
        ({"username": "zhangwei"}, "username", "This login name is taken."),
        ({"username": "13800138000"}, "username", "Begin with a letter; no spaces and no @."),
        ({"username": "ding yi"}, "username", "Begin with a letter; no spaces and no @."),
        ({"mobile": "139 0013 9000"}, "mobile", "Another account has this mobile number."),
        (
            {"mobile": "12"},
            "mobile",
            "Enter 11 digits beginning with 1, or + and the country code for a number abroad.",
        ),
        ({"member": ""}, "member", "This field is required."),
    ],
)
def test_a_refused_account_says_why_beside_its_field(desk, fields, where, message):
    make_user(username="zhangwei", mobile="13900139000")
    response = desk.post(NEW, {"member": make_member().pk, "username": "dingyi", **fields})
    assert response.context["form"].errors == {where: [message]}
    assert response.content.decode().count(message) == 2


def test_only_people_without_an_account_are_offered(desk):
    without = make_member()
    make_user()
    make_member(left_on=datetime.date(2024, 1, 1))
    assert list(desk.get(NEW).context["form"].fields["member"].queryset) == [without]


def test_names_to_sign_in_by_can_change(desk):
    account = make_user(username="dingyi")
    elsewhere = Client()
    elsewhere.force_login(account)
    desk.post(f"/en/desk/accounts/{account.pk}/", {"username": "dingyi2", "mobile": "+86 13800138000"})
    account.refresh_from_db()
    assert (account.username, account.mobile) == ("dingyi2", "13800138000")
    assert is_in(elsewhere)


def test_a_new_password_ends_the_old_one_and_every_session(desk):
    account, elsewhere = make_user(), Client()
    elsewhere.force_login(account)
    password = slip(step(desk, account, "password"))
    assert not is_in(elsewhere)
    assert not can_sign_in(account, PASSWORD)
    assert can_sign_in(account, password)


def test_a_closed_account_is_out_at_once_and_for_good(desk):
    account, elsewhere = make_user(), Client()
    elsewhere.force_login(account)
    step(desk, account, "close")
    assert not is_in(elsewhere)
    assert not can_sign_in(account, PASSWORD)
    password = slip(step(desk, account, "reopen"))
    assert not is_in(elsewhere)
    assert not can_sign_in(account, PASSWORD)
    assert can_sign_in(account, password)


@pytest.mark.parametrize("name", ["password", "close", "reopen"])
def test_a_step_asks_before_it_acts(desk, name):
    account = make_user()
    before = User.objects.values().get(pk=account.pk)
    assert desk.get(f"/en/desk/accounts/{account.pk}/{name}/").status_code == 200
    assert User.objects.values().get(pk=account.pk) == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("close", "Nobody closes their own account."),
        ("password", "You change your own password under “Change password”."),
    ],
)
def test_nobody_does_it_to_themselves(desk, secretary, name, message):
    response = desk.post(f"/en/desk/accounts/{secretary.pk}/{name}/", follow=True)
    assert message in response.content.decode()
    assert is_in(desk)


def test_the_last_administrator_stays(desk, administrator):
    with pytest.raises(ValidationError, match="last administrator"):
        actions.close_account(administrator, by=make_user())
    second = make_user(Role.ADMINISTRATOR)
    actions.close_account(administrator, by=second)
    assert list(User.objects.filter(is_administrator=True, is_active=True)) == [second]
    with pytest.raises(ValidationError, match="last administrator"):
        actions.close_account(second, by=make_user())


def test_a_closed_account_gets_no_password_but_is_opened_again():
    account, by = make_user(is_active=False), make_user(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="closed"):
        actions.set_first_password(account, by=by)
    actions.reopen_account(account, by=by)
    with pytest.raises(ValidationError, match="open"):
        actions.reopen_account(account, by=by)


def test_whoever_left_gets_no_account_and_none_back():
    gone, by = make_member(left_on=datetime.date(2024, 1, 1)), make_user(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="left the branch"):
        actions.open_account(User(username="gone", member=gone), by=by)
    account = make_user(member=gone, is_active=False)
    with pytest.raises(ValidationError, match="left the branch"):
        actions.reopen_account(account, by=by)


def test_the_list_masks_numbers_and_finds_by_pinyin(desk):
    make_user(member=make_member("李四"), username="x1", mobile="13800138000")
    page = desk.get("/en/desk/accounts/", {"q": "li si"}).content.decode()
    assert "138******00" in page
    assert "13800138000" not in page
    assert "1 account" in page


@pytest.mark.parametrize("words", ["a%00b", "%FF", "x" * 61, "%25_"])
def test_nonsense_in_the_search_is_no_error(desk, words):
    assert desk.get(f"/en/desk/accounts/?q={words}").status_code == 200
