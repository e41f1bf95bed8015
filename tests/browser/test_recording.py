"""The record page in a browser: autosave, a lost connection, two recorders, files."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from meetings import actions
from meetings.models import Meeting
from members.permissions import Role
from tests.browser.visits import address, enter, row_name
from tests.factories import make_branch, make_meeting, make_member, make_user, sign_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"))


@pytest.fixture
def meeting(secretary):
    meeting = make_meeting(
        by=secretary,
        kinds=["life_meeting"],
        invited=[secretary.member, make_member("陈一"), make_member("林二")],
    )
    return actions.start_meeting(meeting, by=secretary)


@pytest.fixture
def record(page, live_server, secretary, meeting):
    """The secretary's open record page; whatever the browser complains of fails the test."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    enter(page, live_server.url, secretary)
    open_record(page, live_server.url, meeting)
    yield page
    assert complaints == []


def open_record(page, server, meeting, lang="zh-hans"):
    page.goto(address(server, "meetings:record", meeting.pk, lang=lang))
    page.wait_for_selector("form[data-ready]")
    return page


_EDITORS_ARE_THERE = """() => [...document.querySelectorAll("textarea[data-rich-text]:not([data-ready])")].every(
    (one) => { const { top, bottom } = one.parentElement.getBoundingClientRect();
               return top > innerHeight + 600 || bottom < -600; })"""


def press(page, button):
    """Press it once the page stands still: editors are made, and grow, when they come near the screen."""
    button.scroll_into_view_if_needed()
    page.wait_for_function(_EDITORS_ARE_THERE)
    button.click()


def add_row(page, kind):
    press(page, page.locator(f"[data-add-row={kind}]"))
    return page.locator(f'[data-rows="{kind}"] > [data-new]')


def lose_submissions(page):
    """From now on nothing that the page sends arrives, not even what it sends while it closes."""
    page.evaluate("() => { window.fetch = async () => { throw new TypeError('no network'); }; }")


def saved(page):
    expect(page.locator("[data-status]")).to_have_attribute("data-state", "saved", timeout=10_000)


def status(page, state):
    expect(page.locator("[data-status]")).to_have_attribute("data-state", state, timeout=10_000)


def test_one_tap_saves_attendance_and_moves_the_figures(record, meeting):
    row = meeting.attendances.get(member__name="陈一")
    record.locator(f'label[for="attendance-{row.pk}-present"]').click()
    saved(record)
    row.refresh_from_db()
    assert row.status == "present"
    expect(record.locator("[data-figure=sentence]")).to_contain_text("1")


def test_leave_asks_for_its_reason(record, meeting):
    row = meeting.attendances.get(member__name="林二")
    reason = record.locator(row_name("attendance", row, "leave_reason"))
    expect(reason).to_be_hidden()
    record.locator(f'label[for="attendance-{row.pk}-leave"]').click()
    reason.select_option("sick")
    saved(record)
    row.refresh_from_db()
    assert (row.status, row.leave_reason) == ("leave", "sick")


def test_typing_is_saved_by_itself(record, meeting):
    item = meeting.agenda_items.first()
    record.locator(row_name("agenda", item, "title")).fill("学习党的二十届三中全会精神")
    saved(record)
    item.refresh_from_db()
    assert item.title == "学习党的二十届三中全会精神"
    expect(record.locator("[data-status-text]")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))


def test_notes_are_saved_as_rich_text(record, meeting):
    item = meeting.agenda_items.first()
    editor = record.locator(f"#id_agenda-{item.pk}-notes-editor")
    editor.click()
    record.keyboard.type("一致同意。")
    saved(record)
    item.refresh_from_db()
    assert item.notes == "<p>一致同意。</p>"


def test_a_new_problem_is_saved_once_its_text_is_there(record, meeting):
    row = add_row(record, "problem")
    row.locator('[name$="-cause"]:not([type=hidden])').fill("安排不够紧凑")
    status(record, "waiting")
    assert not meeting.problems.exists()
    row.locator('[name$="-description"]:not([type=hidden])').fill("学习不够系统")
    saved(record)
    problem = meeting.problems.get()
    assert (problem.description, problem.cause) == ("学习不够系统", "安排不够紧凑")
    expect(record.locator(f'[data-row="problem-{problem.pk}"]')).not_to_have_attribute("data-new", "1")


def test_a_row_is_removed_after_asking(record, meeting):
    requirement = meeting.requirements.create(title="多余的要求")
    record.reload()
    record.wait_for_selector("form[data-ready]")
    record.once("dialog", lambda dialog: dialog.accept())
    press(record, record.locator(f'[data-row="requirement-{requirement.pk}"] [data-remove-row]'))
    expect(record.locator(f'[data-row="requirement-{requirement.pk}"]')).to_have_count(0)
    assert not meeting.requirements.exists()


def test_agenda_items_change_places(record, meeting):
    titles = [item.title for item in meeting.agenda_items.all()]
    first = meeting.agenda_items.first()
    press(record, record.locator(f'[data-row="agenda-{first.pk}"] [data-move=down]'))
    expect(record.locator('[data-rows="agenda"] > li').nth(1)).to_have_attribute(
        "data-row", f"agenda-{first.pk}"
    )
    assert [item.title for item in meeting.agenda_items.all()] == [titles[1], titles[0], *titles[2:]]


def test_text_typed_while_the_server_is_away_arrives_when_it_is_back(record, meeting):
    item = meeting.agenda_items.first()
    record.context.set_offline(True)
    record.locator(row_name("agenda", item, "title")).fill("断网时写的题目")
    status(record, "offline")
    item.refresh_from_db()
    assert item.title != "断网时写的题目"
    record.context.set_offline(False)
    saved(record)
    item.refresh_from_db()
    assert item.title == "断网时写的题目"


def test_text_of_a_closed_tab_is_offered_again_and_put_back(record, live_server, meeting):
    item = meeting.agenda_items.first()
    lose_submissions(record)
    record.locator(row_name("agenda", item, "title")).fill("没送到的题目")
    add_row(record, "requirement").locator('[name$="-title"]:not([type=hidden])').fill("没送到的要求")
    status(record, "offline")
    again = record.context.new_page()
    record.close(run_before_unload=False)
    open_record(again, live_server.url, meeting)
    expect(again.locator(row_name("agenda", item, "title"))).not_to_have_value("没送到的题目")
    again.locator(".notice-warning button").first.click()
    expect(again.locator(row_name("agenda", item, "title"))).to_have_value("没送到的题目")
    saved(again)
    item.refresh_from_db()
    assert item.title == "没送到的题目"
    assert meeting.requirements.get().title == "没送到的要求"
    again.reload()
    again.wait_for_selector("form[data-ready]")
    expect(again.locator(".notice-warning")).to_have_count(0)


def test_a_kept_text_does_not_overwrite_what_somebody_wrote_since(record, live_server, meeting):
    item = meeting.agenda_items.first()
    lose_submissions(record)
    record.locator(row_name("agenda", item, "title")).fill("我没送到的题目")
    status(record, "offline")
    again = record.context.new_page()
    record.close(run_before_unload=False)
    meeting.agenda_items.filter(pk=item.pk).update(title="别人写的题目")
    open_record(again, live_server.url, meeting)
    again.locator(".notice-warning button").first.click()
    conflict = again.locator(".conflict")
    expect(conflict).to_contain_text("别人写的题目")
    item.refresh_from_db()
    assert item.title == "别人写的题目"
    expect(again.locator(row_name("agenda", item, "title"))).to_have_value("我没送到的题目")


def test_signed_out_elsewhere_the_text_is_kept_and_sent_after_signing_in(
    record, live_server, meeting, secretary
):
    item = meeting.agenda_items.first()
    record.context.clear_cookies(name="sessionid")
    record.locator(row_name("agenda", item, "title")).fill("退出后写的题目")
    status(record, "offline")
    enter(record, live_server.url, secretary)
    saved(record)
    item.refresh_from_db()
    assert item.title == "退出后写的题目"


@pytest.fixture
def colleague(new_context, live_server, meeting):
    """A second recorder with a browser of his own."""
    user = make_user(Role.COMMITTEE, member=make_member("吴委员"))
    page = new_context(locale="zh-CN").new_page()
    return open_record(enter(page, live_server.url, user), live_server.url, meeting)


def test_two_recorders_see_each_others_work(record, colleague, meeting):
    item = meeting.agenda_items.first()
    colleague.locator(row_name("agenda", item, "title")).fill("吴委员改的题目")
    add_row(colleague, "requirement").locator('[name$="-title"]:not([type=hidden])').fill("吴委员加的要求")
    saved(colleague)
    expect(record.locator(row_name("agenda", item, "title"))).to_have_value("吴委员改的题目", timeout=10_000)
    requirement = meeting.requirements.get()
    expect(record.locator(row_name("requirement", requirement, "title"))).to_have_value("吴委员加的要求")
    expect(record.locator("[data-notices]")).to_contain_text("吴委员")


def test_two_recorders_in_one_field_neither_text_is_lost(record, colleague, meeting):
    item = meeting.agenda_items.first()
    mine = record.locator(row_name("agenda", item, "title"))
    record.route("**/changes/**", lambda route: route.abort())
    record.route(
        "**/record/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    mine.fill("书记的题目")
    colleague.locator(row_name("agenda", item, "title")).fill("委员的题目")
    saved(colleague)
    record.unroute("**/record/")
    expect(record.locator(".conflict")).to_contain_text("委员的题目", timeout=20_000)
    expect(record.locator(".conflict")).to_contain_text("吴委员")
    expect(mine).to_have_value("书记的题目")
    item.refresh_from_db()
    assert item.title == "委员的题目"
    record.locator(".conflict button").nth(1).click()
    saved(record)
    item.refresh_from_db()
    assert item.title == "书记的题目"


def test_photographs_arrive_with_progress_and_bad_files_say_what_is_accepted(record, meeting, tmp_path):
    good, bad = tmp_path / "会场.jpg", tmp_path / "坏.jpg"
    Image.new("RGB", (900, 600), "#b3111a").save(good)
    bad.write_text("<html>no picture</html>")
    record.set_input_files("#photos", [good, bad])
    expect(record.locator(".photo-row")).to_have_count(1, timeout=15_000)
    expect(record.locator("[data-upload=photos] .field-error")).to_contain_text("JPEG")
    photo = meeting.photos.get()
    record.locator(row_name("photo", photo, "caption")).fill("会议现场")
    saved(record)
    photo.refresh_from_db()
    assert photo.caption == "会议现场"
    record.wait_for_function("() => document.querySelector('.photo-row img').naturalWidth > 0")


def test_closing_the_meeting_first_saves_what_is_typed(record, meeting):
    item = meeting.agenda_items.first()
    record.locator(row_name("agenda", item, "title")).fill("最后一句")
    record.locator("button[form=finish-form]").click()
    record.wait_for_url(re.compile(r"/meetings/\d+/$"))
    item.refresh_from_db()
    meeting.refresh_from_db()
    assert item.title == "最后一句"
    assert meeting.state == Meeting.State.DRAFT_MINUTES


def test_minutes_signed_meanwhile_are_not_changed_and_the_text_stays(record, meeting, secretary):
    item = meeting.agenda_items.first()
    meeting.attendances.update(status="present")
    finished = actions.finish_meeting(meeting, by=secretary)
    sign_off(finished, by=secretary)
    record.locator(row_name("agenda", item, "title")).fill("迟到的题目")
    status(record, "trouble")
    expect(record.locator(row_name("agenda", item, "title"))).to_have_value("迟到的题目")
    item.refresh_from_db()
    assert item.title != "迟到的题目"
