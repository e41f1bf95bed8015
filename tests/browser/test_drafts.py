"""Drafts of ordinary forms: kept in the browser until the server has them, for their own writer only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"))


def open_plan(page, server):
    page.goto(address(server, "meetings:new"))
    page.wait_for_selector("[name=draft_key]", state="attached")
    return page


def type_plan(page):
    page.fill("[name=title]", "写了一半的会")
    page.check("[name=kinds][value=party_lesson]")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('portal-draft:'))")


def test_a_closed_tab_loses_nothing(page, live_server, secretary):
    type_plan(open_plan(enter(page, live_server.url, secretary), live_server.url))
    again = page.context.new_page()
    page.close()
    open_plan(again, live_server.url)
    expect(again.locator("[name=title]")).to_have_value("")
    again.locator(".notice-warning button").first.click()
    expect(again.locator("[name=title]")).to_have_value("写了一半的会")
    expect(again.locator("[name=kinds][value=party_lesson]")).to_be_checked()


def test_a_submission_that_got_lost_is_offered_again(page, live_server, secretary):
    type_plan(open_plan(enter(page, live_server.url, secretary), live_server.url))
    page.route(
        "**/new/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("main form .btn-primary").click()
    page.unroute("**/new/")
    open_plan(page, live_server.url)
    expect(page.locator(".notice-warning")).to_be_visible()
    assert not Meeting.objects.exists()


def test_what_the_server_has_saved_is_forgotten(page, live_server, secretary):
    open_plan(enter(page, live_server.url, secretary), live_server.url)
    type_plan(page)
    page.fill("[name=starts_at]", "2025-03-24T14:00")
    page.fill("[name=place]", "会议室")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))
    open_plan(page, live_server.url)
    expect(page.locator(".notice-warning")).to_have_count(0)


def test_a_draft_is_offered_to_its_writer_only(page, live_server, secretary):
    type_plan(open_plan(enter(page, live_server.url, secretary), live_server.url))
    enter(page, live_server.url, make_user(Role.COMMITTEE))
    open_plan(page, live_server.url)
    expect(page.locator(".notice-warning")).to_have_count(0)
    enter(page, live_server.url, secretary)
    open_plan(page, live_server.url)
    expect(page.locator(".notice-warning")).to_be_visible()


def test_signing_out_leaves_nothing_in_the_browser(page, live_server, secretary):
    type_plan(open_plan(enter(page, live_server.url, secretary), live_server.url))
    page.locator(".menu summary").click()
    page.locator("form[data-clears-drafts] button").click()
    page.wait_for_url(re.compile(r"sign-in|/zh-hans/$"))
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('portal-draft:'))") == []
