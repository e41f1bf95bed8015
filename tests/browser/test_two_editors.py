"""Two people have one record open: the first saves, the second sees the difference and chooses."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from members.models import Member
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_position, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = "main form .btn-primary"


@pytest.fixture
def record():
    make_branch()
    return make_member("郑以宁", introducers="陆秉文、单雪蓉", employer="旧单位")


@pytest.fixture
def two_pages(new_context, live_server, record):
    """Secretary and deputy, each with the record's form open in a browser of their own."""
    deputy = make_member("单副书记")
    make_position(deputy, "deputy")
    users = [make_user(Role.SECRETARY, member=make_member("陆书记")), make_user(member=deputy)]
    pages = []
    for user in users:
        page = enter(new_context(locale="zh-CN").new_page(), live_server.url, user)
        page.goto(address(live_server.url, "members:edit", record.pk))
        pages.append(page)
    return pages


def save(page):
    page.locator(SAVE).click()


def saved(page, record):
    page.wait_for_url(re.compile(rf"/members/{record.pk}/$"))


def test_the_second_sees_the_difference_and_chooses(two_pages, record, axe):
    secretary, deputy = two_pages
    deputy.fill("[name=introducers]", "陆秉文、祁文岚")
    save(deputy)
    saved(deputy, record)

    secretary.fill("[name=introducers]", "覃守正、祁文岚")
    secretary.fill("[name=duty]", "主任")
    save(secretary)
    beside = secretary.locator("#div_id_introducers")
    expect(beside).to_contain_text("单副书记")
    expect(beside).to_contain_text("陆秉文、祁文岚")
    expect(secretary.locator("[name=introducers]")).to_have_value("覃守正、祁文岚")
    expect(secretary.locator("[name=duty]")).to_have_value("主任")
    assert Member.objects.get(pk=record.pk).introducers == "陆秉文、祁文岚"
    assert axe(secretary) == []

    save(secretary)  # the choice: mine
    saved(secretary, record)
    found = Member.objects.get(pk=record.pk)
    assert (found.introducers, found.duty) == ("覃守正、祁文岚", "主任")


def test_two_who_change_different_fields_both_succeed(two_pages, record):
    secretary, deputy = two_pages
    deputy.fill("[name=employer]", "新单位")
    secretary.fill("[name=department]", "内科")
    save(deputy)
    saved(deputy, record)
    save(secretary)
    saved(secretary, record)
    found = Member.objects.get(pk=record.pk)
    assert (found.employer, found.department) == ("新单位", "内科")
