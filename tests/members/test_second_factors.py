"""Passkeys and codes for everybody; required, after days of grace, of those who can do much, and of nobody else."""

from __future__ import annotations

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import BranchRules, Position, User
from members.permissions import Role
from tests.factories import PASSWORD, make_branch, make_group, make_position, make_user
from tests.one_time_codes import code

SECURITY = "/en/desk/account/"
NEEDING = [Role.ADMINISTRATOR, Role.SECRETARY, Role.COMMITTEE]


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begun(user: User, days_ago: int) -> User:
    """The account has been used with its role for so many days."""
    User.objects.filter(pk=user.pk).update(
        needs_factor_since=timezone.localdate() - datetime.timedelta(days=days_ago)
    )
    return user


def confirm(client: Client) -> None:
    client.post("/en/desk/account/confirm/", {"password": PASSWORD})


def set_up_codes(client: Client) -> str:
    """Switch on codes from an app; returns the secret."""
    confirm(client)
    page = client.get("/en/desk/account/codes/")
    secret = re.search(r'id="totp-secret">(\w+)<', page.content.decode())[1]
    answer = client.post("/en/desk/account/codes/", {"code": code(secret)})
    assert answer.url == "/en/desk/account/recovery-codes/"
    return secret


@pytest.fixture(autouse=True)
def _branch(db):
    make_branch()


# --- who must, and from when ----------------------------------------------------------------------
@pytest.mark.parametrize("role", NEEDING)
def test_grace_begins_with_the_first_use_and_is_told_at_the_desk(role):
    user = make_user(role, needs_factor_since=None)
    client = enter(user)
    assert "within 14 days" in client.get("/en/desk/").content.decode()
    assert User.objects.get(pk=user.pk).needs_factor_since == timezone.localdate()


def test_the_days_are_counted_down():
    user = begun(make_user(Role.COMMITTEE), 13)
    assert "within 1 day." in enter(user).get("/en/desk/").content.decode()


@pytest.mark.parametrize("role", NEEDING)
@pytest.mark.parametrize("days", [14, 400])
def test_after_the_grace_only_the_set_up_is_open(role, days):
    client = enter(begun(make_user(role), days))
    for name in ("desk:home", "members:list", "meetings:list"):
        assert client.get(reverse(name)).url == SECURITY, name
    answer = client.post(reverse("members:branch"))
    assert answer.status_code == 403
    assert "second factor" in answer.content.decode()
    assert "Set up a passkey or codes" in client.get(SECURITY).content.decode()
    for name in ("account_change_password", "usersessions_list", "account_reauthenticate"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.post(reverse("account_language"), {"language": "en"}).status_code == 302
    assert client.post(reverse("account_logout")).url == reverse("account_login")


def test_nobody_is_kept_from_a_ballot():
    client = enter(begun(make_user(Role.COMMITTEE), 400))
    assert client.get(reverse("ballots:list")).status_code == 200
    assert client.get(reverse("ballots:booth", args=[10**9])).status_code == 404  # asked, and there is none
    assert client.get(reverse("ballots:roll", args=[10**9])).url == SECURITY


@pytest.mark.parametrize("post", [None, Position.Post.GROUP_LEADER])
def test_members_and_group_leaders_are_never_forced(post):
    user = begun(make_user(), 400)
    if post:
        make_position(user.member, post, party_group=make_group())
    client = enter(user)
    assert client.get("/en/desk/").status_code == 200
    assert "second factor" not in client.get("/en/desk/").content.decode()


def test_a_post_that_ended_asks_for_nothing():
    user = begun(make_user(Role.SECRETARY), 400)
    user.member.positions.update(ended_on=datetime.date(2021, 1, 1))
    assert enter(user).get("/en/desk/").status_code == 200


def test_the_days_stand_in_the_rules():
    BranchRules.objects.update_or_create(pk=1, defaults={"second_factor_grace_days": 30})
    user = begun(make_user(Role.COMMITTEE), 20)
    assert "within 10 days" in enter(user).get("/en/desk/").content.decode()


@pytest.mark.parametrize("type_", ["totp", "webauthn"])
def test_either_factor_is_enough(type_):
    user = begun(make_user(Role.SECRETARY), 400)
    Authenticator.objects.create(user=user, type=type_, data={})
    assert enter(user).get("/en/desk/").status_code == 200


def test_recovery_codes_alone_are_none():
    user = begun(make_user(Role.SECRETARY), 400)
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    assert enter(user).get("/en/desk/").url == SECURITY


def test_public_pages_do_not_ask():
    client = enter(begun(make_user(Role.SECRETARY), 400))
    assert client.get("/en/").status_code == 200


# --- codes from an app ----------------------------------------------------------------------------
def test_setting_up_asks_for_the_password_first(client):
    client.force_login(make_user())
    assert client.get("/en/desk/account/codes/").url.startswith("/en/desk/account/confirm/")


def test_codes_end_the_grace_and_are_asked_for_at_the_next_sign_in():
    user = begun(make_user(Role.SECRETARY, username="zhou"), 400)
    secret = set_up_codes(enter(user))
    client = Client()
    answer = client.post("/en/desk/sign-in/", {"login": "zhou", "password": PASSWORD})
    assert answer.url == "/en/desk/sign-in/second-factor/"
    wrong = client.post(answer.url, {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(answer.url, {"code": code(secret, later=1)}).url == "/en/desk/"
    assert client.get("/en/desk/").status_code == 200


def test_a_recovery_code_is_shown_once_and_signs_in_once():
    user = make_user(username="zhou")
    client = enter(user)
    set_up_codes(client)
    shown = client.get("/en/desk/account/recovery-codes/").content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", shown)
    assert len(codes) == 10
    assert codes[0] not in client.get("/en/desk/account/recovery-codes/").content.decode()
    for expected in (302, 200):
        elsewhere = Client()
        elsewhere.post("/en/desk/sign-in/", {"login": "zhou", "password": PASSWORD})
        answer = elsewhere.post("/en/desk/sign-in/second-factor/", {"code": codes[0]})
        assert answer.status_code == expected


def test_the_secrets_are_sealed_in_the_database():
    secret = set_up_codes(enter(make_user()))
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert stored.count("sealed1.") == 2


def test_codes_can_be_switched_off_again():
    user = make_user()
    client = enter(user)
    set_up_codes(client)
    assert client.get("/en/desk/account/codes/remove/").status_code == 200
    client.post("/en/desk/account/codes/remove/")
    assert not Authenticator.objects.filter(user=user).exists()  # the recovery codes go with them


def test_somebody_elses_passkey_is_not_found(client):
    passkey = Authenticator.objects.create(user=make_user(), type="webauthn", data={"name": "x"})
    client.force_login(make_user())
    confirm(client)
    assert client.post(f"/en/desk/account/passkeys/{passkey.pk}/remove/").status_code == 404


# --- devices and language -------------------------------------------------------------------------
def sign_in(user: User) -> Client:
    client = Client(headers={"user-agent": "Test browser"})
    client.post("/en/desk/sign-in/", {"login": user.username, "password": PASSWORD})
    return client


def test_own_devices_are_listed_and_the_others_signed_out():
    user = make_user()
    here, elsewhere, stranger = sign_in(user), sign_in(user), sign_in(make_user())
    page = here.get("/en/desk/account/sessions/").content.decode()
    assert page.count("Test browser") == 2
    assert page.count("this device") == 1
    here.post("/en/desk/account/sessions/")
    assert here.get("/en/desk/").status_code == 200
    assert elsewhere.get("/en/desk/").status_code == 302
    assert stranger.get("/en/desk/").status_code == 200


def test_the_language_is_kept_and_opens_the_desk():
    user = make_user()
    client = sign_in(user)
    answer = client.post("/en/desk/account/language/", {"language": "zh-hans"})
    assert answer.url == "/zh-hans/desk/account/"
    again = Client()
    fields = {"login": user.username, "password": PASSWORD}
    assert again.post("/en/desk/sign-in/", fields).url == "/zh-hans/desk/"
    client.post("/zh-hans/desk/account/language/", {"language": ""})
    assert Client().post("/en/desk/sign-in/", fields).url == "/en/desk/"


def test_a_language_that_is_none_changes_nothing():
    user = make_user(language="en")
    sign_in(user).post("/en/desk/account/language/", {"language": "xx"})
    assert User.objects.get(pk=user.pk).language == "en"


# --- what is not there ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "login/code/", "password/set/", "2fa/", "inactive/", "phone/"],
)
def test_the_other_addresses_of_allauth_do_not_exist(client, path):
    for beginning in ("/en/desk/", "/en/desk/account/", "/accounts/"):
        assert client.get(beginning + path).status_code == 404


def test_without_a_mail_server_a_forgotten_password_is_the_secretarys(client):
    page = client.get("/en/desk/password/forgotten/").content.decode()
    assert "Ask the secretary" in page
    assert '<input type="email"' not in page


def test_with_a_mail_server_a_link_goes_out_and_sets_the_password(client, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example.org"
    user = make_user(email="a@example.org")
    assert client.post("/en/desk/password/forgotten/", {"email": "a@example.org"}).status_code == 302
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    assert "Set a new password" in page.content.decode()
    fields = {"password1": "quiet-river-stone", "password2": "quiet-river-stone"}
    client.post(page.redirect_chain[-1][0], fields)
    assert User.objects.get(pk=user.pk).check_password("quiet-river-stone")
