"""Behind an address that many share: whoever guesses there neither locks anybody out nor gets in."""

import re

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from members import actions, known_devices, throttle
from members.actions.devices import KEPT
from members.models import KnownDevice, User
from members.permissions import Role
from members.second_factors import SecondFactorAdapter
from members.slip_codes import ALPHABET, new_code
from tests.factories import PASSWORD, make_user
from tests.one_time_codes import code

HOSPITAL, HOME = "198.51.100.7", "203.0.113.9"
PAGE = "/en/desk/sign-in/"
PASSKEY = "/en/desk/sign-in/passkey/"
SLIP = "/en/desk/activate/"
OWN = "quiet-river-stone"
PER_NAME, PER_ADDRESS, FORMS = 3, 5, 8
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _few(db, settings):
    """Smaller numbers than the portal's, which test_throttle.py knows: the same rules, in less time."""
    cache.clear()
    numbers = {
        "login": FORMS,
        "sign_in": FORMS,
        "login_failed": PER_NAME,
        "address_failed": PER_ADDRESS,
        "device_failed": PER_NAME,
    }
    limits = settings.ACCOUNT_RATE_LIMITS
    settings.ACCOUNT_RATE_LIMITS = limits | {name: fewer(limits[name], few) for name, few in numbers.items()}
    passkeys = settings.MFA_RATE_LIMITS["webauthn_login"]
    settings.MFA_RATE_LIMITS = {"webauthn_login": fewer(passkeys, FORMS)}


def fewer(limit: str | None, number: int) -> str | None:
    return limit and re.sub(r"\d+(?=/)", str(number), limit)


@pytest.fixture
def member() -> User:
    return make_user(username="zhangwei", mobile="13800138000")


def post(client: Client, login: str, password: str = PASSWORD, *, at: str = HOSPITAL):
    return client.post(PAGE, {"login": login, "password": password}, REMOTE_ADDR=at)


def leave(client: Client) -> Client:
    """Signed out; the browser keeps what the portal gave to the device."""
    client.post("/en/desk/sign-out/")
    assert client.get("/en/desk/").status_code == 302
    return client


def device_of(login: str, password: str = PASSWORD) -> Client:
    """A device on which the person signed in and out, at home."""
    client = Client()
    assert post(client, login, password, at=HOME).status_code == 302
    return leave(client)


def guess(times: int, login: str = "zhangwei", client: Client | None = None) -> list[int]:
    return [post(client or Client(), login, "guess").status_code for _attempt in range(times)]


def block_the_address() -> None:
    """All that an attacker can use up from inside the hospital: names, the address, the form itself."""
    codes = [post(Client(), f"name{number}", "guess").status_code for number in range(FORMS + 2)]
    assert codes[-1] == 429


# --- nobody is locked out -------------------------------------------------------------------------
@pytest.mark.parametrize("login", ["zhangwei", "ZhangWei", " zhangwei ", "138 0013 8000"])
def test_the_members_own_device_signs_in_behind_a_blocked_address(member, login):
    device = device_of("zhangwei")
    block_the_address()
    assert post(Client(), "zhangwei").status_code == 429
    assert post(device, login).status_code == 302


def test_the_members_own_device_signs_in_while_the_very_name_is_blocked_here(member):
    device = device_of("zhangwei")
    assert guess(PER_NAME + 1)[-1] == 429
    assert post(device, "zhangwei").status_code == 302


def test_a_device_that_was_first_used_with_a_slip_is_known_too(member):
    device = Client()
    slip = actions.issue_slip(member, by=make_user(Role.SECRETARY))
    fields = {"code": slip, "password1": OWN, "password2": OWN}
    assert device.post(SLIP, fields).status_code == 302
    leave(device)
    block_the_address()
    assert post(device, "zhangwei", OWN).status_code == 302


def test_the_second_step_of_a_known_device_does_not_depend_on_the_address(member):
    member.authenticator_set.create(type="totp", data={"secret": _sealed(SECRET)})
    device = Client()
    post(device, "zhangwei", at=HOME)
    assert _second_step(device, code(SECRET)) == "/en/desk/"
    leave(device)
    cache.clear()  # the code of this half minute was used; only that is forgotten
    block_the_address()
    assert post(device, "zhangwei").url == "/en/desk/sign-in/second-factor/"
    assert _second_step(device, code(SECRET, later=1)) == "/en/desk/"


def test_passkeys_are_not_kept_from_anybody():
    block_the_address()
    client = Client(REMOTE_ADDR=HOSPITAL)
    answers = {client.post(PASSKEY, {"credential": "{}"}).status_code for _attempt in range(FORMS * 2)}
    assert answers == {302}
    assert client.get(PASSKEY, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 200


def test_a_slip_is_used_behind_a_blocked_address_whatever_codes_were_tried_there(member):
    slip = actions.issue_slip(member, by=make_user(Role.SECRETARY))
    block_the_address()
    stranger = Client(REMOTE_ADDR=HOSPITAL)
    for _attempt in range(FORMS * 2):
        wrong = new_code()
        if wrong[:2] != slip[:2]:
            assert stranger.post(SLIP, {"code": wrong}).status_code == 200
        assert stranger.post(SLIP, {"code": "nonsense"}).status_code == 200
    fields = {"code": slip, "password1": OWN, "password2": OWN}
    assert Client(REMOTE_ADDR=HOSPITAL).post(SLIP, fields).status_code == 302


# --- nobody guesses -------------------------------------------------------------------------------
def test_an_unknown_device_is_stopped_by_name_and_by_address(member):
    device_of("zhangwei")
    assert guess(PER_NAME + 1) == [200] * PER_NAME + [429]
    assert post(Client(), "zhangwei").status_code == 429


def test_a_device_of_one_person_is_unknown_for_another(member):
    make_user(username="lina")
    device = device_of("zhangwei")
    assert guess(PER_NAME + 1, "lina", device) == [200] * PER_NAME + [429]
    cache.clear()
    block_the_address()
    assert post(device, "lina").status_code == 429


def test_a_stolen_cookie_gives_few_guesses_and_takes_none_from_the_owner(member):
    device = device_of("zhangwei")
    thief = Client()
    thief.cookies[known_devices.COOKIE] = device.cookies[known_devices.COOKIE].value
    assert guess(PER_NAME * 2 + 1, client=thief) == [200] * PER_NAME * 2 + [429]
    assert post(device, "zhangwei", at=HOME).status_code == 302


def test_a_right_password_of_a_known_device_counts_for_nothing(member):
    device = device_of("zhangwei")
    for _time in range(PER_NAME * 2 + 1):
        assert post(device, "zhangwei").status_code == 302
        leave(device)


def test_a_blocked_address_does_not_use_up_the_count_of_a_name(member):
    block_the_address()
    assert set(guess(PER_NAME)) == {429}
    _forget_the_address()
    assert post(Client(), "zhangwei").status_code == 302


def test_a_right_code_of_a_second_factor_does_not_start_the_count_of_the_address_anew(member):
    """Whoever has an account with codes from an app must not wipe out what was counted against the own guessing."""
    member.authenticator_set.create(type="totp", data={"secret": _sealed(SECRET)})
    codes = [post(Client(), f"name{number}", "guess").status_code for number in range(PER_ADDRESS)]
    assert codes == [200] * PER_ADDRESS
    guesser = Client()
    post(guesser, "zhangwei", at=HOME)
    assert _second_step(guesser, code(SECRET)) == "/en/desk/"
    assert post(Client(), "another", "guess").status_code == 429


def test_codes_that_begin_alike_are_counted(settings):
    settings.ACCOUNT_RATE_LIMITS |= {"activate": "3/m/key"}
    client = Client(REMOTE_ADDR=HOSPITAL)
    codes = [client.post(SLIP, {"code": f"ab{new_code()[2:]}"}).status_code for _attempt in range(4)]
    assert codes == [200] * 3 + [429]
    assert Client(REMOTE_ADDR=HOME).post(SLIP, {"code": f"ab{new_code()[2:]}"}).status_code == 200
    assert len(ALPHABET) ** 2 < 1000  # so few counts at most


# --- the cookie -----------------------------------------------------------------------------------
def test_the_cookie_is_for_the_portal_alone_and_lasts(member):
    cookie = device_of("zhangwei").cookies[known_devices.COOKIE]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["domain"], cookie["path"]) == ("Strict", "", "/")
    assert cookie["max-age"] == 365 * 24 * 3600


def test_the_cookie_is_for_https_alone_where_the_portal_is(member, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    post(client, "zhangwei")
    assert client.cookies[known_devices.COOKIE]["secure"] is True


def test_the_database_cannot_give_the_secret_away(member):
    request = RequestFactory().get(PAGE)
    request.COOKIES[known_devices.COOKIE] = device_of("zhangwei").cookies[known_devices.COOKIE].value
    [secret] = known_devices._held(request)
    assert secret not in str(list(KnownDevice.objects.values()))
    with pytest.raises(IntegrityError, match="digest_and_no_secret"), transaction.atomic():
        KnownDevice.objects.create(user=member, digest=secret)


@pytest.mark.parametrize("spoil", [lambda value: value[:-1], lambda value: "x" + value, lambda _value: "x"])
def test_a_spoilt_cookie_is_none(member, spoil):
    device = device_of("zhangwei")
    device.cookies[known_devices.COOKIE] = spoil(device.cookies[known_devices.COOKIE].value)
    block_the_address()
    assert post(device, "zhangwei").status_code == 429


def test_the_secret_is_another_after_each_sign_in(member):
    device = device_of("zhangwei")
    copied = device.cookies[known_devices.COOKIE].value
    assert post(device, "zhangwei", at=HOME).status_code == 302
    assert member.known_devices.count() == 1
    copy = Client()
    copy.cookies[known_devices.COOKIE] = copied
    block_the_address()
    assert post(copy, "zhangwei").status_code == 429
    assert post(leave(device), "zhangwei").status_code == 302


def test_several_people_share_a_computer(member):
    make_user(username="lina")
    device = device_of("zhangwei")
    post(device, "lina", at=HOME)
    leave(device)
    block_the_address()
    for login in ("zhangwei", "lina", "zhangwei"):
        assert post(device, login).status_code == 302
        leave(device)


def test_the_longest_unused_of_too_many_devices_is_forgotten(member):
    devices = []
    for _device in range(KEPT + 1):
        cache.clear()
        devices.append(device_of("zhangwei"))
    first, second = devices[:2]
    assert member.known_devices.count() == KEPT
    block_the_address()
    assert post(first, "zhangwei").status_code == 429
    assert post(second, "zhangwei").status_code == 302


def test_whoever_has_no_cookie_costs_no_query(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert known_devices.find(rf.post(PAGE), "zhangwei") is None


# --- forgotten ------------------------------------------------------------------------------------
def _use_a_slip(member: User, _device: Client) -> str:
    slip = actions.issue_slip(member, by=make_user(Role.SECRETARY))
    Client().post(SLIP, {"code": slip, "password1": OWN, "password2": OWN})
    return OWN


def _change_the_password(_member: User, device: Client) -> str:
    elsewhere = Client()
    post(elsewhere, "zhangwei", at=HOME)
    fields = {"oldpassword": PASSWORD, "password1": OWN, "password2": OWN}
    assert elsewhere.post("/en/desk/password/", fields).url == "/en/desk/account/"
    _knows(elsewhere, OWN)
    return OWN


def _sign_out_others(_member: User, device: Client) -> str:
    elsewhere = Client()
    post(elsewhere, "zhangwei", at=HOME)
    assert elsewhere.post("/en/desk/account/sessions/").status_code == 302
    _knows(elsewhere)
    return PASSWORD


def _close_and_open(member: User, _device: Client) -> str:
    secretary = make_user(Role.SECRETARY)
    actions.close_account(member, by=secretary)
    actions.reopen_account(member, by=secretary)
    user = User.objects.get(pk=member.pk)
    user.set_password(PASSWORD)
    user.save()
    return PASSWORD


def _lose_the_factors(member: User, _device: Client) -> str:
    member.authenticator_set.create(type="totp", data={"secret": _sealed(SECRET)})
    actions.remove_factors(member, by=make_user(Role.SECRETARY), reason="手机丢了")
    return PASSWORD


@pytest.mark.parametrize(
    "step", [_use_a_slip, _change_the_password, _sign_out_others, _close_and_open, _lose_the_factors]
)
def test_a_device_is_forgotten_when_a_way_in_is_changed(member, step):
    device = device_of("zhangwei")
    password = step(member, device)
    cache.clear()
    block_the_address()
    assert post(device, "zhangwei", password).status_code == 429
    assert post(Client(), "zhangwei", password, at=HOME).status_code == 302


def _knows(client: Client, password: str = PASSWORD) -> None:
    """The device on which the step was taken stays known."""
    leave(client)
    block_the_address()
    assert post(client, "zhangwei", password).status_code == 302


def test_the_page_of_devices_tells_how_many_are_known(member):
    for _device in range(2):
        device_of("zhangwei")
    client = Client()
    post(client, "zhangwei")
    page = client.get("/en/desk/account/sessions/").content.decode()
    assert "known to the portal" in page
    assert "Sign out every other device" in page


def _sealed(secret: str) -> str:
    return SecondFactorAdapter().encrypt(secret)


def _second_step(client: Client, typed: str) -> str:
    answer = client.post("/en/desk/sign-in/second-factor/", {"code": typed}, REMOTE_ADDR=HOSPITAL)
    return getattr(answer, "url", "")


def _forget_the_address() -> None:
    """As if its ten minutes were over, and those of the name were not."""
    request = RequestFactory(REMOTE_ADDR=HOSPITAL).post(PAGE)
    for action in ("sign_in", "address_failed"):
        for rate in ratelimit.get_rates(app=throttle.APP, action=action):
            cache.delete(ratelimit.get_cache_key(request, app=throttle.APP, action=action, rate=rate))
