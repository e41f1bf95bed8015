"""Two people talk: one enters it on the telephone, the other one reads it, and the pair is off the list."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def test_a_talk_is_entered_by_one_and_read_by_the_other(new_context, live_server, axe):
    make_branch()
    make_user(Role.SECRETARY)
    commissioner = make_user(Role.COMMITTEE, member=make_member("陆委员"))
    member = make_user(Role.MEMBER, member=make_member("田党员"))
    page = new_context(locale="zh-CN").new_page()
    page.set_viewport_size(PHONE)
    enter(page, live_server.url, commissioner)
    pairs = address(live_server.url, "talks:pairs", timezone.localdate().year)
    waiting = page.locator("dt:text-is('陆委员') + dd")
    page.goto(pairs)
    expect(waiting).to_contain_text("田党员")
    assert axe(page) == []

    page.goto(address(live_server.url, "talks:new"))
    page.select_option("[name=talker]", str(commissioner.member_id))
    page.select_option("[name=partner]", str(member.member_id))
    page.fill("[name=points]", "交流了工作中的困难")
    assert axe(page) == []
    page.click(".form-foot button")
    expect(page.locator("main")).to_contain_text("交流了工作中的困难")
    talk = page.url
    page.goto(pairs)
    expect(page.locator("h1")).to_be_visible()
    expect(waiting).to_have_count(0)

    other = new_context(locale="zh-CN").new_page()
    enter(other, live_server.url, member)
    other.goto(talk)
    expect(other.locator("main")).to_contain_text("交流了工作中的困难")
