"""A member on a telephone asks for another number, the secretary decides at the desk, the member sees what became of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from members.models import ChangeRequest, Member
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "13800000001", "13800000002"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def people():
    make_branch()
    member = make_user(member=make_member("钱会员", phone=OLD))
    return member, make_user(Role.SECRETARY, member=make_member("周书记"))


@pytest.fixture
def looked_at(axe):
    """Call it with a page: nothing that axe finds, nothing wider than the screen."""

    def check(page: Page) -> None:
        page.wait_for_load_state("networkidle")
        assert axe(page) == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0

    return check


def open_as(new_context, server: str, user, size: dict) -> Page:
    page = new_context(locale="zh-CN").new_page()
    page.set_viewport_size(size)
    return enter(page, server, user)


def ask(page: Page, server: str, number: str) -> None:
    page.goto(address(server, "own_record:home"))
    page.locator(f'a[href$="{address("", "own_record:ask", "phone")}"]').click()
    page.fill("[name=after]", number)
    page.locator("main form .btn-primary").click()
    page.wait_for_url(address(server, "own_record:home"))


def decide(page: Page, server: str) -> None:
    """From the count on the desk to the request."""
    page.goto(address(server, "desk:home"))
    page.locator(f'.findings a[href="{address("", "members:requests")}"]').click()
    page.locator(".rows .row-title").first.click()


def test_a_member_asks_and_the_secretary_approves(new_context, live_server, people, looked_at):
    member, secretary = people
    phone = open_as(new_context, live_server.url, member, PHONE)
    phone.goto(address(live_server.url, "desk:home"))
    phone.locator(".desk-nav-fold").evaluate("fold => fold.open = true")
    phone.locator(f'.desk-nav a[href="{address("", "own_record:home")}"]').click()
    looked_at(phone)
    ask(phone, live_server.url, "138 0000 0002")
    expect(phone.locator(".state-info")).to_be_visible()
    looked_at(phone)

    desk = open_as(new_context, live_server.url, secretary, DESK)
    decide(desk, live_server.url)
    expect(desk.locator("main")).to_contain_text(OLD)
    expect(desk.locator("main")).to_contain_text(NEW)
    looked_at(desk)
    desk.locator("main form .btn-primary").click()
    expect(desk.locator(".notice-success")).to_be_visible()
    looked_at(desk)

    phone.reload()
    expect(phone.locator(".state-good").first).to_be_visible()
    expect(phone.locator("main")).to_contain_text(NEW)
    assert Member.objects.get(pk=member.member_id).phone == NEW


def test_a_refusal_gives_its_reason(new_context, live_server, people, looked_at):
    member, secretary = people
    phone = open_as(new_context, live_server.url, member, PHONE)
    ask(phone, live_server.url, NEW)
    desk = open_as(new_context, live_server.url, secretary, DESK)
    decide(desk, live_server.url)
    desk.locator(".btn-outline-danger").click()
    expect(desk.locator("#id_reason")).to_have_attribute("aria-invalid", "true")
    looked_at(desk)
    desk.fill("[name=reason]", "号码打不通")
    desk.locator(".btn-outline-danger").click()
    expect(desk.locator(".notice-success")).to_be_visible()
    phone.reload()
    expect(phone.locator(".state-bad").first).to_be_visible()
    expect(phone.locator("main")).to_contain_text("号码打不通")
    looked_at(phone)
    assert Member.objects.get(pk=member.member_id).phone == OLD
    assert ChangeRequest.objects.get().state == "refused"


def test_a_wrong_number_is_said_beside_the_field_and_nothing_typed_is_lost(
    new_context, live_server, people, looked_at
):
    member, _secretary = people
    phone = open_as(new_context, live_server.url, member, PHONE)
    phone.goto(address(live_server.url, "own_record:ask", "phone"))
    phone.fill("[name=after]", "12345")
    phone.locator("main form .btn-primary").click()
    expect(phone.locator("#id_after")).to_have_attribute("aria-invalid", "true")
    expect(phone.locator("#id_after")).to_have_value("12345")
    looked_at(phone)
    assert not ChangeRequest.objects.exists()
