"""A slip from the secretary's screen to a member's telephone: link, own password, in; and a used link says so."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from members.models import User
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "quiet-river-stone"


@pytest.fixture
def slip(page, live_server) -> tuple[str, str]:
    """The link and the code that the secretary prints for a member without an account."""
    make_branch()
    make_member("张伟")
    enter(page, live_server.url, make_user(Role.SECRETARY, member=make_member("周书记"), username="zhou"))
    page.goto(address(live_server.url, "members:slips"))
    page.get_by_label("张伟").check()
    page.locator("main form .btn-primary").click()
    expect(page.locator(".slip svg")).to_be_visible()
    code = page.locator(".slip-code").inner_text()
    return f"{address(live_server.url, 'activate')}#{code}", code


@pytest.fixture
def phone(new_context):
    page = new_context(locale="zh-CN").new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def set_password(phone) -> None:
    phone.fill("[name=password1]", OWN)
    phone.fill("[name=password2]", OWN)
    phone.locator("main form .btn-primary").click()


def test_the_link_leads_to_an_own_password_and_in(phone, live_server, slip, axe):
    link, code = slip
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer')}"))
    phone.goto(link)
    phone.wait_for_selector("[name=password1]")
    assert "zhangwei" in phone.locator("main").inner_text()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    set_password(phone)
    phone.wait_for_url(re.compile(r"/desk/$"))
    assert User.objects.get(username="zhangwei").check_password(OWN)
    assert [line for line in asked if code in line] == []
    phone.goto(link)
    expect(phone.locator("h1")).not_to_be_empty()
    phone.wait_for_function("() => !document.querySelector('[name=code]')")
    assert axe(phone) == []
    assert phone.locator("[name=password1]").count() == 0


def test_without_script_the_code_is_typed(new_context, live_server, slip):
    _link, code = slip
    phone = new_context(locale="zh-CN", java_script_enabled=False).new_page()
    phone.goto(address(live_server.url, "activate"))
    phone.fill("[name=code]", code.upper().replace("-", " "))
    phone.locator("main form .btn-primary").click()
    set_password(phone)
    phone.wait_for_url(re.compile(r"/desk/$"))
