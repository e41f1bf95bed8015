"""The day of a meeting on real telephones: five people check in while the code changes; leave is asked and granted."""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import expect

from meetings.checkin import actions
from meetings.checkin.models import CheckIn
from members.permissions import Role
from tests.browser.visits import address, enter, row_name
from tests.checkin import clock
from tests.factories import PASSWORD, make_branch, make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)

STARTS = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)
PHONE = {"width": 390, "height": 844}
HERE = ".check-in-button"


@pytest.fixture(autouse=True)
def standing_clock(settings):
    settings.CHECK_IN_CLOCK = clock.PATH
    clock.set_to(STARTS)


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"))


@pytest.fixture
def members(secretary):
    return [
        make_user(Role.MEMBER, member=make_member(name)) for name in ("陈一", "林二", "张三", "李四", "王五")
    ]


@pytest.fixture
def meeting(secretary, members):
    invited = [secretary.member, *(user.member for user in members)]
    return make_meeting(by=secretary, invited=invited, state="in_session")


@pytest.fixture
def telephone(new_context, live_server):
    """A telephone of its own for a user, signed in unless told otherwise."""

    def made(user=None, **options):
        page = new_context(locale="zh-CN", **options).new_page()
        page.set_viewport_size(PHONE)
        return enter(page, live_server.url, user) if user else page

    return made


@pytest.fixture
def screen(page, live_server, secretary, meeting):
    """The open check-in on the wall."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "checkin:screen", meeting.pk))
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("[data-code]")
    yield page
    assert complaints == []


def number_on(screen) -> str:
    return screen.locator("[data-code]").inner_text().replace(" ", "")


def next_minute(screen) -> str:
    """A minute passes, and the screen shows another number by itself."""
    before = screen.locator("[data-code]").inner_text()
    drawn = screen.locator("[data-qr] path").get_attribute("d")
    clock.pass_minutes(1)
    expect(screen.locator("[data-code]")).not_to_have_text(before, timeout=10_000)
    assert screen.locator("[data-qr] path").get_attribute("d") != drawn
    return number_on(screen)


def scan(phone, live_server, meeting, number):
    phone.goto(address(live_server.url, "checkin:scanned", meeting.pk, number))


def test_five_telephones_check_in_while_the_code_changes(
    screen, telephone, live_server, meeting, members, axe
):
    phones = [telephone(user) for user in members]
    first = number_on(screen)
    for phone in phones[:2]:
        scan(phone, live_server, meeting, first)
        phone.locator(HERE).click()
        expect(phone.locator(".check-in-done")).to_be_visible()
    scan(phones[2], live_server, meeting, first)  # scanned now, pressed a minute later: still good
    second = next_minute(screen)
    phones[2].locator(HERE).click()
    expect(phones[2].locator(".check-in-done")).to_be_visible()
    # The fourth types the number; the fifth pressed too late, and is helped by the new number.
    phones[3].goto(address(live_server.url, "checkin:here", meeting.pk))
    assert axe(phones[3]) == []
    phones[3].get_by_role("textbox").fill(f"{second[:3]} {second[3:]}")
    phones[3].locator(HERE).click()
    expect(phones[3].locator(".check-in-done")).to_be_visible()
    scan(phones[4], live_server, meeting, first)
    third = next_minute(screen)
    phones[4].locator(HERE).click()
    expect(phones[4].locator(".error-summary")).to_be_visible()
    assert meeting.attendances.get(member=members[4].member_id).status == ""
    phones[4].get_by_role("textbox").fill(third)
    phones[4].locator(HERE).click()
    expect(phones[4].locator(".check-in-done")).to_be_visible()
    expect(screen.locator("[data-came]")).to_have_text("5", timeout=10_000)
    expect(screen.locator("[data-invited]")).to_have_text("6")
    came = meeting.attendances.filter(status="present").values_list("arrived_at", flat=True)
    minute = datetime.timedelta(minutes=1)
    assert sorted(came) == [STARTS, STARTS, STARTS + minute, STARTS + minute, STARTS + 2 * minute]
    # Again, in kindness, and nothing changes.
    scan(phones[0], live_server, meeting, third)
    expect(phones[0].locator(".check-in-done")).to_be_visible()
    assert axe(phones[0]) == []


def test_somebody_not_invited_is_refused(screen, telephone, live_server, meeting):
    stranger = telephone(make_user(Role.MEMBER, member=make_member("路人")))
    answer = stranger.goto(address(live_server.url, "checkin:scanned", meeting.pk, number_on(screen)))
    assert answer.status == 404
    expect(stranger.locator(HERE)).to_have_count(0)
    assert meeting.attendances.filter(status="present").count() == 0


def test_whoever_is_not_signed_in_signs_in_and_is_back_at_the_code(
    screen, telephone, live_server, meeting, members
):
    phone = telephone()
    scan(phone, live_server, meeting, number_on(screen))
    phone.locator("[name=login]").fill(members[0].username)
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("[name=password]").press("Enter")
    phone.wait_for_url(re.compile(r"/check-in/\d+/code/\d{6}/$"))
    phone.locator(HERE).click()
    expect(phone.locator(".check-in-done")).to_be_visible()


def test_without_script_the_screen_loads_itself_anew_and_a_telephone_checks_in(
    new_context, telephone, live_server, meeting, members, secretary
):
    actions.open_check_in(meeting, by=secretary, now=STARTS)
    wall = enter(
        new_context(locale="zh-CN", java_script_enabled=False).new_page(), live_server.url, secretary
    )
    wall.goto(address(live_server.url, "checkin:screen", meeting.pk))
    assert wall.locator("meta[http-equiv=refresh]").get_attribute("content") == "20"
    phone = telephone(members[0], java_script_enabled=False)
    scan(phone, live_server, meeting, number_on(wall))
    phone.locator(HERE).click()
    expect(phone.locator(".check-in-done")).to_be_visible()


def test_the_screen_says_when_the_check_in_is_closed(screen, meeting, secretary):
    actions.close_check_in(meeting, by=secretary, now=STARTS)
    expect(screen.locator("[data-check-in]")).to_have_count(0, timeout=10_000)
    assert CheckIn.objects.get().secret == ""


def test_leave_asked_on_the_telephone_is_accepted_on_the_record_page(
    page, telephone, live_server, meeting, members, secretary, axe
):
    phone = telephone(members[0])
    phone.goto(address(live_server.url, "meetings:detail", meeting.pk))
    phone.locator("a[href$='/leave/']").click()
    phone.locator("[value=duty]").check()
    phone.locator("[name=note]").fill("外出开会")
    assert axe(phone) == []
    phone.locator("main form .btn-primary").click()
    phone.wait_for_url(re.compile(r"/meetings/\d+/$"))
    expect(phone.locator("#own-day .state-warn")).to_be_visible()

    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "meetings:record", meeting.pk))
    page.wait_for_selector("form[data-ready]")
    page.locator(".leave-request [value=accept]").click()
    page.wait_for_selector("form[data-ready]")
    mark = meeting.attendances.get(member=members[0].member_id)
    expect(page.locator(f"{row_name('attendance', mark, 'status')}[value=leave]")).to_be_checked()
    expect(page.locator(row_name("attendance", mark, "leave_reason"))).to_have_value("duty")
    expect(page.locator(row_name("attendance", mark, "leave_note"))).to_have_value("外出开会")

    phone.reload()
    expect(phone.locator("#own-day .state-good")).to_be_visible()


def test_an_open_record_page_sees_a_check_in_and_a_mark_that_goes_takes_its_time_along(
    page, live_server, meeting, members, secretary
):
    found = actions.open_check_in(meeting, by=secretary, now=STARTS)
    enter(page, live_server.url, secretary)
    page.goto(address(live_server.url, "meetings:record", meeting.pk))
    page.wait_for_selector("form[data-ready]")
    mark = meeting.attendances.get(member=members[0].member_id)
    row = page.locator(f"#row-attendance-{mark.pk}")
    late = STARTS + datetime.timedelta(minutes=20)
    code = actions.codes.code_at(found.secret, meeting.pk, late)
    actions.check_in(meeting, code, by=members[0], now=late)
    arrived = page.locator(row_name("attendance", mark, "arrived_at"))
    expect(arrived).to_have_value("22:20", timeout=10_000)
    expect(row.locator("[data-late]")).to_be_visible()
    row.locator("label.mark-absent").click()
    expect(arrived).to_have_value("")
    expect(row.locator("[data-late]")).to_be_hidden()
    row.locator("label.mark-present").click()
    page.locator(row_name("attendance", mark, "left_at")).fill("23:10")
    page.locator(row_name("attendance", mark, "left_at")).blur()
    expect(page.locator("[data-status][data-state=saved]")).to_be_visible(timeout=10_000)
    mark.refresh_from_db()
    assert (mark.status, mark.arrived_at) == ("present", None)
    assert mark.left_at == STARTS + datetime.timedelta(minutes=70)
