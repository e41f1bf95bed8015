"""The booth in a real browser, on a telephone: what is clicked is what is counted, whatever the connection does."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from appraisals.ballots import actions
from appraisals.ballots.figures import rows_of
from appraisals.ballots.models import Seat
from tests.ballots import factories
from tests.browser.old_browsers import HANDICAPS
from tests.browser.visits import address, enter
from tests.factories import make_branch

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
CAST = "**/booth/cast/"


@pytest.fixture
def stage():
    make_branch()
    return factories.opened(voters=4, questions=3, smallest_count=2, hides_own_row=True)


@pytest.fixture
def booth(new_context, live_server):
    """Opens the booth as somebody, in a browser of their own."""

    def open_booth(stage, voter, *, locale: str = "en-GB", **options):
        lang = "en" if locale.startswith("en") else "zh-hans"
        page = new_context(locale=locale, **options).new_page()
        page.set_viewport_size(PHONE)
        enter(page, live_server.url, voter)
        page.goto(address(live_server.url, "ballots:booth", stage.ballot.pk, lang=lang))
        return page

    return open_booth


def mark(page, row: int, answer: int) -> None:
    page.locator(f'label[for="row-{row}-{answer}"]').click()


def look_through(page) -> None:
    page.locator("[data-review]").click()


def cast(page) -> str:
    """The tracking code."""
    look_through(page)
    page.locator("[data-cast]").click()
    return arrived(page)


def arrived(page) -> str:
    expect(page.locator('[data-screen="done"]')).to_be_visible(timeout=20_000)
    return page.locator("[data-tracker]").inner_text()


def counts(stage) -> list[tuple]:
    factories.close(stage)
    factories.decrypt(stage)
    return [(row.counts, row.abstentions) for row in rows_of(stage.ballot)]


def trackers() -> list[str]:
    return list(Seat.objects.taken().values_list("tracker", flat=True))


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_what_is_marked_is_what_is_counted(booth, stage, axe, locale):
    page = booth(stage, stage.voters[3], locale=locale)
    mark(page, 1, 0)
    mark(page, 2, 3)
    mark(page, 3, 2)
    page.locator('[data-row="3"] [data-clear]').click()  # thought better of it
    assert axe(page) == []
    look_through(page)
    labels = factories.GRADES if locale == "zh-CN" else factories.GRADES_EN
    assert page.locator("[data-summary] dd").all_inner_texts()[:2] == [labels[0], labels[3]]
    assert axe(page) == []
    page.locator("[data-cast]").click()
    assert [arrived(page)] == trackers()
    assert axe(page) == []
    assert page.locator("input:checked").count() == 0
    factories.vote(stage, stage.voters[0], [None, 1, 1])
    assert counts(stage) == [((1, 0, 0, 0), 1), ((0, 1, 0, 1), 0), ((0, 1, 0, 0), 1)]


def test_own_row_is_left_out_and_stays_unmarked(booth, stage):
    page = booth(stage, stage.voters[0])
    assert [row.get_attribute("data-row") for row in page.locator("[data-row]").all()] == ["2", "3"]
    mark(page, 2, 1)
    mark(page, 3, 1)
    assert page.locator("[data-count]").inner_text() == "2 of 2 rated"
    cast(page)
    factories.vote(stage, stage.voters[1], [0, None, 0])
    assert counts(stage)[0] == ((1, 0, 0, 0), 1)


def test_voting_again_replaces_the_earlier_ballot_and_says_so(booth, stage):
    page = booth(stage, stage.voters[3])
    mark(page, 1, 0)
    first = cast(page)
    page.goto(page.url)
    expect(page.locator("[data-voted]")).to_be_visible()
    assert page.locator("[data-voted-tracker]").inner_text() == first
    mark(page, 1, 3)
    second = cast(page)
    assert trackers() == [second]
    factories.vote(stage, stage.voters[0], [None, None, None])
    assert counts(stage)[0] == ((0, 0, 0, 1), 1)


def test_a_lost_connection_loses_nothing(booth, stage):
    page = booth(stage, stage.voters[3])
    sent = []

    def unlucky(route):
        sent.append(route.request.post_data)
        route.abort() if len(sent) < 3 else route.continue_()

    page.route(CAST, unlucky)
    mark(page, 1, 2)
    look_through(page)
    page.locator("[data-cast]").click()
    expect(page.locator("[data-status]")).to_contain_text("No connection")
    page.locator("[data-retry]").click()
    assert [arrived(page)] == trackers()
    assert len(sent) == 3
    assert len(set(sent)) == 1  # the same bytes each time


def test_an_answer_that_got_lost_does_not_make_two_ballots(booth, stage):
    page = booth(stage, stage.voters[3])
    answers = []

    def swallow(route):
        answers.append(route.fetch().json())  # the server has accepted
        route.abort() if len(answers) == 1 else route.continue_()

    page.route(CAST, swallow)
    mark(page, 1, 2)
    look_through(page)
    page.locator("[data-cast]").click()
    assert [arrived(page)] == trackers()
    assert answers[0]["was_there"] is False


@pytest.mark.parametrize("is_prepared", [True, False], ids=["with_credential", "without"])
def test_whoever_was_signed_out_signs_in_beside_and_goes_on(booth, stage, live_server, is_prepared):
    voter = stage.voters[3]
    voter.set_password("a-long-phrase-of-the-test")
    voter.save()
    page = booth(stage, voter)
    if not is_prepared:
        page.route("**/booth/place/", lambda route: route.abort())
        page.reload()
    mark(page, 1, 2)
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="sessionid")  # before anything else can be asked for in the session
    page.unroute("**/booth/place/")
    look_through(page)
    page.locator("[data-cast]").click()
    expect(page.locator("[data-status]")).to_contain_text("You are signed out.", timeout=15_000)
    beside = page.context.new_page()  # signing in by the form gives a new anti-forgery token, too
    beside.goto(address(live_server.url, "account_login", lang="en"))
    beside.locator("[name=login]").fill(voter.username)
    beside.locator("[name=password]").fill("a-long-phrase-of-the-test")
    beside.locator("form:has([name=password]) button").click()
    beside.wait_for_url(lambda url: "sign-in" not in url)
    # A page without its place goes on asking for one by itself, and may have sent the ballot before the button is pressed.
    page.evaluate("document.querySelector('[data-retry]:not([hidden])')?.click()")
    assert [arrived(page)] == trackers()


def test_a_double_click_casts_one_ballot(booth, stage):
    page = booth(stage, stage.voters[3])
    posts = []
    page.on("request", lambda request: posts.append(request) if request.url.endswith("/cast/") else None)
    mark(page, 1, 2)
    look_through(page)
    page.locator("[data-cast]").dblclick(force=True)
    assert [arrived(page)] == trackers()
    assert len(posts) == 1


def test_another_device_in_between_is_said_and_chosen(booth, stage):
    page = booth(stage, stage.voters[3])
    mark(page, 1, 0)
    page.wait_for_load_state("networkidle")
    other = factories.vote(stage, stage.voters[3], [3, 3, 3])
    look_through(page)
    page.locator("[data-cast]").click()
    expect(page.locator("[data-other-tracker]")).to_have_text(other)
    assert trackers() == [other]
    page.locator("[data-replace]").click()
    assert [arrived(page)] == trackers()
    assert trackers() != [other]


def test_closing_while_the_page_is_open(booth, stage):
    page = booth(stage, stage.voters[3])
    mark(page, 1, 0)
    page.wait_for_load_state("networkidle")
    factories.close(stage)
    look_through(page)
    page.locator("[data-cast]").click()
    expect(page.locator("[data-reason]")).to_have_text("Voting is closed.")


def test_a_ballot_that_was_counted_is_never_called_refused(booth, stage, axe):
    """It arrives, the answer is lost, voting is closed, and it is sent once more."""
    page = booth(stage, stage.voters[3])
    sent = []

    def lost_until_closed(route):
        sent.append(route.request.post_data)
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.fulfill(
                status=410, json={"reason": "counted", "tracker": Seat.objects.taken().get().tracker}
            )

    page.route(CAST, lost_until_closed)
    mark(page, 1, 0)
    look_through(page)
    page.locator("[data-cast]").click()
    expect(page.locator('[data-screen="counted"]')).to_be_visible(timeout=40_000)
    expect(page.locator("#booth-counted")).to_have_text("Voting is closed; your ballot is in the count")
    assert page.locator("[data-counted-tracker]").inner_text() == trackers()[0]
    assert page.locator('[data-screen="refused"]').is_hidden()
    assert page.locator("input:checked").count() == 0
    assert axe(page) == []


def test_whoever_was_given_paper_is_told_so(booth, stage):
    actions.issue_paper(
        stage.ballot, stage.ballot.voters.get(member=stage.voters[3].member), by=stage.secretary
    )
    page = booth(stage, stage.voters[3])
    expect(page.locator("main")).to_contain_text("You were given a paper ballot.")
    assert page.locator("[data-booth]").count() == 0


def test_without_script_the_page_leads_to_paper(booth, stage):
    page = booth(stage, stage.voters[3], java_script_enabled=False)
    expect(page.locator("main")).to_contain_text("ask the secretary for a paper ballot")
    expect(page.locator("[data-booth]")).to_be_hidden()


@pytest.mark.parametrize("handicap", HANDICAPS, ids=lambda each: each.__name__)
def test_a_browser_that_is_too_old_leads_to_paper(booth, stage, handicap):
    page = booth(stage, stage.voters[3])
    expect(page.locator("[data-booth]")).to_be_visible()
    expect(page.locator("[data-unable]")).to_be_hidden()
    handicap(page, "booth")
    page.reload()
    expect(page.locator("[data-unable]")).to_be_visible()
    expect(page.locator("[data-unable]")).to_contain_text("ask the secretary for a paper ballot")
    expect(page.locator("[data-booth]")).to_be_hidden()


def test_the_keyboard_is_enough(booth, stage):
    page = booth(stage, stage.voters[3])
    page.locator("#row-1-0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.locator("[data-next]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "row-2-0"
    page.keyboard.press("Space")
    page.locator("[data-review]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "booth-confirm"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrived(page)
    factories.vote(stage, stage.voters[0], [None, None, None])
    assert counts(stage)[:2] == [((0, 1, 0, 0), 1), ((1, 0, 0, 0), 1)]


def test_nothing_of_the_marks_is_stored_or_sent(booth, stage):
    page = booth(stage, stage.voters[3])
    bodies = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    mark(page, 1, 0)
    mark(page, 2, 1)
    look_through(page)
    stored = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, (await indexedDB.databases()).length])"
    )
    assert stored in ("[{},{},0]",)
    page.locator("[data-cast]").click()
    arrived(page)
    sent = "".join(bodies)
    assert all(grade not in sent for grade in [*factories.GRADES, *factories.GRADES_EN])
    assert '"choices":[1' not in sent
