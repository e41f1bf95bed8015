"""Second factors as a person sets them up: a passkey with a virtual authenticator, codes from an app, recovery codes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from members.permissions import Role
from tests.browser.visits import address
from tests.factories import PASSWORD, make_branch, make_member, make_user
from tests.one_time_codes import code

pytestmark = pytest.mark.django_db(transaction=True)
DESK = re.compile(r"/desk/$")


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"), username="zhou")


@pytest.fixture
def telephone(page):
    """A telephone with a fingerprint reader, as Chromium plays one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in(page, server: str) -> None:
    page.goto(address(server, "account_login"))
    page.fill("[name=login]", "zhou")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) .btn-primary").click()


def sign_out(page) -> None:
    page.locator(".menu summary").click()
    page.locator("form[data-clears-drafts] button").click()
    page.wait_for_url(re.compile("sign-in/$"))


def confirm(page) -> None:
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) .btn-primary").click()


def test_a_passkey_is_made_and_signs_in_without_a_password(telephone, live_server, secretary, axe):
    faults: list[str] = []
    telephone.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    sign_in(telephone, live_server.url)
    telephone.wait_for_url(DESK)
    telephone.goto(address(live_server.url, "mfa_add_webauthn"))
    confirm(telephone)
    telephone.wait_for_selector("#make-passkey")
    assert axe(telephone) == []
    telephone.fill("[name=name]", "手机")
    telephone.click("#make-passkey")
    telephone.wait_for_selector(".recovery-codes")
    assert axe(telephone) == []
    assert telephone.locator(".recovery-codes li").count() == 10
    telephone.goto(address(live_server.url, "mfa_index"))
    expect(telephone.get_by_text("手机", exact=True).first).to_be_visible()
    assert axe(telephone) == []
    sign_out(telephone)
    telephone.locator("form[data-passkey=sign-in] button").click()
    telephone.wait_for_url(DESK)
    expect(telephone.locator("h1")).to_contain_text("周书记")
    assert faults == []


def test_after_the_password_the_passkey_is_asked_for(telephone, live_server, secretary, axe):
    sign_in(telephone, live_server.url)
    telephone.wait_for_url(DESK)
    telephone.goto(address(live_server.url, "mfa_add_webauthn"))
    confirm(telephone)
    telephone.click("#make-passkey")
    telephone.wait_for_selector(".recovery-codes")
    sign_out(telephone)
    sign_in(telephone, live_server.url)
    telephone.wait_for_url(re.compile("second-factor"))
    assert axe(telephone) == []
    telephone.locator("form[data-passkey=use] button").click()
    telephone.wait_for_url(DESK)


def test_a_passkey_that_is_not_used_is_said(page, live_server, secretary):
    page.goto(address(live_server.url, "account_login"))
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('refused')); }")
    page.locator("form[data-passkey=sign-in] button").click()
    expect(page.locator("form[data-passkey=sign-in] [role=alert]")).to_be_visible()


def test_codes_from_an_app_are_set_up_and_asked_for(page, live_server, secretary, axe):
    sign_in(page, live_server.url)
    page.wait_for_url(DESK)
    page.goto(address(live_server.url, "mfa_activate_totp"))
    confirm(page)
    secret = page.locator("#totp-secret").inner_text()
    assert page.locator(".totp-qr").evaluate("picture => picture.naturalWidth") > 0
    assert axe(page) == []
    page.fill("[name=code]", code(secret))
    page.locator("main form .btn-primary").click()
    page.wait_for_selector(".recovery-codes")
    sign_out(page)
    sign_in(page, live_server.url)
    page.wait_for_url(re.compile("second-factor"))
    page.fill("[name=code]", code(secret, later=1))
    page.locator("form:has([name=code]) .btn-primary").click()
    page.wait_for_url(DESK)
