"""Addresses: readable, short, unlike each other."""

import threading

import pytest
from django.db import connection

from branch_portal.news import actions
from branch_portal.news.models import LONGEST_SLUG, Report
from branch_portal.news.slugs import free_slug, slug_of
from members.permissions import Role
from tests.factories import make_user
from tests.news.factories import DAY, EVERY_CHECK, make_report

S = Report.State


@pytest.mark.parametrize(
    ("title_zh", "title_en", "slug"),
    [
        ("主题党日", "", "zhu-ti-dang-ri"),
        ("主题党日", "Theme Party day: planting_trees", "theme-party-day-planting-trees"),
        ("“七一”！表彰（2025）", "", "qi-yi-biao-zhang-2025"),
        ("！！！", "", "report"),
        ("", "", "report"),
    ],
)
def test_slug_of_a_title(title_zh, title_en, slug):
    assert slug_of(title_zh, title_en) == slug


@pytest.mark.parametrize(
    "title", ["学" * 200, "a" * 200, "word " * 60, "专题组织生活会和民主评议党员会议" * 5]
)
def test_slug_is_short_and_ends_with_a_word(title):
    slug = slug_of(title, "")
    assert 0 < len(slug) <= LONGEST_SLUG
    assert slug.strip("-") == slug


def test_taken_slug_gets_the_next_number_within_the_length():
    assert free_slug("report", {"report", "report-2"}) == "report-3"
    long = "a" * LONGEST_SLUG
    assert free_slug(long, {long}) == "a" * (LONGEST_SLUG - 2) + "-2"


@pytest.mark.django_db
def test_same_title_in_one_year_and_in_another():
    days = (DAY, DAY.replace(month=5), DAY.replace(year=2024))
    reports = [make_report(title_zh="党课", event_date=day, state=S.PUBLISHED) for day in days]
    assert [(one.year, one.slug) for one in reports] == [
        (2025, "dang-ke"),
        (2025, "dang-ke-2"),
        (2024, "dang-ke"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_reports_of_one_title_published_at_the_same_moment():
    reviewer = make_user(Role.SECRETARY)
    reports = [make_report(title_zh="党课", state=S.IN_REVIEW) for _ in range(2)]
    start = threading.Barrier(2)

    def publish(report):
        try:
            start.wait(timeout=10)
            actions.publish(report, by=reviewer, revision=report.revision, checks=EVERY_CHECK)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[report]) for report in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Report.objects.published().values_list("slug", flat=True)) == {"dang-ke", "dang-ke-2"}
