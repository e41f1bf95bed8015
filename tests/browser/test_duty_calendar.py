"""The duty calendar, from an empty cell to a planned meeting, and the desk of a secretary and of a member."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def people(live_server):
    make_branch()
    secretary = make_user(Role.SECRETARY, member=make_member("陆书记"))
    return secretary, make_user(Role.MEMBER, member=make_member("田党员"))


def opened(new_context, server: str, user, size=None):
    page = new_context(locale="zh-CN").new_page()
    if size:
        page.set_viewport_size(size)
    return enter(page, server, user)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_an_empty_month_becomes_a_planned_one(new_context, live_server, people, axe, size):
    page = opened(new_context, live_server.url, people[0], size)
    today = timezone.localdate()
    coming = today.year + 1
    page.goto(address(live_server.url, "duties:calendar", coming))
    assert axe(page) == []
    cell = page.locator(f'a.duty-plan[href*="kind=committee_meeting"][href*="starts={coming}-05-"]')
    expect(cell).to_have_count(1)
    cell.click()

    expect(page.locator("[name=kinds][value=committee_meeting]")).to_be_checked()
    expect(page.locator("[name=for_year]")).to_have_value(str(coming))
    expect(page.locator("[name=starts_at]")).to_have_value(re.compile(rf"{coming}-05-0\dT14:00"))
    page.fill("[name=title]", "五月支委会")
    page.fill("[name=place]", "会议室")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))
    meeting = Meeting.objects.get()
    assert (meeting.kinds, meeting.for_year) == (["committee_meeting"], coming)

    page.goto(address(live_server.url, "duties:calendar", coming))
    planned = page.locator("td.is-planned")
    expect(planned).to_have_count(1)
    planned.locator("a.duty-meeting").click()
    page.wait_for_url(re.compile(rf"/meetings/{meeting.pk}/$"))


def test_the_desk_of_the_secretary_leads_from_a_figure_to_the_duties(new_context, live_server, people, axe):
    secretary, _member = people
    make_meeting(
        by=secretary, starts_at=timezone.now() + datetime.timedelta(days=2), invited=[secretary.member]
    )
    page = opened(new_context, live_server.url, secretary)
    page.goto(address(live_server.url, "desk:home"))
    expect(page.locator(".next-meeting a").first).to_be_visible()
    assert axe(page) == []
    figure = page.locator('.findings a[href$="#open"]')
    count = int(figure.locator("strong").inner_text())
    figure.click()
    page.wait_for_url(re.compile(r"/duties/\d{4}/#open$"))
    expect(page.locator(".duty-open .duty-warn")).to_have_count(count)
    page.locator(".duty-open a").first.click()
    expect(page.locator("[name=kinds]:checked")).to_have_count(1)


def test_the_desk_of_a_member_says_what_the_member_is_asked(new_context, live_server, people, axe):
    secretary, member = people
    mine = make_meeting(
        by=secretary,
        starts_at=timezone.now() + datetime.timedelta(days=2),
        invited=[member.member],
        title="我的会",
    )
    page = opened(new_context, live_server.url, member, PHONE)
    page.goto(address(live_server.url, "desk:home"))
    expect(page.locator(".next-meeting")).to_contain_text("我的会")
    expect(page.locator(".findings")).to_have_count(0)
    assert axe(page) == []
    page.locator('main a[href$="/desk/duties/"]').click()
    page.wait_for_url(re.compile(r"/duties/\d{4}/$"))
    expect(page.locator("a.duty-plan")).to_have_count(0)
    page.goto(address(live_server.url, "duties:calendar", 2025))
    page.locator("a.duty-meeting", has_text="我的会").first.click()
    page.wait_for_url(re.compile(rf"/meetings/{mine.pk}/$"))


def test_on_paper_the_year_lies_on_its_side(new_context, live_server, people):
    page = opened(new_context, live_server.url, people[0])
    page.goto(address(live_server.url, "duties:calendar", 2025))
    paper = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", paper)
    assert sizes
    assert all(float(width) > float(height) for width, height in sizes)
