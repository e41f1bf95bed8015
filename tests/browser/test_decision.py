"""A decision that fails by one vote: sixteen due, eight present, eight yes; entered, discussed and voted on in the browser."""

from __future__ import annotations

import pytest

from tests.browser.visits import address, enter
from tests.decisions.factories import make_hall
from tests.factories import make_branch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_decision_fails_by_one_vote_and_says_why(page, live_server, axe):
    make_branch()
    hall = make_hall(due=16, present=8)
    enter(page, live_server.url, hall.secretary)
    page.goto(address(live_server.url, "meetings:record", hall.meeting.pk, lang="en"))
    sentence = "Due 16, present 8 (0 online); the quorum for “ordinary resolution” (at least half: 8) is met."
    assert page.locator("[data-figure=quorum_ordinary]").inner_text() == sentence

    page.get_by_role("link", name="Enter a matter for decision").click()
    page.fill("[name=title]", "购置急救训练模型")
    page.fill("[name=text]", "同意从活动经费中购置两套急救训练模型。")
    page.get_by_role("button", name="Enter it").click()

    page.get_by_role("link", name="Record the discussion").click()
    page.fill("[name=discussion]", "用于健康服务进社区，没有不同意见。")
    page.get_by_role("button", name="Record the discussion").click()

    page.get_by_role("link", name="Record the vote").click()
    assert sentence in page.locator("main").inner_text()
    assert not axe(page)
    page.fill("[name=yes]", "9")
    page.get_by_role("button", name="Record the vote").click()
    assert "There are more votes than people present." in page.locator("main").inner_text()
    page.fill("[name=yes]", "8")
    page.get_by_role("button", name="Record the vote").click()

    said = "Not passed. 8 yes, 9 needed: more than half of 16 due."
    assert said in page.locator("main").inner_text()
    assert not axe(page)
    page.goto(address(live_server.url, "meetings:detail", hall.meeting.pk, lang="en"))
    assert said in page.locator("main").inner_text()


def test_the_sentence_follows_a_tap_on_the_attendance(page, live_server):
    make_branch()
    hall = make_hall(due=16, present=8)
    enter(page, live_server.url, hall.secretary)
    page.goto(address(live_server.url, "meetings:record", hall.meeting.pk, lang="en"))
    page.locator("[data-record]").wait_for()
    row = hall.meeting.attendances.filter(status="absent").first()
    page.locator(f'label[for="attendance-{row.pk}-online"]').click()
    told = page.locator("[data-figure=quorum_ordinary]", has_text="present 9 (1 online)")
    told.wait_for()
    assert told.inner_text().endswith("(at least half: 8) is met.")
