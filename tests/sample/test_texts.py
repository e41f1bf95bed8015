"""What is written down agrees with itself, on whatever day it is loaded; no database is asked."""

import datetime
import re

import pytest

from branch_portal.sample import reference_meeting
from branch_portal.sample.drawings import SCENES
from branch_portal.sample.loading import all_stories, gatherings
from branch_portal.sample.people import ACCOUNTS, POSTS, people
from branch_portal.sample.present_meetings import present_meetings
from meetings.kinds import InvitedBy, MeetingKind, invited_by
from members.models import Position

DAYS = [
    datetime.datetime(2026, 1, 1, 0, 5),
    datetime.datetime(2026, 3, 29, 9, 0),  # a Sunday
    datetime.datetime(2026, 11, 23, 15, 20),
    datetime.datetime(2028, 2, 29, 23, 59),
]
PLACED = re.compile(r"^\[(\d)\]$", re.MULTILINE)
every_day = pytest.mark.parametrize("now", DAYS, ids=str)


def called(gathering, persons):
    """The names of those whom the kinds of the meeting call for."""
    day = gathering.at.date()
    there = [person for person in persons if person.belongs_on(day)]
    circle = invited_by(list(gathering.kinds))
    if circle == InvitedBy.GROUP:
        return {person.name for person in there if person.group == gathering.group}
    if circle == InvitedBy.COMMITTEE:
        committee = [one for one in POSTS if one.post in Position.Post.committee()]
        return {one.name for one in committee if one.since <= day and (one.until is None or day <= one.until)}
    return {person.name for person in there}


@every_day
def test_everybody_named_in_a_meeting_is_called_to_it(now):
    persons = people(now.date())
    strangers = [
        (gathering.key, name)
        for gathering in gatherings(now)
        for name in [*(away.name for away in gathering.away), *gathering.unmarked]
        if name not in called(gathering, persons)
    ]
    assert strangers == []


@every_day
def test_whoever_chairs_records_presents_or_criticises_belongs_to_the_branch_then(now):
    persons = {person.name: person for person in people(now.date())}
    outsiders = []
    for gathering in gatherings(now):
        names = {gathering.chair, gathering.recorder, *(item.presenter for item in gathering.agenda)}
        names |= {remark.speaker for remark in gathering.remarks} | {
            remark.about for remark in gathering.remarks
        }
        names |= {finding.in_charge for finding in gathering.findings}
        for name in names - {""}:
            if not persons[name].belongs_on(gathering.at.date()):
                outsiders.append((gathering.key, name))
    assert outsiders == []


@every_day
def test_there_are_25_party_members_22_of_them_full(now):
    day = now.date()
    current = [person for person in people(day) if person.left is None]
    stages = [person.stage for person in current]
    assert {stage: stages.count(stage) for stage in set(stages)} == {
        "full": 22, "probationary": 3, "target": 1, "activist": 1, "applicant": 1,
    }  # fmt: skip


@every_day
def test_what_has_happened_lies_behind_and_what_is_planned_ahead(now):
    states = {}
    for gathering in gatherings(now):
        states.setdefault(gathering.state, []).append(gathering.at)
    assert max(states["signed_off"] + states["draft_minutes"]) < now < min(states["planned"])
    assert [at.date() for at in states["in_session"]] == [now.date()]
    assert states["in_session"][0] <= now


@every_day
def test_there_are_about_sixty_meetings_and_no_key_is_used_twice(now):
    keys = [gathering.key for gathering in gatherings(now)]
    assert len(keys) == len(set(keys))
    assert 50 <= len(keys) <= 65


@every_day
def test_every_kind_of_meeting_was_held_and_is_planned(now):
    told = gatherings(now)
    held = {kind for one in told if one.state == "signed_off" for kind in one.kinds}
    planned = {kind for one in told if one.state == "planned" for kind in one.kinds}
    assert held == planned == set(MeetingKind.values)


@every_day
def test_reports_come_after_their_event_and_before_the_present(now):
    wrong = [
        story.slug
        for story in all_stories(now)
        if story.happened > now.date()
        or (story.published and not story.happened <= story.published <= now.date())
    ]
    assert wrong == []


@every_day
def test_a_report_of_a_meeting_has_its_day_and_its_kinds(now):
    meetings = {gathering.key: gathering for gathering in gatherings(now)}
    wrong = [
        story.slug or story.title_zh
        for story in all_stories(now)
        if story.meeting
        and (
            meetings[story.meeting].at.date() != story.happened
            or not set(story.kinds) <= set(meetings[story.meeting].kinds)
        )
    ]
    assert wrong == []


@every_day
def test_every_picture_stands_in_every_text_and_is_described(now):
    for story in all_stories(now):
        wanted = [str(number) for number in range(1, len(story.pictures) + 1)]
        assert PLACED.findall(story.body_zh) == wanted, story.slug
        assert all(one.caption_zh and one.alt_zh for one in story.pictures), story.slug
        if story.title_en:
            assert PLACED.findall(story.body_en) == wanted, story.slug
            assert all(one.caption_en and one.alt_en for one in story.pictures), story.slug


@every_day
def test_no_report_names_a_person(now):
    """R-12.2: a name needs a post beside it or consent; invented people cannot consent."""
    names = [person.name for person in people(now.date())]
    guests = [name for gathering in gatherings(now) for name, _role in gathering.guests]
    for story in all_stories(now):
        public = "".join(
            [story.title_zh, story.body_zh, story.summary_zh, *(one.alt_zh for one in story.pictures)]
        )
        assert [name for name in [*names, *guests] if name in public] == []


def test_every_scene_is_used():
    told = [one for gathering in gatherings(DAYS[2]) for one in gathering.photos]
    told += [one for story in all_stories(DAYS[2]) for one in story.pictures]
    assert {one.scene for one in told} == set(SCENES)


def test_every_party_member_has_an_account_and_only_the_administrator_no_member():
    members = {person.name for person in people(DAYS[2].date()) if person.admitted}
    assert {account.name for account in ACCOUNTS if account.name} == members
    assert [account.username for account in ACCOUNTS if not account.name] == ["admin"]


def test_two_meetings_at_least_are_cancelled_with_a_reason():
    reasons = [one.cancel_reason for one in gatherings(DAYS[2]) if one.state == "cancelled"]
    assert len(reasons) >= 2
    assert all(reasons)


def test_the_meeting_in_session_never_began_yesterday():
    midnight = datetime.datetime(2026, 6, 1, 0, 2)
    started = [one.at for one in present_meetings(midnight) if one.state == "in_session"]
    assert started == [datetime.datetime(2026, 6, 1, 0, 0)]


def test_the_result_of_the_reference_meetings_ballot_is_nowhere():
    meeting, story = reference_meeting.GATHERING, reference_meeting.STORY
    words = " ".join([*(item.notes for item in meeting.agenda), story.body_zh, story.body_en])
    assert re.search(r"优秀|合格|得票|赞成票|票数|excellent|votes", words) is None
