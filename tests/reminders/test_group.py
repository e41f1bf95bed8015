"""The robot of the branch's WeCom group, against a stand-in on this machine."""

from __future__ import annotations

import pytest

from branch_portal.reminders import actions, posting, wecom
from branch_portal.reminders.models import GroupPost
from meetings import actions as meeting_actions
from meetings.models import Meeting
from tests.factories import make_meeting
from tests.news.factories import make_report
from tests.reminders.moments import NOW, after
from tests.reminders.robots import robot

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(settings):
    with robot() as server:
        settings.WECOM_WEBHOOK_SECRET = server.webhook
        settings.PORTAL_ADDRESS = "https://portal.example.org"
        yield server


def told(now=NOW) -> posting.Posted:
    actions.make_group_posts(now)
    return posting.send_posts(now)


def test_it_is_off_unless_a_robot_is_named(meeting):
    assert actions.make_group_posts(NOW) == 0
    assert posting.send_posts(NOW).count == 0
    assert GroupPost.objects.count() == 0


def test_a_meeting_of_the_branch_is_announced_changed_and_cancelled(meeting, secretary, group):
    assert told().count == 1
    Meeting.objects.filter(pk=meeting.pk).update(place="礼堂", changed_at=after(hours=-1))
    assert told(after(minutes=2)).count == 1
    meeting.refresh_from_db()
    meeting_actions.cancel_meeting(meeting, by=secretary, reason="周书记生病")
    assert told(after(minutes=4)).count == 1
    assert told(after(minutes=6)).count == 0
    first, second, third = group.texts
    assert "会议室" in first
    assert "礼堂" in second
    assert f"https://portal.example.org/zh-hans/desk/meetings/{meeting.pk}/" in third
    for text in group.texts:
        for word in ("周书记", "陈一", "十二月", "生病"):
            assert word not in text


def test_meetings_of_some_and_reminders_are_nothing_for_the_group(secretary, member, group):
    make_meeting(by=secretary, kinds=["committee_meeting"], starts_at=after(days=5))
    assert told().count == 0
    make_meeting(by=secretary, starts_at=after(days=5))
    assert told().count == 1
    assert told(after(days=4, hours=12)).count == 0


def test_a_report_is_told_when_it_is_published(secretary, group):
    make_report(by=secretary, title_zh="草稿")
    make_report(by=secretary, title_zh="社区义诊", state="published")
    assert told().count == 1
    assert "社区义诊" in group.texts[0]
    assert told(after(minutes=2)).count == 0


# --- failures -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"errcode": 93000, "errmsg": "invalid webhook url a-secret-key"}, "errcode 93000"),
        ({"errcode": 45009, "errmsg": "api freq out of limit"}, "errcode 45009"),
        ({}, "no answer of a robot"),
        (b"<html>", "no answer of a robot"),
        (b"[]", "no answer of a robot"),
        (500, "HTTP 500"),
        (302, "HTTP 302"),
    ],
)
def test_what_was_not_taken_is_tried_again_by_the_next_run(meeting, group, answer, reason):
    group.answers = [answer]
    outcome = told()
    assert (outcome.count, dict(outcome.failed)) == (0, {reason: 1})
    assert told(after(minutes=2)).count == 1
    assert len(group.texts) == 2
    assert set(group.paths) == {"/cgi-bin/webhook/send?key=a-secret-key"}


def test_a_robot_that_does_not_answer_is_left_after_a_while(group):
    group.answers = [2.0]
    with pytest.raises(wecom.NotPosted, match=r"^TimeoutError$"):
        wecom.post_text("x", webhook=group.webhook, timeout=0.2)


def test_nobody_there_is_a_failure_without_the_secret(meeting, settings):
    settings.WECOM_WEBHOOK_SECRET = "http://127.0.0.1:9/send?key=a-secret-key"
    outcome = told()
    assert dict(outcome.failed) == {"ConnectionRefusedError": 1}


def test_one_that_fails_keeps_the_others_from_nothing(secretary, group):
    for days in (3, 4, 5):
        make_meeting(by=secretary, starts_at=after(days=days))
    group.answers = [{"errcode": 1}]
    outcome = told()
    assert (outcome.count, dict(outcome.failed)) == (2, {"errcode 1": 1})


def test_a_run_that_was_cut_off_is_made_up_for(meeting, group):
    actions.make_group_posts(NOW)
    GroupPost.objects.update(state="sending", begun_at=NOW)
    assert posting.send_posts(after(minutes=9)).count == 0
    assert posting.send_posts(after(minutes=11)).count == 1


def test_no_more_than_so_many_a_minute_over_all_runs(secretary, group, settings):
    settings.WECOM_PER_MINUTE = 2
    for days in (3, 4, 5):
        make_meeting(by=secretary, starts_at=after(days=days))
    assert told().count == 2
    assert told(after(seconds=30)).count == 0
    assert told(after(seconds=61)).count == 1
    assert len(group.texts) == 3


def test_what_nobody_needs_any_more_is_not_posted(meeting, group):
    actions.make_group_posts(NOW)
    assert posting.send_posts(after(days=3)).count == 0
    assert group.texts == []


def test_a_long_text_is_cut_between_characters():
    text = wecom.shortened("会" * 1000)
    assert len(text.encode()) <= wecom.LONGEST
    assert text == "会" * ((wecom.LONGEST - 3) // 3) + "…"
    assert wecom.shortened("会") == "会"
