"""What the database refuses, whoever asks."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from branch_portal.news.models import Authorship, Report, ReportPicture, Review
from members.permissions import Role
from tests.factories import make_user
from tests.news.factories import DAY, lead_to, make_picture, make_report

pytestmark = pytest.mark.django_db
S = Report.State


def refuses(words: str):
    """The statement inside fails with these words, and the transaction goes on."""
    return _Refused(words)


class _Refused:
    def __init__(self, words: str):
        self.raises, self.atomic = (
            pytest.raises((IntegrityError, DatabaseError), match=words),
            transaction.atomic(),
        )

    def __enter__(self):
        self.raises.__enter__()
        self.atomic.__enter__()

    def __exit__(self, *failure):
        self.atomic.__exit__(*failure)
        return self.raises.__exit__(*failure)


def row(report: Report):
    return Report.objects.filter(pk=report.pk)


@pytest.mark.parametrize(
    ("state", "change", "name"),
    [
        (S.DRAFT, {"kinds": []}, "report_is_of_at_least_one_known_kind"),
        (S.DRAFT, {"kinds": ["picnic"]}, "report_is_of_at_least_one_known_kind"),
        (S.DRAFT, {"year": 1999}, "report_year_is_of_the_event_until_it_has_an_address"),
        (S.DRAFT, {"published_at": DAY}, "report_has_a_date_added_exactly_when_published_or_withdrawn"),
        (S.DRAFT, {"withdrawn_reason": "x"}, "report_has_a_reason_exactly_when_withdrawn"),
        (S.DRAFT, {"slug": "Kein Wort"}, "report_address_is_plain_letters_digits_and_hyphens"),
        (S.PUBLISHED, {"published_at": None}, "report_has_a_date_added_exactly_when_published_or_withdrawn"),
        (S.PUBLISHED, {"published_at": DAY.replace(day=1)}, "report_is_added_after_the_event"),
        (S.PUBLISHED, {"state": S.WITHDRAWN}, "report_has_a_reason_exactly_when_withdrawn"),
        (S.DRAFT, {"changed_by": None, "revision": 5}, "report_says_who_changed_it|null value"),
    ],
)
def test_constraint_refuses(state, change, name):
    report = make_report(state=state)
    if "kinds" in change or "revision" in change:
        change = {"revision": 5, **change}
    with refuses(name):
        row(report).update(**change)


def test_half_a_language_does_not_leave_the_draft():
    report = make_report(title_en="Only a title")
    with refuses("report_beyond_draft_is_whole_in_each_language_it_has"):
        row(report).update(state=S.IN_REVIEW)


@pytest.mark.parametrize(
    ("state", "target"),
    [
        (S.DRAFT, S.PUBLISHED),
        (S.DRAFT, S.WITHDRAWN),
        (S.PUBLISHED, S.DRAFT),
        (S.PUBLISHED, S.IN_REVIEW),
        (S.WITHDRAWN, S.PUBLISHED),
    ],
)
def test_states_follow_the_workflow(state, target):
    report = make_report(state=state)
    with refuses("(?i)transition|only after a review"):
        row(report).update(state=target)


def test_report_begins_as_a_draft():
    user = make_user(Role.COMMITTEE)
    with refuses("a report begins as a draft"):
        Report.objects.create(
            title_zh="x", kinds=["other"], event_date=DAY, state=S.IN_REVIEW, created_by=user, changed_by=user
        )


def test_nothing_is_published_without_a_review_of_this_text():
    report = make_report(state=S.IN_REVIEW)
    with refuses("published only after a review of exactly this text"):
        row(report).update(state=S.PUBLISHED, slug="x", published_at=DAY)


def review(report: Report, **fields) -> Review:
    ticked = dict.fromkeys(Review.CHECKS, True)
    values = {"revision": report.revision, "at": timezone.now(), "verdict": "published", **ticked, **fields}
    return Review.objects.create(report=report, **values)


def test_author_cannot_review():
    writer = make_user(Role.SECRETARY)
    report = make_report(by=writer, state=S.IN_REVIEW)
    with refuses("nobody reviews a text they wrote"):
        review(report, reviewer=writer)


def test_only_what_is_in_review_is_reviewed():
    reviewer = make_user(Role.SECRETARY)
    with refuses("only the text that is in review"):
        review(make_report(), reviewer=reviewer)
    with refuses("only the text that is in review"):
        review(make_report(state=S.IN_REVIEW), reviewer=reviewer, revision=99)


@pytest.mark.parametrize("check", Review.CHECKS)
def test_published_verdict_needs_every_check(check):
    report = make_report(state=S.IN_REVIEW)
    with refuses("review_publishes_only_with_every_check"):
        review(report, reviewer=make_user(Role.SECRETARY), **{check: False})


def test_returned_verdict_needs_a_note():
    report = make_report(state=S.IN_REVIEW)
    with refuses("review_returns_with_a_reason"):
        review(report, reviewer=make_user(Role.SECRETARY), verdict="returned")


def test_reviews_and_authors_are_kept_as_they_are():
    report = make_report(state=S.PUBLISHED)
    for rows, change in ((report.reviews, {"note": "x"}), (report.authorships, {"user": make_user()})):
        with refuses("(?i)cannot update"):
            rows.update(**change)
        with refuses("(?i)cannot (update or )?delete"):
            rows.all().delete()
    assert Authorship.objects.filter(report=report).count() == 1


def test_author_is_named_once():
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer)
    with refuses("author_is_named_once"):
        Authorship.objects.create(report=report, user=writer)


@pytest.mark.parametrize("state", [S.IN_REVIEW, S.PUBLISHED, S.WITHDRAWN])
def test_text_and_pictures_stand_still_outside_the_draft(state):
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer)
    picture = make_picture(report)
    report = lead_to(report, state, by=writer)
    with refuses("changes only while it is a draft"):
        row(report).update(body_zh="<p>anders</p>", revision=report.revision + 1)
    pictures = ReportPicture.objects.filter(pk=picture.pk)
    with refuses("change only while it is a draft"):
        pictures.update(alt_zh="anders")
    with refuses("change only while it is a draft"):
        pictures.delete()
    with refuses("change only while it is a draft"):
        ReportPicture.objects.create(report=report, key="0" * 32, width=1, height=1)


def test_changed_text_is_a_new_revision():
    report = make_report()
    with refuses("a changed text is a new revision"):
        row(report).update(title_zh="anders")


def test_address_is_final_and_unique_in_its_year():
    first, second = make_report(state=S.PUBLISHED), make_report(state=S.IN_REVIEW)
    with refuses("(?i)cannot update"):
        row(first).update(slug="anders")
    with refuses("report_address_is_unique_in_its_year"):
        row(second).update(slug=first.slug)


def test_report_is_never_deleted():
    report = make_report()
    with refuses("(?i)cannot (update or )?delete"):
        row(report)._raw_delete("default")


def test_history_keeps_the_earlier_text():
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer, title_zh="旧标题")
    row(report).update(title_zh="新标题", revision=2)
    events = report.events.order_by("pgh_id")
    assert list(events.values_list("title_zh", flat=True)) == ["旧标题", "新标题"]
    with refuses("(?i)cannot"):
        events.update(title_zh="x")
