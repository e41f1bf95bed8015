"""The main job, as it is done: the secretary records the reference meeting, the public reads its report.

Played in Chinese and in English, by people with nothing but a browser.
"""

from __future__ import annotations

import datetime
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from branch_portal.news.models import Report
from meetings.kinds import AgendaKind
from meetings.models import Meeting
from members.models import Position
from members.permissions import Role
from tests.browser.reference_meeting import CHINESE, ENGLISH, Script
from tests.factories import PASSWORD, make_branch, make_group, make_member, make_position, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ["陈静", "林远山", "何若水", "郑一凡", "方知行", "苏晓岚"]


@pytest.fixture
def branch():
    """A branch of eight; the secretary and the publicity commissioner have accounts."""
    make_branch(introduction="本支部服务会员。", introduction_en="The branch serves the members.")
    group = make_group()
    secretary = make_user(Role.SECRETARY, username="secretary", member=make_member("周明", party_group=group))
    publicity = make_member("吴桐", party_group=group)
    make_position(publicity, Position.Post.PUBLICITY)
    make_user(Role.MEMBER, username="publicity", member=publicity)
    for name in NAMES:
        make_member(name, party_group=group)
    return secretary


@pytest.fixture
def photographs(tmp_path):
    paths = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    for path, colour in zip(paths, ("#b3111a", "#b8862b"), strict=True):
        Image.new("RGB", (1800, 1200), colour).save(path)
    return paths


def sign_in(page: Page, home: str, username: str) -> None:
    page.goto(f"{home}desk/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{home}desk/")


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_attribute("data-state", "saved", timeout=15_000)


def plan(page: Page, home: str, script: Script) -> None:
    page.goto(f"{home}desk/meetings/")
    page.locator('a[href$="/meetings/new/"]').first.click()
    page.fill("[name=title]", script.title)
    page.check("[name=kinds][value=life_meeting]")
    page.check("[name=kinds][value=appraisal]")
    page.fill("[name=for_year]", "2024")
    page.fill("[name=starts_at]", "2025-03-24T14:00")
    page.fill("[name=ends_at]", "2025-03-24T17:00")
    page.fill("[name=place]", script.place)
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))


def take_attendance(page: Page) -> None:
    for mark in page.locator(".mark-present").all():
        mark.click()
    saved(page)


def item_of(page: Page, kind: str):
    """The card of the agenda item of a kind."""
    pk = Meeting.objects.get().agenda_items.get(kind=kind).pk
    return page.locator(f'[data-row="agenda-{pk}"]')


def type_notes(page: Page, kind: str, text: str) -> None:
    card = item_of(page, kind)
    card.scroll_into_view_if_needed()
    box = card.get_by_role("textbox").locator("xpath=self::*[contains(@id, '-notes-editor')]")
    box.click()
    page.keyboard.type(text)


def add_row(page: Page, kind: str, **values: str) -> None:
    button = page.locator(f"[data-add-row={kind}]")
    button.scroll_into_view_if_needed()
    page.wait_for_timeout(400)  # editors grow when they come near the screen
    button.click()
    row = page.locator(f'[data-rows="{kind}"] > li').last
    for field, value in values.items():
        control = row.locator(f'[name$="-{field}"]:not([type=hidden])')
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    saved(page)


def record(page: Page, script: Script) -> None:
    type_notes(page, AgendaKind.STUDY, script.notes)
    for topic in script.topics:
        add_row(page, "topic", title=topic)
    type_notes(page, AgendaKind.WORK_REPORT, script.work_report)
    description, cause, measure = script.problem
    add_row(page, "problem", description=description, cause=cause, measure=measure, due_on="2025-06-30")
    add_row(page, "criticism", speaker="周明", text=script.criticism)
    for title, text in script.requirements:
        add_row(page, "requirement", title=title, text=text)
    saved(page)


def add_photographs(page: Page, photographs, script: Script) -> None:
    page.set_input_files("#photos", photographs)
    expect(page.locator(".photo-row")).to_have_count(2, timeout=20_000)
    for row, caption in zip(page.locator(".photo-row").all(), script.captions, strict=True):
        row.locator('[name$="-caption"]:not([type=hidden])').fill(caption)
    saved(page)


def close_and_sign(page: Page) -> None:
    page.locator("button[form=finish-form]").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))
    page.locator('a[href$="/sign-off/"]').first.click()
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))


def draft_report(page: Page) -> None:
    page.locator('a[href*="/reports/from-meeting/"]').click()
    for box in page.locator("[name=photos]").all():
        box.check()
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/reports/\d+/edit/"))


def finish_report(page: Page, script: Script) -> None:
    suffix = "zh" if script.lang == "zh-hans" else "en"
    for row, caption in zip(page.locator("[data-picture]").all(), script.captions, strict=True):
        row.locator(f'[name$="alt_{suffix}"]:not([type=hidden])').fill(caption)
    page.locator('button[name=do][value="close"]').click()
    page.wait_for_url(re.compile(r"/reports/\d+/$"))
    page.locator('form[action$="/send-to-review/"] button').click()
    page.wait_for_url(re.compile(r"/reports/\d+/$"))


def publish(page: Page, home: str) -> None:
    page.goto(f"{home}desk/")
    page.locator('.findings a[href*="/reports/"]').first.click()
    page.locator("main .rows a").first.click()
    page.locator('a[href$="/review/"]').click()
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.locator("[name=verdict][value=published]").click()
    page.wait_for_url(re.compile(r"/reports/\d+/$"))


@pytest.mark.parametrize("script", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_the_reference_meeting_from_plan_to_public_report(
    new_context, live_server, branch, photographs, script, axe
):
    home = f"{live_server.url}/{script.lang}/"
    complaints: list[str] = []

    def visitor() -> Page:
        page = new_context(locale=script.locale).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        return page

    desk = visitor()
    sign_in(desk, home, "secretary")
    plan(desk, home, script)
    desk.locator('form[action$="/start/"] button').click()
    desk.wait_for_selector("form[data-ready]")
    take_attendance(desk)
    record(desk, script)
    add_photographs(desk, photographs, script)
    assert axe(desk) == []
    close_and_sign(desk)
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.for_year) == (Meeting.State.SIGNED_OFF, 2024)
    assert [item.kind for item in meeting.agenda_items.all()] == [
        AgendaKind.STUDY,
        AgendaKind.WORK_REPORT,
        AgendaKind.ANALYSIS,
        AgendaKind.CRITICISM,
        AgendaKind.BALLOT,
        AgendaKind.REQUIREMENTS,
    ]
    assert [topic.title for topic in meeting.study_topics.all()] == list(script.topics)
    assert meeting.problems.get().due_on == datetime.date(2025, 6, 30)
    assert meeting.criticisms.get().text == script.criticism
    assert script.notes in meeting.agenda_items.get(kind=AgendaKind.STUDY).notes
    assert script.work_report in meeting.agenda_items.get(kind=AgendaKind.WORK_REPORT).notes
    assert [row.title for row in meeting.requirements.all()] == [
        title for title, _text in script.requirements
    ]
    assert meeting.attendances.exclude(status="present").count() == 0

    draft_report(desk)
    finish_report(desk, script)
    reviewer = visitor()
    sign_in(reviewer, home, "publicity")
    publish(reviewer, home)
    assert Report.objects.get().state == Report.State.PUBLISHED

    public = visitor()
    public.goto(live_server.url)
    public.wait_for_url(home)
    public.get_by_role("link", name=script.title).first.click()
    expect(public.locator("h1")).to_have_text(script.title)
    pictures = public.locator("article img")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
    public.wait_for_function(
        "[...document.querySelectorAll('article img')].every((one) => one.naturalWidth > 0)"
    )
    for title, _text in script.requirements:
        expect(public.locator("article")).to_contain_text(title)
    body = public.locator("main").inner_text()
    assert script.criticism not in body
    assert not any(name in body for name in NAMES)
    assert public.context.cookies() == []
    assert axe(public) == []
    assert complaints == []
