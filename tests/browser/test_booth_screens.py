"""Every screen of the booth and of the scrutineer's desk, at three widths, in both languages: nothing that axe finds, nothing
wider than the screen, nothing of the other language's alphabet in the buttons."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from appraisals.ballots import actions
from tests.ballots import factories
from tests.browser.test_booth import CAST, mark
from tests.browser.test_scrutineer import fill_the_box, make_key
from tests.browser.visits import address, enter
from tests.factories import make_branch

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("width", [360, 390, 1280]),
    pytest.mark.parametrize("locale", ["zh-CN", "en-GB"]),
]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def seen(axe):
    """Call it with a page that shows a screen, and the screen's name; what is wrong with any of them ends the test."""
    faults: list[str] = []

    def look(page, name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults.extend([f"{name}: {wide} px wider than the screen"] if wide > 0 else [])
        faults.extend(f"{name}: {fault}" for fault in axe(page))
        is_chinese = page.evaluate("document.documentElement.lang").startswith("zh")
        for text in page.locator(
            "main button:visible:not(.booth-clear), main .form-foot a:visible"
        ).all_inner_texts():
            if text.strip() and bool(HAN.search(text)) != is_chinese:
                faults.append(f"{name}: “{text}” is not translated")

    yield look
    assert faults == []


@pytest.fixture
def visit(new_context, live_server, locale, width):
    """Opens a ballot's page as somebody, in the language and at the width of the test."""

    def open_page(name: str, stage, user):
        page = new_context(locale=locale).new_page()
        page.set_viewport_size({"width": width, "height": 844})
        enter(page, live_server.url, user)
        lang = "en" if locale == "en-GB" else "zh-hans"
        page.goto(address(live_server.url, name, stage.ballot.pk, lang=lang))
        return page

    return open_page


def shown(page, name: str):
    expect(page.locator(f'[data-screen="{name}"]')).to_be_visible(timeout=20_000)
    return page


def cast(page) -> None:
    mark(page, 1, 2)
    page.locator("[data-review]").click()
    page.locator("[data-cast]").click()


def answering(page, status: int, reason: str) -> None:
    """From now on the server says this to every ballot."""
    answer = {"reason": reason, "tracker": "a" * 43, "message": "投票已结束。"}
    page.unroute(CAST)
    page.route(CAST, lambda route: route.fulfill(status=status, json=answer))


def test_screens_of_the_booth(visit, seen):
    make_branch()
    stage = factories.opened(voters=4, questions=3, smallest_count=2, hides_own_row=True)
    page = visit("ballots:booth", stage, stage.voters[3])
    seen(shown(page, "mark"), "mark")
    mark(page, 2, 0)
    seen(page, "marked")
    page.locator("[data-review]").click()
    seen(shown(page, "confirm"), "confirm")
    page.route(CAST, lambda route: route.abort())
    page.locator("[data-cast]").click()
    expect(page.locator("[data-retry]")).to_be_visible(timeout=20_000)
    seen(page, "sending")
    answering(page, 409, "replaced")
    page.locator("[data-retry]").click()
    seen(shown(page, "replaced"), "replaced")
    page.unroute(CAST)
    page.locator("[data-replace]").click()  # the server knows of no other: it says so, and then takes it
    page.locator("[data-replace]").click()
    page.locator(".booth-signed summary").click(timeout=20_000)
    seen(shown(page, "done"), "done")

    page.reload()
    expect(page.locator("[data-voted]")).to_be_visible()
    seen(page, "voted")
    answering(page, 410, "counted")
    cast(page)
    seen(shown(page, "counted"), "counted")
    page.reload()
    answering(page, 410, "closed")
    cast(page)
    seen(shown(page, "refused"), "refused")


def test_screens_of_the_desk(visit, seen):
    make_branch()
    stage = factories.set_up(voters=4, questions=2, smallest_count=2)
    page, other = [visit("ballots:scrutineer", stage, each) for each in stage.scrutineers]
    expect(page.locator("[data-make]")).to_be_visible()
    seen(page, "make")
    page.locator("[data-make]").click()
    expect(page.locator("[data-qr] svg")).to_be_visible()
    seen(page, "sheet")
    page.reload()
    for each in (page, other):
        make_key(each)
    seen(page, "ready")
    again = visit("ballots:scrutineer", stage, stage.scrutineers[0])
    expect(again.locator("[data-type]")).to_be_visible()
    seen(again, "made elsewhere")
    fill_the_box(stage)
    actions.issue_paper(
        stage.ballot, stage.ballot.voters.get(member=stage.voters[3].member), by=stage.secretary
    )
    expect(page.locator("[data-checked]")).to_contain_text(re.compile("3.*3"), timeout=20_000)
    seen(page, "verify")
    factories.close(stage)
    page.locator("button[data-count]").click(timeout=20_000)
    expect(page.locator("[data-use-key]")).to_be_visible(timeout=20_000)
    seen(page, "agree")
    page.locator("[data-use-key]").click()
    expect(page.locator('[data-part="counted"]')).to_be_visible(timeout=20_000)
    seen(page, "counted")
    actions.declare_void(stage.ballot, by=stage.secretary, reason="名册有误")
    expect(page.locator("[data-forgotten]")).to_be_visible(timeout=20_000)
    seen(page, "finished")
