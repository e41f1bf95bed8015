"""Every notice has words in both languages, and a page that it leads to."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.utils import translation

from branch_portal.reminders.models import GroupPost, Notice
from branch_portal.reminders.wording import group_text, span, words_of
from tests.reminders.moments import NOW

MEETING = {
    "title": "十二月党员大会",
    "starts_at": "2026-12-01T06:00:00+00:00",
    "ends_at": "2026-12-01T07:30:00+00:00",
    "place": "会议室",
    "link": "https://meeting.example/1",
    "papers": 2,
}
DUE = {"due_on": "2026-11-30", "text": "整理资料"}
EVERY = [
    ("meeting", "announced", MEETING),
    ("meeting", "changed:3", {**MEETING, "changed": ["starts_at", "ends_at", "place", "link", "papers"]}),
    ("meeting", "cancelled", MEETING),
    ("meeting", "reminder:x", {**MEETING, "place": "", "ends_at": "", "papers": 1}),
    ("meeting", "uninvited:1", MEETING),
    *(
        (kind, f"{step}:2026-11-30", DUE)
        for kind in ("task", "decision", "duty", "risk")
        for step in ("soon", "overdue")
    ),
    ("entry", "soon:2026-11-30", {**DUE, "year": 2026, "number": 3, "level": "committee"}),
    ("entry", "overdue:2026-11-30", {**DUE, "year": 2026, "number": 1, "level": "member"}),
    ("minutes", "to_complete", {"title": "会议"}),
    ("minutes", "to_sign:1", {"title": "会议"}),
    ("minutes", "to_sign_again:1", {"title": "会议"}),
    (
        "ballot",
        "open",
        {"title": "民主测评", "title_en": "Appraisal ballot", "closes_at": MEETING["starts_at"]},
    ),
    ("ballot", "open", {"title": "民主测评", "title_en": "", "closes_at": ""}),
    *(
        ("leave", step, {"title": "会", "meeting": 7, "starts_at": MEETING["starts_at"], "answer": "请到会"})
        for step in ("accepted", "refused")
    ),
    *(("change", step, {"field": "phone", "answer": "请附证明"}) for step in ("approved", "refused")),
]


def notice(kind: str, occasion: str, facts: dict) -> Notice:
    return Notice(kind=kind, subject="12", occasion=occasion, facts=facts, made_at=NOW)


def test_every_kind_is_tried():
    assert {kind for kind, _occasion, _facts in EVERY} == set(Notice.Kind)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(("kind", "occasion", "facts"), EVERY)
def test_every_notice_has_words_and_a_page(language, kind, occasion, facts):
    with translation.override(language):
        words = words_of(notice(kind, occasion, facts))
    assert words.subject
    assert "%(" not in "".join([words.subject, *words.lines, words.inside])
    assert words.address.startswith(f"/{language}/desk/")


def test_a_changed_meeting_says_what_is_another():
    words = words_of(notice("meeting", "changed:1", {**MEETING, "changed": ["starts_at", "place"]}))
    assert words.subject == "Changed: 十二月党员大会"
    assert words.lines[0] == "Another than before: time, place."
    assert words.lines[2:] == [
        "Place: 会议室",
        "Online: https://meeting.example/1",
        "2 papers to read beforehand, on the meeting's page",
    ]


def test_times_are_told_in_the_branchs_zone():
    starts = datetime.datetime(2026, 12, 1, 15, 30, tzinfo=datetime.UTC)
    assert span(starts, None) == "Dec. 1, 2026 23:30"
    assert span(starts, starts + datetime.timedelta(minutes=20)) == "Dec. 1, 2026 23:30–23:50"
    assert span(starts, starts + datetime.timedelta(hours=1)) == "Dec. 1, 2026 23:30–Dec. 2, 2026 00:30"


def test_what_people_typed_about_work_and_answers_stays_inside():
    for kind, occasion, facts in EVERY:
        words = words_of(notice(kind, occasion, facts))
        outside = " ".join([words.subject, *words.lines])
        assert "整理资料" not in outside
        assert "请" not in outside


@pytest.mark.parametrize("step", ["announced", "changed:1", "cancelled"])
def test_the_group_reads_kinds_time_and_place_and_no_title(step):
    facts = {"kinds": ["members_meeting", "party_lesson"], **MEETING, "link": "", "papers": 0, "changed": []}
    post = GroupPost(kind="meeting", subject="12", occasion=step, facts=facts)
    with translation.override("zh-hans"):
        text = group_text(post, "https://portal.example.org")
        bare = group_text(post, "")
    assert "党员大会" in text
    assert "14:00–15:30" in text
    assert "会议室" in text
    assert "十二月" not in text
    assert text == f"{bare}\nhttps://portal.example.org/zh-hans/desk/meetings/12/"


def test_the_group_reads_of_a_report_what_the_public_reads():
    post = GroupPost(
        kind="report",
        subject="3",
        occasion="published",
        facts={"title": "义诊", "year": 2026, "slug": "yizhen"},
    )
    text = group_text(post, "https://portal.example.org")
    assert text.splitlines()[1:] == ["https://portal.example.org/en/activities/2026/yizhen/"]
    assert "义诊" in text
