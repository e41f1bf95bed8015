"""A member lost a telephone, or only the password: what becomes of passkeys and codes made before, on a telephone's screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from members import actions
from members.models import User
from members.permissions import Role
from members.second_factors import SecondFactorAdapter
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user
from tests.one_time_codes import code as one_time_code

pytestmark = pytest.mark.django_db(transaction=True)
OWN, SECRET = "quiet-river-stone", "JBSWY3DPEHPK3PXP"


@pytest.fixture
def member() -> User:
    """With codes from an app on the telephone."""
    make_branch()
    user = make_user(member=make_member("钱会员"), username="qian")
    user.authenticator_set.create(type="totp", data={"secret": SecondFactorAdapter().encrypt(SECRET)})
    return user


@pytest.fixture
def secretary(member) -> User:
    return make_user(Role.SECRETARY, member=make_member("周书记"))


@pytest.fixture
def phone(new_context) -> Page:
    page = new_context(locale="zh-CN").new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def follow(phone: Page, server: str, code: str) -> None:
    phone.goto(f"{address(server, 'activate')}#{code}")
    phone.wait_for_selector("[name=password1]")


def set_password(phone: Page) -> None:
    phone.fill("[name=password1]", OWN)
    phone.fill("[name=password2]", OWN)
    phone.locator("main form .btn-primary").click()


def is_fit(page: Page, axe) -> None:
    """Nothing that axe finds, nothing wider than the screen."""
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_slip_for_a_lost_telephone_ends_its_codes(page, phone, live_server, member, secretary, axe):
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "members:account_slip", member.pk))
    page.locator("[name=device_lost]").check()
    page.locator("main form .btn-primary").click()
    expect(page.locator("[name=reason].is-invalid")).to_be_visible()
    is_fit(page, axe)
    page.fill("[name=reason]", "手机丢了")
    page.locator("main form .btn-primary").click()
    code = page.locator(".slip-code").inner_text()
    follow(phone, live_server.url, code)
    expect(phone.locator(".notice")).to_contain_text("手机丢了")
    is_fit(phone, axe)
    set_password(phone)
    phone.wait_for_url(re.compile(r"/desk/$"))
    expect(phone.locator(".notice-warning")).to_contain_text("手机丢了")
    assert not member.authenticator_set.exists()


def test_after_another_slip_the_codes_are_looked_through(phone, live_server, member, secretary, axe):
    follow(phone, live_server.url, actions.issue_slip(member, by=secretary))
    set_password(phone)
    phone.wait_for_selector("[name=code]")
    phone.fill("[name=code]", one_time_code(SECRET))
    phone.locator("main form:has([name=code]) .btn-primary").click()
    phone.wait_for_url(re.compile(r"/account/after-slip/$"))
    is_fit(phone, axe)
    phone.locator("main a.btn-outline-secondary").click()
    phone.fill("[name=password]", OWN)
    phone.locator("main form:has([name=password]) .btn-primary").click()
    phone.locator("main form .btn-outline-danger").click()
    phone.wait_for_url(re.compile(r"/account/$"))
    assert not member.authenticator_set.exists()
