"""A life meeting whose problems become entries of the ledger; one is put right, and closed by another person."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from meetings.rectification.models import LedgerEntry
from meetings.rectification.states import State
from meetings.rectification.verification import verify
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user
from tests.rectification.factories import DUE, make_life_meeting

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def people():
    make_branch()
    secretary = make_user(Role.SECRETARY, member=make_member("周书记"))
    owner = make_user(Role.COMMITTEE, member=make_member("钱委员"))
    return secretary, owner


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


def do(page: Page, act: str, text: str) -> None:
    """One of the small forms of the entry's page."""
    form = page.locator(f'form[action$="/do/{act}/"]')
    page.locator("details.step", has=form).evaluate("fold => fold.open = true")
    form.locator(f'[name="{act}-text"]').fill(text)
    form.locator("button").click()
    expect(page.locator(".notice-success")).to_be_visible()


def test_problems_become_entries_and_one_is_closed_by_another_person(
    new_context, live_server, people, looked_at
):
    secretary, owner = people
    server = live_server.url
    meeting = make_life_meeting(by=secretary)
    meeting_page = address(server, "meetings:detail", meeting.pk)

    # The secretary puts all three problems into the ledger in one step; one has had nobody in charge and no day yet.
    desk = open_as(new_context, server, secretary, DESK)
    desk.goto(meeting_page)
    desk.locator(f'a[href="{address("", "rectification:from_meeting", meeting.pk)}"]').click()
    looked_at(desk)
    nobodys = meeting.problems.get(description="问题1")
    desk.locator("main form .btn-primary").click()
    expect(desk.locator(f"#id_{nobodys.pk}-in_charge")).to_have_attribute("aria-invalid", "true")
    desk.select_option(f"#id_{nobodys.pk}-in_charge", label="钱委员")
    desk.fill(f"#id_{nobodys.pk}-due_on", DUE.isoformat())
    looked_at(desk)
    desk.locator("main form .btn-primary").click()
    desk.wait_for_url(meeting_page)
    assert LedgerEntry.objects.count() == 3
    expect(desk.locator(f'a[href="{address("", "rectification:from_meeting", meeting.pk)}"]')).to_have_count(
        0
    )
    looked_at(desk)

    # The person in charge works on it with a telephone, from the desk's list of own entries.
    entry = LedgerEntry.objects.get(problem_row=nobodys.pk)
    entry_page = address(server, "rectification:detail", entry.pk)
    phone = open_as(new_context, server, owner, PHONE)
    phone.goto(address(server, "desk:home"))
    phone.locator(f'.findings a[href*="person={owner.member_id}"]').click()
    phone.locator(f'.row-title[href="{address("", "rectification:detail", entry.pk)}"]').click()
    do(phone, "note", "已走访三家")
    do(phone, "evidence", "六份走访记录")
    do(phone, "claim", "六家都已走访")
    looked_at(phone)

    # The owner's own attempt, though the page offers none.
    expect(phone.locator('form[action$="/do/close/"]')).to_have_count(0)
    token = phone.locator("[name=csrfmiddlewaretoken]").first.input_value()
    refused = phone.request.post(
        address(server, "rectification:step", entry.pk, "close"),
        form={"csrfmiddlewaretoken": token, "close-text": "同意"},
        headers={"Referer": entry_page},
    )
    assert refused.ok
    assert "notice-error" in refused.text() or "notice-danger" in refused.text()
    entry.refresh_from_db()
    assert entry.state == State.CLAIMED

    # Another person checks and closes it, from the desk.
    desk.goto(address(server, "desk:home"))
    desk.locator('.findings a[href$="state=claimed"]').click()
    desk.locator(".rows .row-title").first.click()
    looked_at(desk)
    do(desk, "close", "同意销号")
    looked_at(desk)
    entry.refresh_from_db()
    assert (entry.state, entry.checker) == (State.CLOSED, secretary.member)
    assert verify().holds

    # Without any change, the page of the printed ledger has it, and so has the board.
    for name in ("rectification:print", "rectification:board"):
        phone.goto(address(server, name))
        expect(phone.locator("main")).to_contain_text(entry.label)
        looked_at(phone)
