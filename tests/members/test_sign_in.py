"""Signing in and out, and one's own password."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.models import User
from members.permissions import Role
from tests.factories import PASSWORD, make_event, make_member, make_user

WRONG = "The login name, mobile number or password is not right."
SIGN_IN = "/en/desk/sign-in/"
DESK = "/en/desk/"


def sign_in(client, login: str, password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login",
    [
        "zhangwei",
        "ZhangWei",
        " zhangwei ",
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
    ],
)
def test_signing_in_by_name_or_number(client, login):
    user = make_user(username="zhangwei", mobile="13800138000")
    response = sign_in(client, login)
    assert (response.status_code, response.url) == (302, DESK)
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("login", "password"), [("zhangwei", "wrong"), ("nobody", PASSWORD), ("13900139000", "x")]
)
def test_the_same_refusal_for_an_unknown_name_and_a_wrong_password(client, login, password):
    make_user(username="zhangwei", mobile="13800138000")
    response = sign_in(client, login, password)
    assert response.status_code == 200
    assert response.context["form"].errors == {"__all__": [WRONG]}
    assert response.content.decode().count(WRONG) == 1
    assert not is_signed_in(client)


def test_an_account_without_a_number_is_not_found_by_an_empty_one(client):
    make_user(username="zhangwei")
    assert sign_in(client, "--").context["form"].errors == {"__all__": [WRONG]}


def test_empty_fields_are_named(client):
    errors = sign_in(client, "", "").context["form"].errors
    assert errors == {"login": ["This field is required."], "password": ["This field is required."]}


def test_the_refusal_is_in_the_readers_language(client):
    page = client.post("/zh-hans/desk/sign-in/", {"login": "", "password": ""})
    with override("zh-hans"):
        assert page.context["form"].errors["login"] == ["这个字段是必填项。"]


def test_a_closed_account_is_told_so_only_with_the_right_password(client):
    make_user(username="zhangwei", is_active=False)
    closed = "This account is closed. Ask the branch secretary."
    assert sign_in(client, "zhangwei").context["form"].errors == {"__all__": [closed]}
    assert sign_in(client, "zhangwei", "wrong").context["form"].errors == {"__all__": [WRONG]}
    assert not is_signed_in(client)


def test_whoever_left_the_branch_signs_in_no_more(client):
    make_user(username="zhangwei", member=make_member(left_on="2025-01-01"))
    assert "closed" in str(sign_in(client, "zhangwei").context["form"].errors)
    assert not is_signed_in(client)


def test_next_is_kept_and_followed(client):
    make_user(username="zhangwei")
    target = reverse("members:list")
    page = client.get(target, follow=True)
    assert page.redirect_chain == [(f"{reverse('account_login')}?next={target}", 302)]
    assert f'<input type="hidden" name="next" value="{target}">' in page.content.decode()
    refused = client.post(reverse("account_login"), {"login": "x", "password": "x", "next": target})
    assert f'<input type="hidden" name="next" value="{target}">' in refused.content.decode()
    assert sign_in(client, "zhangwei", next=target).url == target


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example", "https:///evil.example",
    ],
)  # fmt: skip
def test_another_site_is_not_followed(client, target):
    make_user(username="zhangwei")
    assert sign_in(client, "zhangwei", next=target).url == DESK


def test_whoever_is_signed_in_needs_no_form(client):
    client.force_login(make_user())
    assert client.get(SIGN_IN).url == DESK


def test_the_session_changes_its_key_at_sign_in(client):
    make_user(username="zhangwei")
    client.get(SIGN_IN)
    session = client.session
    session["kept"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, "zhangwei")
    assert client.session.session_key != before


def test_the_session_ends_with_the_browser(client):
    make_user(username="zhangwei")
    sign_in(client, "zhangwei")
    assert client.session.get_expire_at_browser_close()


def test_signing_out_closes_the_desk(client):
    client.force_login(make_user())
    response = client.post(reverse("account_logout"))
    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert client.get(reverse("members:list")).status_code == 302
    assert not is_signed_in(client)


def test_signing_out_by_a_link_only_asks(client):
    client.force_login(make_user())
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)


def test_whoever_lost_every_role_can_still_sign_out(client):
    user = make_user()
    client.force_login(user)
    make_event(user.member, "moved_out")
    assert client.get(reverse("members:list")).status_code == 403
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_out_twice_does_no_harm(client, method):
    assert getattr(client, method)(reverse("account_logout")).url == reverse("account_login")


def test_pages_behind_sign_in_stay_in_no_cache(client):
    client.force_login(make_user(Role.SECRETARY))
    for name in ("members:list", "members:accounts", "account_change_password"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"], name


def test_the_way_to_sign_in_stays_in_no_cache(client):
    assert client.get(reverse("members:list"))["Cache-Control"] == "private, no-store"
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


# --- one's own password ---------------------------------------------------------------------------
NEW = "quiet-river-stone"


def change(client, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    fields = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/en/desk/password/", fields)


def test_a_new_password_is_taken_and_the_session_goes_on(client):
    user = make_user()
    client.force_login(user)
    assert change(client).url == reverse("mfa_index")
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert client.get(reverse("members:list")).status_code == 200


def test_a_new_password_ends_the_other_sessions(client):
    user, elsewhere = make_user(), Client()
    client.force_login(user)
    elsewhere.force_login(user)
    change(client)
    assert elsewhere.get(reverse("members:list")).status_code == 302


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"old": "wrong"}, "oldpassword", "This is not your present password."),
        ({"again": "quiet-river-stones"}, "password2", "You must type the same password each time."),
        ({"new": "123"}, "password1", "This password is too short. It must contain at least 8 characters."),
        ({"new": "8642097531"}, "password1", "This password is entirely numeric."),
        ({"new": "password1"}, "password1", "This password is too common."),
        ({"new": "zhangwei1"}, "password1", "The password is too similar to the login name."),
    ],
)
def test_a_refused_password_says_why_beside_its_field(client, fields, where, message):
    client.force_login(make_user(username="zhangwei"))
    errors = change(client, **fields).context["form"].errors
    assert message in errors[where]
    assert list(errors) == [where]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_change_password"])
def test_the_three_pages_speak_both_languages(client, name, language):
    if name != "account_login":
        client.force_login(make_user())
    with override(language):
        page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.templates[0].name.startswith("account/")
