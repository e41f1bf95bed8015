"""A member on a telephone reads what the portal told, gets an address for the calendar and a new one after it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from branch_portal.reminders import actions
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def member():
    make_branch()
    user, secretary = make_user(member=make_member("钱会员")), make_user(Role.SECRETARY)
    for days, title in ((3, "十二月党员大会"), (9, "专题党课")):
        make_meeting(
            by=secretary,
            invited=[user.member],
            title=title,
            starts_at=timezone.now() + datetime.timedelta(days=days),
        )
    actions.make_notices(timezone.now())
    return user


@pytest.fixture
def telephone(new_context, live_server, member):
    """Signed in; may write to the clipboard."""

    def made(**options):
        context = new_context(locale="zh-CN", **options)
        if options.get("java_script_enabled", True):
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_viewport_size(PHONE)
        return enter(page, live_server.url, member)

    return made


def looked_at(page, axe) -> None:
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_notices_are_read_one_by_one_or_all_at_once(telephone, live_server, axe):
    page = telephone()
    page.goto(address(live_server.url, "desk:home"))
    count = page.locator(".masthead-count")
    expect(count).to_contain_text("2")
    page.locator(".masthead-tools a", has=page.locator(".bi-bell")).click()
    expect(page.locator(".is-unread")).to_have_count(2)
    looked_at(page, axe)
    page.get_by_role("button", name=re.compile("十二月党员大会")).click()
    page.wait_for_url(re.compile(r"/desk/meetings/\d+/$"))
    expect(count).to_contain_text("1")
    page.goto(address(live_server.url, "reminders:list"))
    expect(page.locator(".is-unread")).to_have_count(1)
    page.locator("form[action$='/read/'] button").click()
    expect(page.locator(".is-unread")).to_have_count(0)
    expect(count).to_have_count(0)


def test_the_address_of_the_calendar_is_copied_and_renewed(telephone, live_server, axe):
    page = telephone()
    page.goto(address(live_server.url, "reminders:channels"))
    looked_at(page, axe)
    first = made(page, live_server)
    looked_at(page, axe)
    page.locator("button[data-copies]").click()
    expect(page.locator("[data-copy-status]")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == first
    assert fetched(first, live_server).status_code == 200
    page.goto(address(live_server.url, "reminders:channels"))
    assert "/calendar/" not in page.inner_text("main")
    looked_at(page, axe)
    second = made(page, live_server)
    assert first != second
    assert [fetched(each, live_server).status_code for each in (first, second)] == [404, 200]
    assert "十二月党员大会" in fetched(second, live_server).content.decode()


def test_it_all_works_without_script(telephone, live_server):
    page = telephone(java_script_enabled=False)
    page.goto(address(live_server.url, "reminders:list"))
    page.get_by_role("button", name=re.compile("专题党课")).click()
    page.wait_for_url(re.compile(r"/desk/meetings/\d+/$"))
    page.goto(address(live_server.url, "reminders:channels"))
    expect(page.locator("button[data-copies]")).to_have_count(0)
    assert fetched(made(page, live_server), live_server).status_code == 200
    page.goto(address(live_server.url, "reminders:channels"))
    page.locator("#id_by_mail").uncheck()
    page.locator("form:has(#id_by_mail) button").click()
    expect(page.locator("#id_by_mail")).not_to_be_checked()


def made(page, live_server) -> str:
    """Ask for an address; the one that the page shows."""
    page.locator("form[action$='/channels/calendar/'] button").click()
    page.wait_for_url(address(live_server.url, "reminders:renew"))
    shown = page.locator("#calendar-address").input_value()
    assert shown.startswith(f"{live_server.url}/calendar/")
    return shown


def fetched(shown: str, live_server):
    """What a calendar gets, which has no session."""
    return Client().get(shown.removeprefix(live_server.url))
