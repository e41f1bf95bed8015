"""Study from the record to the account: the recorder enters a topic with its hours during the meeting; a member who was
online and one who left early see afterwards what counts for them, and why."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings import actions
from meetings.models import Meeting
from meetings.study.models import StudyPart
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_meeting, make_member, make_user, sign_off
from tests.study.factories import make_rules

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("周书记"))


def test_a_recorded_topic_becomes_credit_in_the_members_accounts(
    page, new_context, live_server, secretary, axe
):
    recorder, online, early = (
        make_user(Role.MEMBER, member=make_member(name)) for name in ("陈一", "林二", "张三")
    )
    starts_at = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    make_rules(starts_at.date(), by=secretary, online=80)
    meeting = make_meeting(
        by=secretary,
        title="专题党课",
        kinds=["party_lesson"],
        for_year=starts_at.year,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=2),
        recorder=recorder.member,
        invited=[secretary.member, recorder.member, online.member, early.member],
        state="in_session",
    )
    enter(page, live_server.url, recorder)
    page.goto(address(live_server.url, "meetings:record", meeting.pk, lang="en"))
    page.get_by_role("link", name="Enter a topic").click()
    expect(page.get_by_label("Study hours")).to_have_value("2.0")
    page.get_by_label("Topic").fill("党章总纲")
    page.get_by_label("Study hours").fill("1.5")
    page.get_by_label("Teacher", exact=True).select_option(label="周书记")
    assert axe(page) == []
    page.get_by_role("button", name="Enter the topic").click()
    expect(page.get_by_role("region", name="Study")).to_contain_text("党章总纲")
    assert StudyPart.objects.get().changed_by == recorder

    rows = meeting.attendances
    rows.update(status="present")
    rows.filter(member=online.member).update(status="online")
    rows.filter(member=early.member).update(left_at=starts_at + datetime.timedelta(hours=1))
    sign_off(actions.finish_meeting(Meeting.objects.get(pk=meeting.pk), by=recorder), by=secretary)

    for user, hours, why in ((online, "1.2 h", "80 percent"), (early, "0.8 h", "left early")):
        phone = enter(new_context().new_page(), live_server.url, user)
        phone.set_viewport_size(PHONE)
        phone.goto(address(live_server.url, "own_record:home", lang="en"))
        account = phone.get_by_role("region", name="Study account")
        for told in ("党章总纲", "周书记", hours, why):
            expect(account).to_contain_text(told)
        assert axe(phone) == []
    # Whoever recorded has nothing to change any more.
    page.goto(address(live_server.url, "meetings:detail", meeting.pk, lang="en"))
    expect(page.get_by_role("region", name="Study")).to_contain_text("1.5 h")
    expect(page.get_by_role("link", name="Enter a topic")).to_have_count(0)
