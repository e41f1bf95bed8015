"""The desk side as a person meets it: list, steps, refusals in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from branch_portal.news import desk_urls
from branch_portal.news.models import Report
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_user
from tests.news.factories import DAY, EVERY_CHECK, make_picture, make_report, publish_many

pytestmark = pytest.mark.django_db
S = Report.State


@pytest.fixture(autouse=True)
def branch():
    return make_branch()


@pytest.fixture
def secretary(client):
    user = make_user(Role.SECRETARY)
    client.force_login(user)
    return user


def page(name: str, *args) -> str:
    with override("en"):
        return reverse(f"reports:{name}", args=args)


def every_page() -> list[str]:
    report, meeting = make_report(), make_meeting(state="draft_minutes")
    arguments = {"list": [], "new": [], "from_meeting": [meeting.pk]}
    return [page(one.name, *arguments.get(one.name, [report.pk])) for one in desk_urls.urlpatterns]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_desk_is_closed_to_those_who_write_no_news(client, role):
    client.force_login(make_user(role))
    for address in every_page():
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address


def test_desk_asks_visitors_to_sign_in(client):
    for address in every_page():
        assert client.get(address)["Location"].startswith("/en/desk/sign-in/"), address


def test_new_report_is_made_once_and_opens_for_editing(client, secretary):
    token = client.get(page("new")).context["form"]["page_token"].value()
    data = {"title_en": "Visit", "kinds": ["other"], "event_date": "2025-03-24", "page_token": token}
    first, second = (client.post(page("new"), data) for _ in range(2))
    report = Report.objects.get()
    assert first["Location"] == second["Location"] == page("edit", report.pk)
    assert (report.created_by, report.author_line_zh, report.author_line_en) == (
        secretary,
        "办公室",
        "The office",
    )


def test_new_report_needs_a_title_a_kind_and_a_day(client, secretary):
    errors = client.post(page("new"), {"page_token": "0" * 32}).context["form"].errors
    assert set(errors) == {"title_zh", "kinds", "event_date"}


def test_list_searches_filters_sorts_and_counts(client, secretary):
    make_report(title_zh="党课一")
    make_report(title_zh="党课二", kinds=["party_lesson"], state=S.PUBLISHED)
    make_report(title_zh="义诊", event_date=DAY.replace(year=2023), place="社区")
    titles = lambda query: [one.title_zh for one in client.get(page("list"), query).context["page"]]  # noqa: E731
    assert titles({}) == ["党课二", "党课一", "义诊"]
    assert titles({"order": "changed"}) == ["义诊", "党课二", "党课一"]
    assert titles({"words": "党课"}) == ["党课二", "党课一"]
    assert titles({"words": "社区"}) == ["义诊"]
    assert titles({"state": "draft"}) == ["党课一", "义诊"]
    assert titles({"kind": "party_lesson"}) == ["党课二"]
    assert titles({"year": "2023"}) == ["义诊"]
    assert titles({"words": "没有"}) == []
    html = client.get(page("list"), {"words": "党课"}).content.decode()
    assert "2 reports" in html


def test_empty_list_offers_the_first_step(client, secretary):
    assert "Write the first report" in client.get(page("list")).content.decode()


def test_list_needs_as_many_queries_for_ten_as_for_a_thousand(client, secretary):
    writer = make_user(Role.COMMITTEE)
    counts = []
    for more in (10, 990):
        publish_many(more, by=writer, reviewer=secretary)
        with CaptureQueriesContext(connection) as queries:
            client.get(page("list"))
        counts.append(len(queries))
    assert 0 < counts[0] == counts[1]


def test_preview_is_the_public_page(client, secretary):
    report = make_report(title_zh="清明", title_en="Qingming", body_en="<p>Hello.</p>")
    make_picture(report)
    response = client.get(page("preview", report.pk))
    html = response.content.decode()
    assert "Preview:" in html
    assert "Qingming" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "public" not in response.get("Cache-Control", "")


def test_whole_way_from_draft_to_public_page_and_back(client, secretary):
    report = make_report(title_en="Visit", body_en="<p>Hello.</p>")
    client.post(page("send_to_review", report.pk))
    review = client.get(page("review", report.pk))
    data = {"revision": review.context["form"]["revision"].value(), "verdict": "published"}
    refused = client.post(page("review", report.pk), data)
    assert set(refused.context["form"].errors) == set(EVERY_CHECK)
    data |= dict.fromkeys(EVERY_CHECK, "on")
    done = client.post(page("review", report.pk), data, follow=True)
    assert "The report is published" in done.content.decode()
    report.refresh_from_db()
    with override("en"):
        public = report.get_absolute_url()
    assert public == "/en/activities/2025/visit/"
    assert client.get(public).status_code == 200
    again = client.post(page("review", report.pk), data, follow=True)
    assert "This has been done already: the report is in the state “published”." in again.content.decode()
    without_reason = client.post(page("withdraw", report.pk), {"reason": " "})
    assert "reason" in without_reason.context["form"].errors
    client.post(page("withdraw", report.pk), {"reason": "Wrong date"})
    assert client.get(public).status_code == 404
    assert "Wrong date" in client.get(page("detail", report.pk)).content.decode()
    client.post(page("revise", report.pk))
    report.refresh_from_db()
    assert report.state == S.DRAFT


def test_returned_report_shows_its_writer_the_reason(client, secretary):
    report = make_report(state=S.IN_REVIEW)
    revision = client.get(page("review", report.pk)).context["form"]["revision"].value()
    data = {"revision": revision, "verdict": "returned"}
    assert "note" in client.post(page("review", report.pk), data).context["form"].errors
    client.post(page("review", report.pk), {**data, "note": "请核对人数"})
    for name in ("detail", "edit"):
        assert "请核对人数" in client.get(page(name, report.pk)).content.decode()


def test_author_is_sent_back_from_the_review_with_the_reason(client, secretary):
    report = make_report(by=secretary, state=S.IN_REVIEW)
    html = client.get(page("review", report.pk), follow=True).content.decode()
    assert "Somebody who did not has to review it." in html
    data = {"revision": report.revision, "verdict": "published", **dict.fromkeys(EVERY_CHECK, "on")}
    client.post(page("review", report.pk), data)
    report.refresh_from_db()
    assert report.state == S.IN_REVIEW


def test_incomplete_draft_says_on_its_page_what_is_missing(client, secretary):
    report = make_report(title_en="Only a title")
    html = client.get(page("detail", report.pk)).content.decode()
    assert "The English title has no text." in html
    assert "Send to review" not in html
    sent = client.post(page("send_to_review", report.pk), follow=True).content.decode()
    assert "The English title has no text." in sent


@pytest.mark.parametrize("name", ["edit", "review", "withdraw"])
def test_step_that_makes_no_sense_now_is_refused_in_words(client, secretary, name):
    state = S.PUBLISHED if name == "edit" else S.DRAFT
    report = make_report(state=state)
    response = client.get(page(name, report.pk), follow=True)
    assert response.redirect_chain == [(page("detail", report.pk), 302)]
    assert "This cannot be done now" in response.content.decode()


def test_pages_carry_no_inline_script_or_style(client, secretary):
    report = make_report(title_en="Visit", body_en="<p>Hello.</p>")
    make_picture(report)
    for name in ("list", "new", "detail", "edit", "preview"):
        html = client.get(page(name, *([] if name in {"list", "new"} else [report.pk]))).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert html.count("<script") == html.count('<script type="module" src=')
