"""The scrutineers' desk in real browsers: keys that never leave them, a count that needs all of them."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from appraisals.ballots import actions
from appraisals.ballots.figures import rows_of
from appraisals.ballots.models import Seat, SecretBallot
from tests.ballots import factories
from tests.browser.old_browsers import HANDICAPS
from tests.browser.visits import address, enter
from tests.factories import make_branch

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_FOR_KEYS = 60  # seconds for three, of the two minutes that the handbook gives; measured: 10
SHEET = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){13}")


@pytest.fixture
def stage():
    make_branch()
    return factories.set_up(voters=4, questions=2, smallest_count=2)


@pytest.fixture
def sent():
    """Everything that any of the test's browsers sent."""
    return []


@pytest.fixture
def desk(new_context, live_server, sent):
    """Opens the desk as somebody, in a browser of their own; given a page, in that one again."""

    def open_desk(stage, user):
        page = new_context(locale="en-GB").new_page()
        page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
        enter(page, live_server.url, user)
        page.goto(address(live_server.url, "ballots:scrutineer", stage.ballot.pk, lang="en"))
        return page

    return open_desk


def make_key(page) -> str:
    """The recovery sheet's text."""
    page.locator("[data-make]").click()
    expect(page.locator("[data-qr] svg")).to_be_visible()
    groups = page.locator("[data-groups] li").all_inner_texts()
    number = int(re.search(r"\d+", page.locator("[data-group-label]").inner_text())[0])
    page.locator("#group").fill(groups[number - 1].lower())
    page.locator("[data-confirm] button").click()
    expect(page.locator('[data-part="ready"]')).to_be_visible()
    return "-".join(groups)


def fill_the_box(stage) -> None:
    actions.open_voting(stage.ballot, by=stage.secretary)
    stage.refresh()
    for voter, row in zip(stage.voters, ([0, 1], [0, None], [3, 1]), strict=False):
        factories.vote(stage, voter, row)


def test_two_scrutineers_make_keys_watch_and_count(stage, desk, sent, axe):
    first, second = (desk(stage, each) for each in stage.scrutineers)
    assert axe(first) == []
    sheets = [make_key(page) for page in (first, second)]
    assert all(SHEET.fullmatch(sheet) for sheet in sheets)
    assert axe(first) == []
    expect(first.locator("[data-everybody] .state-good")).to_have_count(2, timeout=10_000)

    secrets = [page_secret(page, stage) for page in (first, second)]
    fill_the_box(stage)
    expect(first.locator("[data-checked]")).to_have_text("3 of 3 ballots checked", timeout=20_000)
    assert axe(first) == []
    factories.close(stage)
    first.locator("button[data-count]").click(timeout=20_000)
    expect(first.locator("[data-sum]")).to_contain_text(": 3", timeout=20_000)
    expect(first.locator("[data-sum-seen]")).to_contain_text(": 3")
    assert axe(first) == []
    assert not stage.ballot.scrutineers.filter(partial_decryption__isnull=False).exists()
    first.locator("[data-not-now]").click()
    first.locator("button[data-count]").click(timeout=20_000)
    first.locator("[data-use-key]").click(timeout=20_000)
    expect(first.locator('[data-part="counted"]')).to_be_visible(timeout=20_000)
    assert stage.refresh().state == SecretBallot.State.CLOSED

    elsewhere = desk(stage, stage.scrutineers[1])  # another device: the key is on the sheet
    typed = elsewhere.locator("#typed")
    typed.fill(sheets[1][:-1] + ("0" if sheets[1][-1] != "0" else "1"))
    elsewhere.locator("[data-type] button").click()
    expect(elsewhere.locator("[data-typed-error]")).to_have_text(
        "There is a mistake in group 14 of the sheet."
    )
    typed.fill(sheets[0])
    elsewhere.locator("[data-type] button").click()
    expect(elsewhere.locator("[data-typed-error]")).to_contain_text("another ballot or to another scrutineer")
    typed.fill(sheets[1].lower().replace("-", " "))
    elsewhere.locator("[data-type] button").click()
    elsewhere.locator("button[data-count]").click()
    expect(elsewhere.locator("[data-sum]")).to_contain_text(": 3", timeout=20_000)
    expect(elsewhere.locator("[data-sum-seen]")).to_be_hidden()  # it was not there while people voted
    elsewhere.locator("[data-use-key]").click()
    expect(elsewhere.locator('[data-part="finished"]')).to_be_visible(timeout=20_000)
    expect(first.locator('[data-part="finished"]')).to_be_visible(timeout=20_000)
    assert [row.counts for row in rows_of(stage.refresh())] == [(2, 0, 0, 1), (0, 2, 0, 0)]
    for page in (first, second, elsewhere):
        expect(page.locator("[data-forgotten]")).to_be_visible(timeout=20_000)
        assert sorted({name.split(":")[0] for name in kept_names(page)} - {"decrypted", "most", "seen"}) == []
    assert any(name.startswith("decrypted:") for name in kept_names(first))
    assert axe(first) == []

    everything = "\n".join(sent)
    for secret, sheet in zip(secrets, sheets, strict=True):
        assert len(secret) > 60
        assert secret not in everything
        assert sheet not in everything
        assert not any(group in everything for group in sheet.split("-"))


def test_three_people_have_their_keys_within_two_minutes(desk):
    """From opening the desk to the moment in which each sees all three ready; a person also prints and reads."""
    make_branch()
    stage = factories.set_up(voters=4, questions=2, smallest_count=2, scrutineers=3)
    begin = time.monotonic()
    pages = [desk(stage, each) for each in stage.scrutineers]
    for page in pages:
        make_key(page)
    for page in pages:
        expect(page.locator("[data-everybody] .state-good")).to_have_count(3, timeout=20_000)
    assert time.monotonic() - begin < LONGEST_FOR_KEYS


def page_secret(page, stage) -> str:
    return page.evaluate(
        """(name) => new Promise((resolve) => {
            indexedDB.open("scrutineer").onsuccess = ({ target }) => {
                const table = target.result.transaction("kept").objectStore("kept");
                table.get(name).onsuccess = (event) => resolve(event.target.result);
            };
        })""",
        f"key:{stage.ballot.uuid}",
    )


def kept_names(page) -> list[str]:
    return page.evaluate(
        """() => new Promise((resolve) => {
            indexedDB.open("scrutineer").onsuccess = ({ target }) => {
                const table = target.result.transaction("kept").objectStore("kept");
                table.getAllKeys().onsuccess = (event) => resolve(event.target.result);
            };
        })"""
    )


def test_a_void_vote_leaves_no_key_behind(stage, desk):
    page = desk(stage, stage.scrutineers[0])
    make_key(page)
    actions.declare_void(stage.ballot, by=stage.secretary, reason="名册有误")
    expect(page.locator("[data-forgotten]")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-voided]")).to_be_visible()
    assert [name for name in kept_names(page) if name.startswith(("key:", "new:"))] == []


def test_a_key_made_elsewhere_is_said_and_can_be_typed_in(stage, desk):
    sheet = make_key(desk(stage, stage.scrutineers[0]))
    other = desk(stage, stage.scrutineers[0])
    expect(other.locator("[data-elsewhere]")).to_be_visible()
    other.locator("#typed").fill(sheet)
    other.locator("[data-type] button").click()
    expect(other.locator('[data-part="ready"]')).to_be_visible()


@pytest.mark.parametrize("handicap", HANDICAPS, ids=lambda each: each.__name__)
def test_a_browser_that_is_too_old_is_told_so(stage, desk, handicap):
    page = desk(stage, stage.scrutineers[0])
    expect(page.locator("[data-desk]")).to_be_visible()
    expect(page.locator("[data-unable]")).to_be_hidden()
    handicap(page, "scrutineer")
    page.reload()
    expect(page.locator("[data-unable]")).to_be_visible()
    expect(page.locator("[data-desk]")).to_be_hidden()


def test_a_wrong_group_does_not_hand_in_the_key(stage, desk):
    page = desk(stage, stage.scrutineers[0])
    page.locator("[data-make]").click()
    page.locator("#group").fill("AAAAA")
    page.locator("[data-confirm] button").click()
    expect(page.locator("[data-group-error]")).to_contain_text("This is not what stands on the sheet.")
    assert not stage.ballot.scrutineers.filter(public_key__isnull=False).exists()


def test_an_abandoned_new_key_leaves_the_old_one_in_use(stage, desk):
    page = desk(stage, stage.scrutineers[0])
    make_key(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-make-new]").click()
    expect(page.locator("[data-qr] svg")).to_be_visible()
    page.reload()
    expect(page.locator('[data-part="ready"]')).to_be_visible()


def test_a_key_whose_page_died_while_it_was_handed_in_is_kept(stage, desk):
    page = desk(stage, stage.scrutineers[0])
    page.route("**/key/", lambda route: (route.fetch(), route.abort()))  # it arrives, and nobody says so
    page.locator("[data-make]").click()
    groups = page.locator("[data-groups] li").all_inner_texts()
    number = int(re.search(r"\d+", page.locator("[data-group-label]").inner_text())[0])
    page.locator("#group").fill(groups[number - 1])
    page.locator("[data-confirm] button").click()
    expect(page.locator("[data-error-text]")).to_contain_text("No connection")
    page.reload()
    expect(page.locator('[data-part="ready"]')).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-make-new]").click()  # abandoned: the handed-in one must not be lost over it
    expect(page.locator("[data-qr] svg")).to_be_visible()
    page.reload()
    expect(page.locator('[data-part="ready"]')).to_be_visible()


def test_a_server_that_changes_a_ballot_is_found_out(stage, desk):
    pages = [desk(stage, each) for each in stage.scrutineers]
    for page in pages:
        make_key(page)
    fill_the_box(stage)
    factories.close(stage)

    def altered(route):
        body = route.fetch().body()
        place = body.index(b'"answers":[') + 200
        route.fulfill(body=body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])

    pages[0].route("**/archive/", altered)
    pages[0].locator("button[data-count]").click(timeout=20_000)
    expect(pages[0].locator("[data-error-text]")).to_contain_text("do not hold", timeout=20_000)
    assert not stage.ballot.scrutineers.filter(partial_decryption__isnull=False).exists()


def test_a_sum_without_a_ballot_that_was_seen_is_not_opened(stage, desk):
    """Everything in such an archive holds: the server could close a single ballot and have it opened as the sum."""
    page, _other = [desk(stage, each) for each in stage.scrutineers]
    for each in (page, _other):
        make_key(each)
    fill_the_box(stage)
    expect(page.locator("[data-checked]")).to_have_text("3 of 3 ballots checked", timeout=20_000)
    page.reload()  # what it saw is remembered beyond the page
    Seat.objects.filter(tracker=Seat.objects.taken().first().tracker).update(data=None, tracker=None)
    factories.close(stage)
    page.locator("button[data-count]").click(timeout=20_000)
    expect(page.locator("[data-error-text]")).to_contain_text("of 2 ballots only, but this browser saw 3")
    assert not stage.ballot.scrutineers.filter(partial_decryption__isnull=False).exists()


def test_a_sum_of_few_is_not_opened_without_paper(stage, desk):
    pages = [desk(stage, each) for each in stage.scrutineers]
    for each in pages:
        make_key(each)
    fill_the_box(stage)
    factories.close(stage)
    page = pages[1]
    page.route("**/states/", lambda route: route.fulfill(json={**route.fetch().json(), "smallestCount": 4}))
    page.locator("button[data-count]").click(timeout=20_000)
    expect(page.locator("[data-error-text]")).to_contain_text("fewer than 4 are never opened", timeout=20_000)
    assert not stage.ballot.scrutineers.filter(partial_decryption__isnull=False).exists()


# --- verifying once more --------------------------------------------------------------------------
def counted():
    make_branch()
    stage = factories.opened(voters=4, questions=2, smallest_count=2)
    trackers = [factories.vote(stage, voter, [0, 1]) for voter in stage.voters[:3]]
    factories.close(stage)
    factories.decrypt(stage)
    actions.announce(stage.ballot, by=stage.secretary)
    return stage, trackers


def verification(page, live_server, stage):
    enter(page, live_server.url, stage.voters[3])
    page.goto(address(live_server.url, "ballots:verification", stage.ballot.pk, lang="en"))
    return page


def test_a_voter_counts_again_in_the_own_browser(new_context, live_server, axe):
    stage, trackers = counted()
    page = verification(new_context(locale="en-GB").new_page(), live_server, stage)
    page.locator("[data-begin]").click()
    expect(page.locator("[data-good-text]")).to_have_text("Everything holds.", timeout=20_000)
    assert page.locator("[data-counts] tr").nth(1).locator("td").all_inner_texts()[1] == "合格 3"
    page.locator("#tracker").fill(trackers[1])
    expect(page.locator("[data-tracker-answer]")).to_have_text("This ballot is in the count.")
    assert axe(page) == []
    page.get_by_role("button", name="Let the server verify").click()
    expect(page.locator("main")).to_contain_text("Everything holds.")


def test_an_altered_archive_does_not_hold(new_context, live_server):
    stage, _trackers = counted()
    page = verification(new_context(locale="en-GB").new_page(), live_server, stage)
    page.route("**/archive/", lambda route: route.fulfill(body=route.fetch().body()[:-2048]))
    page.locator("[data-begin]").click()
    expect(page.locator("[data-bad-text]")).to_contain_text("Something does not hold", timeout=20_000)
