"""A round as people live it, from the plan to the archive: twelve telephones, two scrutineers, one sheet of paper, and
everything that is sent and written while they vote recorded.

What the browsers sent and what the server wrote is searched for a choice in clear; the archive goes to the portal's verifier
and to one that others wrote.
"""

from __future__ import annotations

import io
import itertools
import json
import logging
import random
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from appraisals.ballots.figures import rows_of, turnout_of
from appraisals.ballots.models import SealedBallot, SecretBallot
from appraisals.ballots.protocol.ballots import Ballot
from appraisals.ballots.protocol.events import ArchiveWriter
from appraisals.ballots.protocol.group import GENERATOR, NEUTRAL, product
from appraisals.ballots.protocol.trustees import trustee_key_from_secret
from appraisals.ballots.texts import election_of
from appraisals.models import Round
from members.permissions import Role
from tests.appraisals.factories import held_meeting
from tests.ballots import factories
from tests.browser.test_booth import PHONE, arrived, cast, mark
from tests.browser.test_scrutineer import make_key, page_secret
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user
from tests.protocol import independent

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS = 12
NAMES = [f"党员{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅"]


class Everybody:
    """The people, their browsers, what they sent and what they marked."""

    def __init__(self, new_context, server: str) -> None:
        make_branch()
        self.new_context, self.server = new_context, server
        self.secretary = make_user(Role.SECRETARY, member=make_member("书记"))
        self.users = [make_user(member=make_member(name)) for name in NAMES]
        self.sent: list[str] = []
        self.marks: dict[int, dict[int, int | None]] = {}
        self.round: Round | None = None

    def page(self, user, name: str, *args, lang: str = "en"):
        page = self.new_context(locale="en-GB" if lang == "en" else "zh-CN").new_page()
        page.set_viewport_size(PHONE)
        page.on("request", self._record)
        enter(page, self.server, user)
        page.goto(address(self.server, name, *args, lang=lang))
        return page

    def _record(self, request) -> None:
        self.sent.append(f"{request.method} {request.url} {request.all_headers()} {request.post_data or ''}")

    def confirm(self, page) -> None:
        page.locator("#id_understood").check()
        page.locator("form .btn-primary, form .btn-outline-danger").last.click()


@pytest.fixture
def everybody(new_context, live_server):
    return Everybody(new_context, live_server.url)


def plan_in_the_browser(everybody) -> Round:
    """The plan with everybody but the secretary, approved at a meeting that was held."""
    page = everybody.page(everybody.secretary, "appraisals:new")
    page.locator("#id_year").fill("2025")
    page.locator("#id_smallest_count").fill("2")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.locator("h1")).to_have_text("Democratic appraisal for 2025")
    page.get_by_role("link", name="Who takes part").click()
    page.get_by_label("书记", exact=True).uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    meeting = held_meeting(everybody.secretary)
    page.get_by_role("link", name="Plan approved", exact=True).click()
    page.locator("#id_meeting").select_option(value=str(meeting.pk))
    page.get_by_role("button", name="The plan was approved there").click()
    expect(page.locator("main")).to_contain_text(f"0 of {len(NAMES)} self-reviews are handed in")
    return Round.objects.get(year=2025)


def review_in_the_browser(everybody) -> None:
    """One hands in the own paper, another says something of the author; the secretary leads on to the ballot."""
    author, critic = everybody.users[:2]
    page = everybody.page(author, "appraisals:self_review", everybody.round.pk)
    page.locator("#id_text-editor").click()
    page.keyboard.type("对照检查")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("Your self-review is handed in.")
    lead = everybody.page(everybody.secretary, "appraisals:round", everybody.round.pk)
    lead.get_by_role("button", name="Begin the mutual review").click()
    page = everybody.page(critic, "appraisals:reviews", everybody.round.pk)
    page.locator("#id_about").select_option(label=author.member.name)
    page.locator("#id_text").fill("要多下基层")
    page.get_by_role("button", name="Sign and enter").click()
    expect(page.locator("main")).to_contain_text(f"signed by {critic.member.name}")
    lead.get_by_role("button", name="Go on to the ballot").click()
    expect(lead.get_by_role("link", name="Set up the ballot")).to_be_visible()


def set_up_in_the_browser(everybody) -> SecretBallot:
    page = everybody.page(everybody.secretary, "appraisals:ballot", everybody.round.pk)
    for user in everybody.users[:2]:
        page.get_by_label(user.member.name, exact=True).check()
    page.get_by_role("button", name="Set up the ballot").click()
    expect(page.locator("h1")).to_contain_text("Democratic appraisal for 2025")
    everybody.round.refresh_from_db()
    return everybody.round.ballot


def vote_in_the_browser(everybody, ballot, number: int, draw) -> str:
    """Marks every row but the own, at random; the fourth voter abstains on a row, the fifth loses the connection while
    casting, the sixth votes twice. The last ballot's tracker."""
    user = everybody.users[number]
    page = everybody.page(user, "ballots:booth", ballot.pk, lang="zh-hans" if number % 2 else "en")
    rows = [int(row.get_attribute("data-row")) for row in page.locator("[data-row]").all()]
    assert len(rows) == len(NAMES) - 1
    if number == 5:
        for row in rows:
            mark(page, row, 3)
        first = cast(page)
        page.goto(page.url)
        expect(page.locator("[data-voted-tracker]")).to_have_text(first)
    everybody.marks[number] = {}
    for row in rows:
        if number == 3 and row == rows[0]:
            continue
        answer = draw.randrange(3)
        mark(page, row, answer)
        everybody.marks[number][row] = answer
    if number != 4:
        return cast(page)
    lost = []
    page.route("**/booth/cast/", lambda route: _lose_twice(route, lost))
    page.locator("[data-review]").click()
    page.locator("[data-cast]").click()
    tracker = arrived(page)
    assert len(lost) == 3
    return tracker


def _lose_twice(route, lost: list) -> None:
    """The first time nothing arrives; the second time only the answer is lost."""
    lost.append(route.request.post_data)
    if len(lost) == 1:
        route.abort()
    elif len(lost) == 2:
        route.fetch()
        route.abort()
    else:
        route.continue_()


def count_in_the_browser(everybody, ballot, desks) -> None:
    page = everybody.page(everybody.secretary, "ballots:close", ballot.pk)
    everybody.confirm(page)
    for user in (everybody.secretary, everybody.users[0]):
        sheet = everybody.page(user, "ballots:paper_count", ballot.pk)
        for field in sheet.locator(".paper-number input").all():
            field.fill("0")
        sheet.locator("#id_returned").fill("1")
        for row in range(1, len(NAMES)):
            sheet.locator(f"#id_q{row}-1").fill("1")
        sheet.get_by_role("button", name="Store my totals").click()
        expect(sheet.locator("h1")).to_contain_text("Democratic appraisal for 2025")
    for desk in desks:
        desk.locator("button[data-count]").click(timeout=30_000)
        expect(desk.locator("[data-sum]")).to_contain_text(f": {VOTERS}", timeout=60_000)
        desk.locator("[data-use-key]").click()
        expect(
            desk.locator('[data-part="counted"], [data-part="finished"]').locator("visible=true")
        ).to_be_visible(timeout=60_000)


def assess_in_the_browser(everybody) -> None:
    """Everybody "qualified", with a reason in case the ballot leaned elsewhere; approved at a meeting."""
    page = everybody.page(everybody.secretary, "appraisals:assess", everybody.round.pk)
    expect(page.locator(".assess-row")).to_have_count(len(NAMES))
    for row in page.locator(".assess-row").all():
        row.locator("select").select_option(label="qualified")
        row.locator("textarea").fill("工作认真")
        row.locator(".assess-reason input").fill("结合日常表现")
    page.get_by_role("button", name="Save the proposals").click()
    expect(page.locator("main")).to_contain_text("The proposals are saved.")
    meeting = held_meeting(everybody.secretary)
    page.goto(address(everybody.server, "appraisals:approve", everybody.round.pk, lang="en"))
    page.locator("#id_meeting").select_option(value=str(meeting.pk))
    page.get_by_role("button", name="They were approved there").click()
    expect(page.locator("main")).to_contain_text("The assessments are approved and stand.")


def finish_in_the_browser(everybody) -> None:
    """A member reads the own result and answers; told, reported, archived; the statement is on the committee's page."""
    own = everybody.page(everybody.users[6], "appraisals:own_result", everybody.round.pk)
    expect(own.locator("main")).to_contain_text("工作认真")
    own.locator("#id_text").fill("同意组织意见")
    own.get_by_role("button", name="Add my statement").click()
    expect(own.locator("main")).to_contain_text("Your statement is in the record.")

    page = everybody.page(everybody.secretary, "appraisals:round", everybody.round.pk)
    today = timezone.localdate().isoformat()
    page.get_by_role("link", name="Feedback done").click()
    page.locator("#id_on").fill(today)
    everybody.confirm(page)
    page.get_by_role("link", name="Report to the higher Party committee").click()
    page.locator("#id_on").fill(today)
    page.locator("#id_to").fill("上级党委")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Archive the round").click()
    everybody.confirm(page)
    expect(page.locator("main")).to_contain_text("The round is archived.")
    expect(page.locator("main")).to_contain_text("上级党委")
    page.get_by_role("link", name="Forms and summary").click()
    expect(page.locator("main")).to_contain_text("同意组织意见")
    told = everybody.page(everybody.users[7], "appraisals:announcement", everybody.round.pk)
    expect(told.locator("main dl")).to_contain_text(f"qualified{len(NAMES)}")


def expected_counts(everybody) -> list[tuple[tuple[int, ...], int]]:
    found = []
    for row in range(1, len(NAMES) + 1):
        marks = [choices.get(row) for choices in everybody.marks.values()]
        if row < len(NAMES):
            marks.append(1)  # the paper ballot; its writer's own row is the last one
        else:
            marks.append(None)
        found.append((tuple(marks.count(answer) for answer in range(4)), marks.count(None)))
    return found


def test_a_whole_round_on_twelve_telephones(everybody, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    everybody.round = plan_in_the_browser(everybody)
    review_in_the_browser(everybody)
    ballot = set_up_in_the_browser(everybody)
    desks = [everybody.page(user, "ballots:scrutineer", ballot.pk) for user in everybody.users[:2]]
    for desk in desks:
        make_key(desk)
    everybody.confirm(everybody.page(everybody.secretary, "ballots:open", ballot.pk))
    ballot = SecretBallot.objects.get(pk=ballot.pk)
    paper = everybody.page(everybody.secretary, "ballots:paper", ballot.pk)
    paper.locator("#id_voter").select_option(label=NAMES[-1])
    paper.get_by_role("button", name="Issue a paper ballot").click()
    expect(paper.locator("main")).to_contain_text("votes on paper")

    draw = random.Random(20250324)
    trackers = [vote_in_the_browser(everybody, ballot, number, draw) for number in range(VOTERS)]
    assert turnout_of(ballot).returned_online == VOTERS
    while_open = everything_written(caplog)
    keys = [trustee_key_from_secret(page_secret(desk, stage_of(ballot))) for desk in desks]
    count_in_the_browser(everybody, ballot, desks)
    ballot = SecretBallot.objects.get(pk=ballot.pk)
    assert ballot.state == SecretBallot.State.COUNTED
    assert [(row.counts, row.abstentions) for row in rows_of(ballot)] == expected_counts(everybody)
    assert set(ballot.sealed_ballots.values_list("tracker", flat=True)) == set(trackers)

    everybody.confirm(everybody.page(everybody.secretary, "ballots:announce", ballot.pk))
    result = everybody.page(everybody.users[6], "ballots:result", ballot.pk)
    expect(result.locator("main")).to_contain_text(NAMES[0])
    archive = download(everybody, ballot, tmp_path)
    output = io.StringIO()
    call_command("verify_ballots", str(archive), stdout=output)
    assert f"{VOTERS} checked, {VOTERS} counted" in output.getvalue()
    independent_verifier_accepts(archive, ballot)

    nothing_in_clear(everybody, [while_open, everything_written(caplog)], keys)
    ballots_open_only_with_all_keys(ballot, everybody, keys)

    assess_in_the_browser(everybody)
    finish_in_the_browser(everybody)


def stage_of(ballot):
    return factories.Stage(ballot, None, [], [])


def download(everybody, ballot, folder: Path) -> Path:
    page = everybody.page(everybody.users[6], "ballots:verification", ballot.pk)
    with page.expect_download() as found:
        page.get_by_role("link", name="Download the archive").click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    assert path.name == f"{ballot.uuid}.bel"
    return path


def independent_verifier_accepts(archive: Path, ballot) -> None:
    """Skipped where it is not installed; tests/protocol/ says so, and fails in CI."""
    tool = independent.find()
    if tool is None:
        return
    setup = io.BytesIO()
    texts = (ballot.election, ballot.trustees, ballot.credentials)
    ArchiveWriter(setup, int(ballot.closed_at.timestamp())).setup(*(text.encode() for text in texts))
    assert tool.accepts_archive(archive.read_bytes(), ballot.uuid)
    for sealed in SealedBallot.objects.filter(ballot=ballot):
        assert tool.accepts_ballot(sealed.data.encode(), setup.getvalue(), ballot.uuid)


# --- what was sent and written --------------------------------------------------------------------
def everything_written(caplog) -> str:
    """Every row of every table (sessions and cache among them), and every line that was logged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT ctid::text, xmin::text, t::text FROM "{table}" t')  # noqa: S608
            rows += [f"{table} {row}" for row in cursor.fetchall()]
    return "\n".join([*rows, caplog.text])


def nothing_in_clear(everybody, written: list[str], keys) -> None:
    """No private key anywhere; and of what was sent to the ballot's addresses only sealed ballots carry answers, as pairs of
    points with proofs: no list of marks, no word of a grade."""
    everything = "\n".join([*everybody.sent, *written])
    for key in keys:
        assert key.encode_secret() not in everything
    cast = [line for line in everybody.sent if "/booth/" in line]
    assert len([line for line in cast if "/booth/cast/" in line]) >= VOTERS + 1
    for line in cast:
        assert not any(word in line for word in [*factories.GRADES, *factories.GRADES_EN])
        assert not any(name in line for name in NAMES)
    for line in (line for line in cast if "/booth/cast/" in line):
        sealed = json.loads(line[line.index('{"election_uuid"') :])
        assert set(sealed) == {"election_uuid", "election_hash", "credential", "answers", "signature"}
        for answer in sealed["answers"]:
            assert set(answer) == {"choices", "individual_proofs", "overall_proof"}
            assert all(set(each) == {"alpha", "beta"} for each in answer["choices"])
    for marks in everybody.marks.values():
        vector = [[int(marks.get(row) == answer) for answer in range(4)] for row in range(1, len(NAMES) + 1)]
        for spelling in (json.dumps(vector), json.dumps(vector, separators=(",", ":"))):
            assert spelling not in everything
        answers = [marks.get(row) for row in range(1, len(NAMES) + 1)]
        assert json.dumps(answers) not in everything


def ballots_open_only_with_all_keys(ballot, everybody, keys) -> None:
    """Every single ballot opens to what somebody marked with all keys, and to nothing with any that miss one."""
    election = election_of(ballot)
    wanted = [tuple(marks.get(row) for row in range(1, len(NAMES) + 1)) for marks in everybody.marks.values()]
    opened = []
    for sealed in SealedBallot.objects.filter(ballot=ballot):
        rows = Ballot.from_json(sealed.data.encode(), election).ciphertexts
        opened.append(tuple(_open(row, keys) for row in rows))
        for some in itertools.combinations(keys, len(keys) - 1):
            first = rows[0][0]
            assert first.beta / product(first.alpha**key.secret for key in some) not in {NEUTRAL, GENERATOR}
    assert sorted(opened, key=str) == sorted(wanted, key=str)


def _open(row, keys) -> int | None:
    marks = [each.beta / product(each.alpha**key.secret for key in keys) for each in row]
    assert set(marks) <= {NEUTRAL, GENERATOR}
    return marks.index(GENERATOR) if GENERATOR in marks else None
