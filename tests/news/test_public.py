"""The pages that everybody can read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from branch_portal.news import actions
from branch_portal.news.figures import figure
from branch_portal.news.languages import Language
from branch_portal.news.models import Report
from branch_portal.news.reading import Reading
from members.permissions import Role
from tests.factories import make_branch, make_user
from tests.news.factories import DAY, lead_to, make_picture, make_report, publish_many

pytestmark = pytest.mark.django_db
STATES = Report.State


@pytest.fixture(autouse=True)
def branch():
    return make_branch(introduction="支部成立于2010年。现有党员18名。第三句不显示。")


def address(name: str, *args, language: str = "zh-hans") -> str:
    with override(language):
        return reverse(name, args=args)


def article_of(report: Report, language: str = "zh-hans") -> str:
    return address("news:article", report.year, report.slug, language=language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_public_page_can_be_cached_and_sets_no_cookie(client, language):
    report = make_report(state=STATES.PUBLISHED)
    client.force_login(make_user(Role.SECRETARY))
    pages = [
        address("news:home", language=language),
        address("news:list", language=language),
        article_of(report, language),
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        assert response["Cache-Control"] == "public, max-age=60"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert client.get(page, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("state", [STATES.DRAFT, STATES.IN_REVIEW, STATES.WITHDRAWN])
def test_what_is_not_published_is_nowhere(client, state):
    writer = make_user(Role.COMMITTEE)
    published = make_report(state=STATES.PUBLISHED, by=writer)
    hidden = make_report(state=state, by=writer, title_zh="秘密草稿")
    client.force_login(writer)
    assert client.get(address("news:article", hidden.year, hidden.slug or "secret")).status_code == 404
    for page in (address("news:home"), address("news:list"), article_of(published)):
        assert "秘密草稿" not in client.get(page).content.decode()


def test_article_shows_author_both_dates_and_the_breadcrumb(client):
    report = make_report(state=STATES.PUBLISHED, on=DAY.replace(day=25), kinds=["life_meeting", "appraisal"])
    html = client.get(article_of(report)).content.decode()
    assert "办公室" in html
    assert 'datetime="2025-03-24"' in html
    assert 'datetime="2025-03-25"' in html
    crumbs = html[html.index("breadcrumbs") : html.index("</nav>", html.index("breadcrumbs"))]
    assert crumbs.count("<a ") == 2


def test_picture_in_the_text_is_responsive_with_the_readers_alternative(client):
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer, title_en="A day", body_en="<p>Text.</p>")
    placed = make_picture(report, alt_zh="合影", alt_en="Group picture", size=(1200, 800))
    make_picture(report, alt_zh="会场", alt_en="", caption_zh="会场一角")
    report.body_zh = report.body_en = f"<p>正文</p>{figure(placed.key, alt='old', caption='说明')}"
    actions.touch(report, by=writer)
    report.save()
    lead_to(report, STATES.PUBLISHED, by=writer)
    report.refresh_from_db()
    html = client.get(article_of(report, "en")).content.decode()
    body = html[html.index('class="report-body') : html.index("report-foot")]
    assert (
        f'<img src="/pictures/{placed.key}/960.webp" srcset="/pictures/{placed.key}/480.webp 480w, '
        f"/pictures/{placed.key}/960.webp 960w, /pictures/{placed.key}/1600.webp 1200w" in body
    )
    assert 'width="960" height="640" alt="Group picture" loading="lazy"' in body
    assert body.count("<img") == 2
    assert 'alt="会场" lang="zh-Hans"' in body
    assert '<figcaption lang="zh-Hans">会场一角</figcaption>' in body


def test_language_without_a_text_says_so_and_offers_the_other(client):
    report = make_report(state=STATES.PUBLISHED, title_zh="只有中文")
    html = client.get(article_of(report, "en")).content.decode()
    assert "This report has no English text." in html
    assert f'<a href="{article_of(report)}" lang="zh-Hans"' in html
    assert '<article class="report" lang="zh-Hans">' in html
    assert "in Chinese only" in client.get(address("news:list", language="en")).content.decode()


def test_each_language_has_its_own_text(client):
    report = make_report(state=STATES.PUBLISHED, title_en="Visit", body_en="<p>In English.</p>")
    html = client.get(article_of(report, "en")).content.decode()
    assert "In English." in html
    assert "no English text" not in html
    assert "党支部开展了" not in html


def test_neighbours_follow_the_date_and_then_the_number(client):
    writer, reviewer = make_user(Role.COMMITTEE), make_user(Role.COMMITTEE)
    titles = [
        ("甲", DAY),
        ("乙", DAY.replace(day=25)),
        ("丙", DAY.replace(day=25)),
        ("丁", DAY.replace(day=26)),
    ]
    first, second, third, fourth = (
        make_report(state=STATES.PUBLISHED, by=writer, reviewer=reviewer, title_zh=title, event_date=day)
        for title, day in titles
    )
    published = Report.objects.published()
    assert [published.before(one).first() for one in (first, second, third, fourth)] == [
        None,
        first,
        second,
        third,
    ]
    assert [published.after(one).first() for one in (first, second, third, fourth)] == [
        second,
        third,
        fourth,
        None,
    ]
    html = client.get(article_of(second)).content.decode()
    assert f'rel="prev" href="{article_of(first)}"' in html
    assert f'rel="next" class="is-next" href="{article_of(third)}"' in html


def test_list_filters_by_kind_and_year_and_passes_over_nonsense(client):
    make_report(state=STATES.PUBLISHED, title_zh="党课", kinds=["party_lesson"])
    make_report(state=STATES.PUBLISHED, title_zh="旧会", event_date=DAY.replace(year=2023))
    page = address("news:list")
    titles = lambda query: {one.title for one in client.get(page, query).context["readings"]}  # noqa: E731
    assert titles({}) == {"党课", "旧会"}
    assert titles({"kind": "party_lesson"}) == {"党课"}
    assert titles({"year": "2023"}) == {"旧会"}
    assert titles({"year": "2023", "kind": "party_lesson"}) == set()
    assert titles({"year": "x", "kind": "y", "page": "z"}) == {"党课", "旧会"}


@pytest.mark.parametrize("page", ["home", "list", "article", "list?kind=theme_party_day&year=2025&page=2"])
def test_queries_are_as_many_with_ten_reports_as_with_a_thousand(client, page):
    writer, reviewer = make_user(Role.COMMITTEE), make_user(Role.COMMITTEE)
    counts = []
    for more in (14, 986):
        publish_many(more, by=writer, reviewer=reviewer)
        report = Report.objects.published().newest_first()[5]
        name, _mark, query = page.partition("?")
        where = article_of(report) if name == "article" else f"{address(f'news:{name}')}?{query}"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        counts.append(len(queries))
    assert 0 < counts[0] == counts[1] <= 6


def test_home_without_reports_says_what_will_stand_here(client):
    html = client.get(address("news:home", language="en")).content.decode()
    assert "No report has been published yet." in html


def test_home_shows_two_sentences_of_the_branch(client):
    make_report(state=STATES.PUBLISHED)
    html = client.get(address("news:home")).content.decode()
    assert "<p>支部成立于2010年。现有党员18名。</p>" in html


def test_stored_script_past_the_forms_does_not_reach_the_page(client):
    report = make_report(
        body_zh="<p>好</p><script>alert(1)</script><img src=x onerror=alert(1)>", state=STATES.PUBLISHED
    )
    html = client.get(article_of(report)).content.decode()
    body = html[html.index('class="report-body') : html.index("report-foot")]
    assert "script" not in body
    assert "onerror" not in body
    assert "<img" not in body


@pytest.mark.parametrize(
    ("body", "language", "summary"),
    [
        ("<p>短文。</p>", "zh", "短文。"),
        ("<figure><img src='x'><figcaption>图说</figcaption></figure><p>正文。</p>", "zh", "正文。"),
        (f"<p>{'长' * 200}</p>", "zh", "长" * 109 + "…"),
        (f"<p>{'word ' * 80}</p>", "en", " ".join(["word"] * 47) + "…"),
    ],
)
def test_summary_is_the_beginning_of_the_text(body, language, summary):
    report = Report(**{f"title_{language}": "x", f"body_{language}": body})
    assert Reading(report, Language(language)).summary == summary


def test_summary_as_written_comes_first():
    report = Report(title_zh="x", body_zh="<p>正文。</p>", summary_zh="提要")
    assert Reading(report, Language.ZH).summary == "提要"
