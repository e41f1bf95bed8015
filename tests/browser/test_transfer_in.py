"""Somebody from another branch: entered with the letter of introduction, of the branch when it is accepted."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from members.models import Member
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = "main form .btn-primary"


@pytest.fixture
def desk(page, live_server):
    make_branch()
    return enter(page, live_server.url, make_user(Role.SECRETARY, member=make_member("陆书记")))


def test_a_person_comes_by_a_letter_of_introduction(desk, live_server, axe):
    page = desk
    page.goto(address(live_server.url, "members:new"))
    for name, text in {
        "name": "费明远",
        "admitted_on": "2015-06-30",
        "confirmed_on": "2016-06-30",
        "coming_from": "邻市医学会党支部",
        "letter_number": "沪字007",
    }.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=gender]", "male")
    page.select_option("[name=stage]", "full")
    page.locator(SAVE).click()
    expect(page.locator("h1")).to_have_text("费明远")
    member = Member.objects.get(name="费明远")
    assert not Member.objects.current().filter(pk=member.pk).exists()

    letter = member.transfers.get()
    for step in ("issue", "accept"):
        page.goto(address(live_server.url, "members:letters"))
        assert axe(page) == []
        page.locator(f"main a[href$='/letters/{letter.pk}/{step}/']").click()
        page.locator(SAVE).click()
        expect(page.locator("h1")).to_have_text("费明远")
    assert Member.objects.current().filter(pk=member.pk).exists()
