"""Guessing passwords is slow, and nobody can lock a member out from elsewhere."""

import pytest
from django.core.cache import cache
from django.test import Client

from members import throttle
from tests.factories import PASSWORD, make_user

HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"
PAGE = "/en/desk/sign-in/"
PER_NAME, PER_ADDRESS = 8, 40


@pytest.fixture(autouse=True)
def _clean_counters(db):
    cache.clear()


def sign_in(login: str, password: str = "guess", *, address: str = HERE):  # noqa: S107
    return Client(REMOTE_ADDR=address).post(PAGE, {"login": login, "password": password})


def guess(times: int, login: str = "zhangwei", **kwargs) -> list[int]:
    return [sign_in(login, **kwargs).status_code for _attempt in range(times)]


def test_after_too_many_wrong_passwords_even_the_right_one_waits():
    make_user(username="zhangwei")
    assert guess(PER_NAME) == [200] * PER_NAME
    assert sign_in("zhangwei", PASSWORD).status_code == 429


def test_the_page_says_when_to_try_again():
    guess(PER_NAME)
    page = sign_in("zhangwei")
    assert 590 <= int(page["Retry-After"]) <= 600
    assert page.templates[0].name == "429.html"
    assert "You can try again in 10 minutes, at" in page.content.decode()


def test_the_member_signs_in_from_another_address_meanwhile():
    make_user(username="zhangwei")
    guess(PER_NAME)
    assert sign_in("zhangwei", address=HERE).status_code == 429
    assert sign_in("zhangwei", PASSWORD, address=ELSEWHERE).status_code == 302


def test_an_attacker_of_one_address_never_closes_the_name_elsewhere():
    make_user(username="zhangwei")
    guess(PER_ADDRESS * 3)
    assert sign_in("zhangwei", PASSWORD, address=ELSEWHERE).status_code == 302


def test_a_colleague_at_the_same_address_signs_in_meanwhile():
    make_user(username="lina")
    guess(PER_NAME + 1)
    assert sign_in("lina", PASSWORD).status_code == 302


def test_many_names_from_one_address_are_stopped_too():
    codes = [sign_in(f"name{number}").status_code for number in range(PER_ADDRESS + 1)]
    assert codes == [200] * PER_ADDRESS + [429]


@pytest.mark.parametrize("spelling", ["ZHANGWEI", " zhangwei "])
def test_another_spelling_of_the_name_is_no_way_around(spelling):
    guess(PER_NAME)
    assert sign_in(spelling).status_code == 429


def test_another_spelling_of_the_number_is_no_way_around():
    guess(PER_NAME, "13800138000")
    assert sign_in("+86 138-0013-8000").status_code == 429


def test_right_passwords_count_for_nothing():
    make_user(username="zhangwei")
    assert guess(PER_NAME + 2, password=PASSWORD) == [302] * (PER_NAME + 2)


def test_a_right_password_between_does_not_start_the_count_anew():
    make_user(username="zhangwei")
    guess(PER_NAME - 1)
    assert sign_in("zhangwei", PASSWORD).status_code == 302
    assert guess(2) == [200, 429]


def test_an_unknown_name_is_throttled_like_a_known_one():
    make_user(username="zhangwei")
    assert guess(PER_NAME + 1, "zhangwei") == guess(PER_NAME + 1, "nobody")


def test_neighbours_of_an_ipv6_network_count_as_one():
    for number in range(PER_NAME):
        sign_in("zhangwei", address=f"2001:db8::{number:x}")
    assert sign_in("zhangwei", address="2001:db8::ffff").status_code == 429


def test_the_pages_themselves_stay_readable():
    guess(PER_NAME + 1)
    assert Client(REMOTE_ADDR=HERE).get(PAGE).status_code == 200


def test_guessing_ones_own_password_is_throttled(client):
    client.force_login(make_user())
    fields = {"oldpassword": "guess", "password1": "quiet-river-stone", "password2": "quiet-river-stone"}
    codes = [client.post("/en/desk/password/", fields).status_code for _attempt in range(21)]
    assert codes == [200] * 20 + [429]
    assert 3500 <= int(client.post("/en/desk/password/", fields)["Retry-After"]) <= 3600


def test_nothing_counted_is_nothing_to_wait_for(rf):
    assert throttle.seconds_to_wait(rf.post(PAGE), "login") == 0


def test_on_voting_day_the_attacker_is_stopped_and_the_member_is_not():
    """Both at once: one name hammered from elsewhere, and the member with the right password at the own address."""
    make_user(username="zhangwei")
    codes = guess(PER_ADDRESS * 2, address=ELSEWHERE)
    assert codes[:PER_NAME] == [200] * PER_NAME
    assert set(codes[PER_NAME:]) == {429}
    assert sign_in("zhangwei", PASSWORD, address=HERE).status_code == 302
