"""The recorder signs on one telephone, the chair on another; somebody changes the minutes in between."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting, Stage
from members.permissions import Role
from tests.browser.visits import address, enter, row_name
from tests.factories import make_branch, make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def people():
    make_branch()
    return {
        "secretary": make_user(Role.SECRETARY, member=make_member("陆书记")),
        "recorder": make_user(member=make_member("唐记录")),
        "chair": make_user(member=make_member("冯主持")),
    }


@pytest.fixture
def meeting(people):
    return make_meeting(
        by=people["secretary"],
        recorder=people["recorder"].member,
        chair=people["chair"].member,
        invited=[user.member for user in people.values()],
        state="draft_minutes",
        title="三月支部党员大会",
    )


@pytest.fixture
def phone(new_context, live_server, people, meeting):
    """A telephone of one of the people, at their desk; ``java_script=False`` for one without script."""

    def open_desk(who: str, **options) -> Page:
        page = new_context(locale="en-GB", **options).new_page()
        page.set_viewport_size(PHONE)
        enter(page, live_server.url, people[who])
        page.goto(address(live_server.url, "desk:home", lang="en"))
        return page

    return open_desk


def stage(meeting) -> Stage:
    return Meeting.objects.get(pk=meeting.pk).stage


def from_the_desk(page: Page, words: str, title: str) -> None:
    """By the figure of the desk to its list, and on to the meeting."""
    page.get_by_role("link", name=re.compile(words)).click()
    page.get_by_role("link", name=title).click()


def sign(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).click()
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_recorder_and_chair_sign_on_two_telephones(phone, meeting, people, axe, script):
    recorder = phone("recorder", java_script_enabled=script)
    from_the_desk(recorder, "you complete and sign as recorder", meeting.title)
    sign(recorder, "Sign as recorder")
    expect(recorder.locator("main")).to_contain_text("冯主持")
    assert stage(meeting) == Stage.FOR_SIGNATURE

    chair = phone("chair", java_script_enabled=script)
    from_the_desk(chair, "minutes that you sign as chair", meeting.title)
    expect(chair.locator(".minutes")).to_contain_text("唐记录")
    sign(chair, "Sign as chair")
    assert stage(meeting) == Stage.SIGNED_OFF
    signatures = chair.locator(".minutes .signed li")
    expect(signatures).to_have_count(2)
    if script:
        assert axe(recorder) == axe(chair) == []
    fingerprints = {text.split(":")[-1].strip() for text in chair.locator(".signed .muted").all_inner_texts()}
    assert len(fingerprints) == 1


def test_a_change_in_between_brings_the_minutes_back_to_the_recorder(phone, meeting, live_server, axe):
    recorder = phone("recorder")
    from_the_desk(recorder, "you complete and sign as recorder", meeting.title)
    sign(recorder, "Sign as recorder")

    chair = phone("chair")
    from_the_desk(chair, "minutes that you sign as chair", meeting.title)
    chair.get_by_role("link", name="Sign as chair").click()

    secretary = phone("secretary")
    secretary.goto(address(live_server.url, "meetings:record", meeting.pk, lang="en"))
    secretary.wait_for_selector("form[data-ready]")
    expect(secretary.locator("main")).to_contain_text("out of force")
    item = meeting.agenda_items.first()
    secretary.locator(row_name("agenda", item, "title")).fill("书记补充的题目")
    expect(secretary.locator("[data-status]")).to_have_attribute("data-state", "saved", timeout=10_000)

    chair.locator("main form .btn-primary").click()
    expect(chair.locator("main")).to_contain_text("唐记录")
    assert stage(meeting) == Stage.DRAFT_MINUTES

    recorder.goto(address(live_server.url, "desk:home", lang="en"))
    from_the_desk(recorder, "changed after your signature", meeting.title)
    expect(recorder.locator(".notice-warning")).to_contain_text("陆书记")
    assert axe(recorder) == []
    sign(recorder, "Sign as recorder")
    assert stage(meeting) == Stage.FOR_SIGNATURE


def test_the_secretary_signs_in_the_recorders_place_and_says_why(phone, meeting, live_server, axe):
    secretary = phone("secretary")
    secretary.goto(address(live_server.url, "meetings:detail", meeting.pk, lang="en"))
    secretary.get_by_role("link", name="Sign in place of 唐记录").click()
    button = secretary.locator("main form .btn-primary")
    button.click()
    expect(secretary.locator("#div_id_reason .invalid-feedback")).to_be_visible()
    assert axe(secretary) == []
    secretary.fill("[name=reason]", "记录人转出组织关系")
    button.click()
    secretary.wait_for_url(re.compile(r"/meetings/\d+/$"))
    expect(secretary.locator(".minutes .signed")).to_contain_text("记录人转出组织关系")
    assert meeting.signatures.get().signed_for.name == "唐记录"
