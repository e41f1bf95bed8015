"""The list of people in a browser: narrowed, with chosen columns, in another order, and taken out as a file that holds
what the page shows; at a desk and on a telephone."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from members.models import Export
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_group, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])


@pytest.fixture
def secretary():
    make_branch()
    group, other = make_group(name="第一党小组"), make_group(name="第二党小组")
    for number in range(23):  # more than a page
        make_member(
            f"赵{'一二三四五六七八九十'[number % 10]}{number}",
            party_group=group,
            phone=f"1380013{number:04}",
            birth_date=datetime.date(1960 + number, 3, 24),
        )
    make_member("安娜", party_group=other, stage="activist")
    return make_user(Role.SECRETARY, member=make_member("周书记"))


def rows(page) -> list[list[str]]:
    """The rows of the page as a reader sees them, days as the file has them."""
    return page.locator(".people-table tbody tr").evaluate_all(
        """rows => rows.map(row => [...row.children].map(
             cell => (cell.querySelector('time')?.getAttribute('datetime') ?? cell.textContent).trim()))"""
    )


def all_rows(page) -> list[list[str]]:
    found = rows(page)
    while page.locator("[rel=next]").count():
        page.locator("[rel=next]").click()
        found += rows(page)
    return found


def taken(page, format: str) -> list[list[str]]:
    """The file's rows without its headings."""
    page.locator(".fold-export summary").click()
    with page.expect_download() as download:
        page.locator(f".fold-export button[value={format}]").click()
    path = download.value.path()
    assert download.value.suggested_filename.endswith(f".{format}")
    if format == "csv":
        with open(path, encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))[1:]
    # Not by its path: the browser keeps downloads under names without an ending.
    lines = load_workbook(io.BytesIO(path.read_bytes())).active.iter_rows(min_row=2, values_only=True)
    return [
        [value.date().isoformat() if isinstance(value, datetime.datetime) else value or "" for value in line]
        for line in lines
    ]


@SIZES
def test_what_is_seen_is_taken_out(page, live_server, secretary, axe, width):
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "members:list"))
    expect(page.locator(".count")).to_contain_text("25")

    # Filter.
    page.locator(".people-filters summary").click()
    page.select_option("[name=group]", label="第一党小组")
    page.locator(".people-filters button").click()
    expect(page.locator(".count")).to_contain_text("23")
    expect(page.locator(".used-filters")).to_contain_text("第一党小组")

    # Choose columns: away with the posts, in with the date of birth and the telephone.
    page.locator(".fold-columns summary").click()
    page.locator(".fold-columns [value=posts]").uncheck()
    for column in ("birth_date", "phone"):
        page.locator(f".fold-columns [value={column}]").check()
    assert axe(page) == []
    page.locator(".fold-columns button").click()
    expect(page.locator(".count")).to_contain_text("23")

    # Another order: above the columns at a desk, among the filters on a telephone.
    if width > 768:
        page.locator("thead a", has_text="出生").click()
        expect(page.locator("[aria-sort=ascending]")).to_have_count(1)
        page.locator("[aria-sort] a").click()
        expect(page.locator("[aria-sort=descending]")).to_have_count(1)
    else:
        page.locator(".people-filters summary").click()
        page.select_option("[name=sort]", value="-birth_date")
        page.locator(".people-filters button").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    shown = all_rows(page)
    assert len(shown) == 23
    assert shown[0][-2:] == ["1982-03-24", "13800130022"]
    assert [row[-2] for row in shown] == sorted((row[-2] for row in shown), reverse=True)
    assert taken(page, "xlsx") == shown
    page.reload()
    assert taken(page, "csv") == shown

    # The browser remembers the columns, and the portal the files.
    page.goto(address(live_server.url, "members:list"))
    assert len(rows(page)[0]) == len(shown[0])
    assert [(one.format, one.people) for one in Export.objects.order_by("pk")] == [("xlsx", 23), ("csv", 23)]
    page.goto(address(live_server.url, "members:exports"))
    expect(page.locator(".rows > li")).to_have_count(2)
    expect(page.locator(".rows > li").first).to_contain_text("第一党小组")
    assert axe(page) == []


@SIZES
def test_the_statistics_are_read_with_their_charts(page, live_server, secretary, axe, width):
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "statistics:overview"))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    charts, tables = page.locator("svg.bar-chart"), page.locator(".statistic-table")
    assert charts.count() == tables.count() > 5
    for number in range(charts.count()):
        assert charts.nth(number).bounding_box()["height"] > 20
    page.locator(".page-actions a").first.click()
    expect(page.locator(".figures-table tbody tr")).to_have_count(20)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
