"""The year on paper in the browser: the secretary takes the file and prints the book, and copies the figures."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import AgendaItem
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import lead_to, make_branch, make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretary():
    make_branch()
    secretary = make_user(Role.SECRETARY, member=make_member("周书记"))
    year = timezone.localdate().year
    meeting = make_meeting(by=secretary, title="春季党员大会", for_year=year, state="planned")
    AgendaItem.objects.create(meeting=meeting, title="年度计划")
    make_meeting(by=secretary, title="没有签署的会", for_year=year, state="draft_minutes")
    lead_to(meeting, "signed_off", by=secretary)
    return secretary


def test_the_secretary_presses_the_button_and_gets_the_file(page, live_server, secretary, axe):
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "meetings:list"))
    page.locator(".page-actions a[href*=workbook]").click()
    assert axe(page) == []
    with page.expect_download() as download:
        page.locator("a.btn-primary[href*='as=word']").click()
    assert download.value.suggested_filename.endswith(".docx")
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as file:
        text = file.read("word/document.xml").decode()
    assert "春季党员大会" in text
    assert "年度计划" in text


def test_the_book_is_read_and_printed_page_by_page(page, live_server, secretary, axe):
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "workbook:book", timezone.localdate().year))
    expect(page.locator(".paper")).to_have_count(26)  # cover, contents, chapters
    expect(page.locator(".paper-contents a")).to_have_count(24)
    page.locator(".paper-contents a").nth(7).click()
    expect(page.locator(":target .paper-title")).to_contain_text("8.")
    expect(page.locator(":target")).to_contain_text("年度计划")
    expect(page.locator(":target")).to_contain_text("没有签署的会")
    assert axe(page) == []
    pages = page.pdf(prefer_css_page_size=True)
    assert 26 <= len(re.findall(rb"/Type\s*/Page\b", pages)) <= 60
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".paper-tools")).to_be_hidden()


@pytest.mark.parametrize("locale", ["en-GB"])
def test_the_figures_are_copied_as_tables(page, context, live_server, secretary, axe):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "workbook:figures", timezone.localdate().year, lang="en"))
    assert axe(page) == []
    expect(page.locator("svg.bar-chart").first).to_be_visible()
    button = page.locator("[data-copies=meetings-table]")
    button.click()
    expect(button).to_contain_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.splitlines()[1].split("\t")[:2] == ["Kind", "Held"]
    assert "Members' meeting\t2\t1\t100 %" in text
    copied = page.evaluate(
        "navigator.clipboard.read().then(([one]) => one.getType('text/html')).then((blob) => blob.text())"
    )
    assert "<table" in copied
    assert "<svg" not in copied
    page.locator("[data-copies=figures]").click()
    expect(page.locator("[data-copies=figures]")).to_contain_text("Copied")
    whole = page.evaluate("navigator.clipboard.readText()")
    assert len(re.findall(r"^Figure\t", whole, re.M)) >= 6


def test_without_script_the_figures_can_be_selected(new_context, live_server, secretary):
    page = new_context(locale="zh-CN", java_script_enabled=False).new_page()
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "workbook:figures", timezone.localdate().year))
    expect(page.locator("[data-copies]").first).to_be_hidden()
    page.locator("details.list-fold summary").click()
    expect(page.locator("#as-text")).to_have_value(re.compile(r"\t2\t1\t100 %"))


def test_a_member_is_offered_nothing_of_it(page, live_server, secretary):
    enter(page, live_server.url, make_user())
    page.goto(address(live_server.url, "meetings:list"))
    expect(page.locator("a[href*=workbook]")).to_have_count(0)
