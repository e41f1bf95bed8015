"""The chapters of the handbook in their order, what stands in them, and what is left blank and for whom."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appraisals import actions as rounds
from branch_portal.workbook.making import workbook
from meetings import actions
from meetings.duties import elsewhere
from meetings.duties.calendar import Tally
from meetings.duties.vocabulary import TALKS
from meetings.models import AgendaItem, Meeting, Requirement, StudyTopic
from members.models import Award, MobilePeriod, Training
from members.permissions import Role
from tests.appraisals.factories import assess, held_meeting, make_round, vote
from tests.decisions import factories as decisions
from tests.factories import (
    make_branch,
    make_event,
    make_group,
    make_meeting,
    make_member,
    make_position,
    make_user,
    sign_off,
)
from tests.integrity.factories import make_responsibility
from tests.rectification.factories import make_entry
from tests.workbook.reading import TODAY, book_of, chapter, lines_of, text_of

pytestmark = pytest.mark.django_db

CHAPTERS = [
    "How to use this workbook",
    "The branch",
    "Committee and division of work",
    "Party groups",
    "Roster",
    "Applicants and activists",
    "Year plan",
    "Members' meetings",
    "Committee meetings",
    "Group meetings",
    "Party lessons",
    "Theme Party days",
    "Organizational life meeting",
    "Democratic appraisal of members",
    "Heart-to-heart talks",
    "Mobile members",
    "Party dues",
    "Awards and discipline",
    "Volunteer work",
    "Important matters",
    "Rectification ledger",
    "Study",
    "Summary of the year",
    "Handover",
]


@pytest.fixture(autouse=True)
def branch():
    return make_branch(higher_committee="上级党委")


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY, member=make_member("书记"))


def test_the_chapters_stand_in_the_handbooks_order():
    titles = [each.title for each in book_of().chapters]
    assert titles == [f"{number}. {title}" for number, title in enumerate(CHAPTERS, start=1)]


def test_the_cover_names_the_year_the_branch_and_the_body_above():
    book = book_of()
    assert (book.title, book.subtitle) == ("Party branch workbook", "The year 2025")
    assert book.cover[:2] == ["Test Association Party Branch", "上级党委"]


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("The branch", "The secretary enters"),
        ("Committee and division of work", "The organization commissioner enters"),
        ("Year plan", "The secretary enters"),
        ("Party dues", "The organization commissioner enters"),
        ("Awards and discipline", "the discipline commissioner enters"),
        ("Volunteer work", "The publicity commissioner enters"),
        ("Summary of the year", "The secretary writes"),
        ("Handover", "Whoever hands over enters"),
    ],
)
def test_a_blank_part_says_who_fills_it_in(title, who):
    paper = chapter(book_of(), title)
    blanks = [part for part in paper.parts if getattr(part, "is_blank", False)]
    assert any(who in part.words for part in blanks)
    assert all(part.lines or len(part.rules) for part in blanks)


def test_no_other_cell_of_the_book_is_blank():
    for paper in book_of().chapters:
        for part in paper.parts:
            if not getattr(part, "is_blank", False):
                cells = [cell for line in part.lines for cell in ([line] if isinstance(line, str) else line)]
                texts = [text for cell in cells for text in ([cell] if isinstance(cell, str) else cell)]
                assert all(text.strip() for text in texts), paper.title


def test_somebody_signs_the_summary_and_the_handover():
    book = book_of()
    assert chapter(book, "Summary of the year").signatures == ("Secretary", "Date")
    assert chapter(book, "Handover").signatures == ("Handed over by", "Taken over by", "Witness", "Date")


# --- meetings -------------------------------------------------------------------------------------
def test_signed_minutes_are_quoted_and_drafts_are_named(secretary):
    for state in ("signed_off", "draft_minutes", "planned", "cancelled"):
        meeting = make_meeting(by=secretary, title=f"会议 {state}", state="planned")
        AgendaItem.objects.create(meeting=meeting, title=f"议题 {state}", notes=f"<p>要点 {state}</p>")
        StudyTopic.objects.create(meeting=meeting, title=f"学习 {state}")
        Requirement.objects.create(meeting=meeting, title=f"要求 {state}")
        _lead(meeting, state, secretary)
    text = text_of(chapter(book_of(), "Members' meetings"))
    for word in ("议题", "要点", "学习", "要求"):
        assert f"{word} signed_off" in text
        assert not any(f"{word} {state}" in text for state in ("draft_minutes", "planned", "cancelled"))
    assert "会议 draft_minutes (2025-03-24)" in text
    assert "会议 planned" in text  # in the overview alone
    assert "会议 cancelled" not in text
    assert "Held for the year: 2; minutes signed: 1." in text


def _lead(meeting: Meeting, state: str, by) -> None:
    if state == "cancelled":
        actions.cancel_meeting(meeting, by=by, reason="台风")
    if state in {"draft_minutes", "signed_off"}:
        meeting = actions.start_meeting(meeting, by=by)
        meeting.attendances.update(status="present")
        meeting = actions.finish_meeting(meeting, by=by)
    if state == "signed_off":
        sign_off(meeting, by=by)


def test_a_meeting_counts_for_the_year_it_is_for(secretary):
    make_meeting(by=secretary, title="补开的会", for_year=2024, kinds=["life_meeting"], state="signed_off")
    assert "补开的会" in text_of(chapter(book_of(2024), "Organizational life meeting"))
    assert "补开的会" not in text_of(book_of(2025))


def test_a_meeting_of_several_kinds_is_quoted_once_and_counted_with_each(secretary):
    make_meeting(
        by=secretary,
        title="两会合一",
        kinds=["life_meeting", "appraisal", "theme_party_day"],
        state="signed_off",
    )
    book = book_of()
    quoted = [
        paper.title.split(". ", 1)[1]
        for paper in book.chapters
        if any(part.heading == "1. 两会合一" for part in paper.parts)
    ]
    assert quoted == ["Organizational life meeting"]
    for title in ("Democratic appraisal of members", "Theme Party days"):
        rows = [line for line in lines_of(chapter(book, title)) if "两会合一" in line]
        assert len(rows) == 1
        assert "see “organizational life meeting”" in rows[0]
    assert "Held for the year: 1" in text_of(chapter(book, "Theme Party days"))


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("members_meeting", "Members' meetings"),
        ("committee_meeting", "Committee meetings"),
        ("group_meeting", "Group meetings"),
        ("party_lesson", "Party lessons"),
        ("theme_party_day", "Theme Party days"),
        ("life_meeting", "Organizational life meeting"),
        ("appraisal", "Democratic appraisal of members"),
        ("reading_class", "Study"),
        ("red_base_visit", "Study"),
        ("public_service", "Volunteer work"),
        ("other", "Volunteer work"),
    ],
)
def test_every_kind_has_its_chapter(secretary, kind, title):
    group = make_group(name="第一党小组") if kind == "group_meeting" else None
    make_meeting(by=secretary, title="这次活动", kinds=[kind], party_group=group, state="signed_off")
    quoted = [
        paper.title.split(". ", 1)[1]
        for paper in book_of().chapters
        if any(part.heading == "1. 这次活动" for part in paper.parts)
    ]
    assert quoted == [title]


def test_a_decision_is_quoted_with_its_vote_and_a_matter_about_a_person_by_its_outcome():
    hall = decisions.make_hall(due=5)
    decisions.voted(hall, yes=5, title="年度计划", text="同意年度计划。")
    person = make_member("新党员", stage="probationary")
    decisions.voted(
        hall, yes=4, no=1, matter="confirmation", about=person, title="某人转正", text="同意某人转正。"
    )
    meeting = actions.finish_meeting(hall.meeting, by=hall.secretary)
    sign_off(meeting, by=hall.secretary)
    text = text_of(chapter(book_of(), "Members' meetings"))
    assert "同意年度计划。" in text
    assert "yes 5, no 0" in text
    assert "confirmation as full member: decided" in text
    assert "某人转正" not in text
    assert "yes 4" not in text


def test_corrected_minutes_say_which_version_they_are(secretary):
    meeting = make_meeting(by=secretary, state="signed_off")
    with actions.correcting(meeting, by=secretary, reason="笔误") as row:
        row.place = "大会议室"
        row.save()
    assert "This is version 2 of the minutes." in text_of(chapter(book_of(), "Members' meetings"))


# --- people ---------------------------------------------------------------------------------------
def test_people_and_posts_are_those_of_the_years_end(secretary):
    group = make_group(name="第一党小组")
    member = make_member("老党员", party_group=group)
    make_position(member, "group_leader", party_group=group)
    make_event(
        make_member("后来者", admitted_on=datetime.date(2010, 1, 1)), "moved_in", datetime.date(2026, 2, 1)
    )
    make_event(make_member("离开的人"), "moved_out", datetime.date(2026, 3, 1), organization="别的支部")
    make_position(
        make_member("前书记"),
        "deputy",
        started_on=datetime.date(2022, 1, 1),
        ended_on=datetime.date(2025, 5, 1),
    )
    make_member("申请人", stage="applicant")
    book = book_of(2025)
    roster = text_of(chapter(book, "Roster"))
    assert "离开的人" in roster
    assert "后来者" not in roster
    assert "申请人" not in roster
    assert "第一党小组 | 老党员 | 1 | 老党员" in text_of(chapter(book, "Party groups"))
    committee = text_of(chapter(book, "Committee and division of work"))
    assert "Deputy secretary | 前书记 | 2022-01-01 | 2025-05-01" in committee
    assert "Secretary | 书记" in committee


def test_moves_and_admissions_of_the_year_are_told_and_disposals_are_not(secretary):
    person = make_member("转出的人")
    make_event(person, "moved_out", datetime.date(2025, 8, 31), organization="别的支部")
    for kind in ("lost_contact", "suspended", "removed"):
        make_event(make_member(), kind, datetime.date(2025, 5, 1))
    paper = chapter(book_of(), "Roster")
    assert "2025-08-31 | 转出的人 | Moved to another branch | 别的支部" in lines_of(paper)
    assert "2025-05-01" not in text_of(paper)


def test_candidates_stand_with_the_stage_and_days_they_had(secretary):
    person = make_member("积极分子", stage="applicant")
    person.timeline.update(on=datetime.date(2024, 1, 5))
    make_event(person, "activist", datetime.date(2025, 2, 1))
    make_event(person, "target", datetime.date(2026, 3, 1))
    assert "积极分子 | female | activist | 2024-01-05 | 2025-02-01 | none" in lines_of(
        chapter(book_of(2025), "Applicants and activists")
    )


def test_the_division_of_work_is_the_dual_responsibility_list(secretary):
    make_responsibility(
        by=secretary,
        holder=secretary.member,
        post="支部书记",
        work_duty="抓党建",
        started_on=datetime.date(2025, 1, 1),
    )
    text = text_of(chapter(book_of(), "Committee and division of work"))
    assert "书记 | 支部书记 | 抓党建" in text


# --- the others -----------------------------------------------------------------------------------
def test_the_plan_shows_what_the_duty_calendar_shows(secretary):
    for month in (1, 2, 3, 6):
        start = datetime.datetime(2025, month, 10, 6, tzinfo=datetime.UTC)
        make_meeting(by=secretary, kinds=["committee_meeting"], starts_at=start, state="draft_minutes")
    [line] = [
        line for line in lines_of(chapter(book_of(), "Year plan")) if line.startswith("Committee meeting")
    ]
    assert line == "Committee meeting | every month | 1–3, 6 | none | 4, 5, 7–12 | 4 of 12"


@pytest.mark.parametrize(
    ("announces", "shown", "hidden"),
    [
        ("nothing", ["the branch nothing more"], ["qualified | 3", "甲 | excellent", "乙 | qualified"]),
        ("counts", ["excellent | 1", "qualified | 2"], ["甲 | excellent", "乙 | qualified"]),
        ("excellent", ["甲 | excellent"], ["qualified | 2", "乙 | qualified"]),
        ("all", ["excellent | 1", "qualified | 2", "甲 | excellent", "乙 | qualified"], []),
    ],
)
def test_grades_stand_as_they_were_announced(secretary, announces, shown, hidden):
    _appraisal(secretary, "fed_back", announces=announces)
    text = text_of(chapter(book_of(), "Democratic appraisal of members"))
    assert all(words in text for words in shown)
    assert not any(words in text for words in hidden)


def test_grades_that_are_not_announced_do_not_stand_in_the_book(secretary):
    _appraisal(secretary, "assessed", announces="all")
    text = text_of(chapter(book_of(), "Democratic appraisal of members"))
    assert "The grades are not announced yet." in text
    assert "excellent" not in text


def _appraisal(secretary, state: str, **rules) -> None:
    people = [make_user(member=make_member(name)).member for name in ("甲", "乙", "丙")]
    round = make_round(by=secretary, members=people, state="ballot", **rules)
    vote(round, by=secretary)
    for part in round.participants.graded().select_related("member"):
        grade = "excellent" if part.member.name == "甲" else "qualified"
        assess(part, by=secretary, grade=grade, reason="表现突出" if grade == "excellent" else "")
    round = rounds.approve_assessments(
        round, by=secretary, meeting=held_meeting(secretary), cap_reason="理由"
    )
    if state == "fed_back":
        rounds.finish_feedback(round, by=secretary, on=datetime.date(2026, 3, 1))


def test_talks_are_a_blank_part_where_nobody_counts_them(secretary, monkeypatch):
    monkeypatch.delitem(elsewhere._registered, TALKS)
    (blank,) = chapter(book_of(), "Heart-to-heart talks").parts
    assert "The secretary enters" in blank.words


def test_talks_are_numbers_where_they_are_counted(secretary, monkeypatch):
    monkeypatch.setitem(
        elsewhere._registered, TALKS, elsewhere.Elsewhere(lambda year, today: Tally(12, 7), "talks:list")
    )
    lines = lines_of(chapter(book_of(), "Heart-to-heart talks"))
    assert "Pairs that are asked to talk: 12 | Pairs that had a talk: 7" in lines


def test_who_is_away_stands_with_the_contacts_of_the_year(secretary):
    away = MobilePeriod.objects.create(
        member=make_member("流动党员"),
        since=datetime.date(2024, 9, 1),
        place="外地",
        reason="work",
        contact_person=secretary.member,
    )
    for day in (datetime.date(2024, 12, 1), datetime.date(2025, 3, 1), datetime.date(2025, 6, 1)):
        away.contacts.create(on=day, way="telephone")
    assert "流动党员 | 2024-09-01 | still away | none | 书记 | 2 | 2025-06-01" in lines_of(
        chapter(book_of(), "Mobile members")
    )


def test_awards_courses_and_hours_are_those_of_the_year(secretary):
    for year in (2024, 2025):
        day = datetime.date(year, 7, 1)
        Award.objects.create(member=secretary.member, title=f"奖 {year}", on=day, level="city")
        Training.objects.create(
            member=secretary.member, title=f"班 {year}", started_on=day, ended_on=day, hours=8
        )
    book = book_of()
    assert "奖 2025" in text_of(chapter(book, "Awards and discipline"))
    study = text_of(chapter(book, "Study"))
    assert "班 2025" in study
    assert "书记 | 8 | 0 | 8 | 56" in study
    assert "奖 2024" not in text_of(book)
    assert "班 2024" not in text_of(book)


def test_the_ledger_is_that_of_the_year_without_entries_of_single_members(secretary):
    make_entry(by=secretary, year=2025, problem="支部的问题")
    make_entry(by=secretary, year=2025, problem="个人的问题", level="member")
    make_entry(by=secretary, year=2024, problem="去年的问题")
    text = text_of(book_of())
    assert "支部的问题" in text
    assert "个人的问题" not in text
    assert "去年的问题" not in text_of(chapter(book_of(), "Rectification ledger"))


def test_important_matters_are_those_of_signed_minutes():
    category = decisions.make_category()
    for title, is_signed in (("已签的大额", True), ("未签的大额", False)):
        hall = decisions.make_hall(due=3)
        decisions.voted(
            hall, yes=3, title=title, category=category, amount=60000, research="调研", risk_check="评估"
        )
        meeting = actions.finish_meeting(hall.meeting, by=hall.secretary)
        if is_signed:
            sign_off(meeting, by=hall.secretary)
    text = text_of(chapter(book_of(), "Important matters"))
    assert "已签的大额" in text
    assert "60,000.00 yuan" in text
    assert "未签的大额" not in text_of(book_of())
    assert "1 more matter stands in minutes that are not signed." in text


# --- its cost -------------------------------------------------------------------------------------
def test_the_number_of_queries_does_not_depend_on_how_much_happened(secretary):
    def happen() -> None:
        for kinds in (["members_meeting"], ["life_meeting"], ["reading_class"], ["other"]):
            meeting = make_meeting(by=secretary, kinds=kinds, invited=[make_member(), secretary.member])
            item = AgendaItem.objects.create(
                meeting=meeting, title="议题", kind="study", presenter=secretary.member
            )
            StudyTopic.objects.create(meeting=meeting, title="学习")
            Requirement.objects.create(meeting=meeting, title="要求")
            meeting.problems.create(description="问题", in_charge=item.presenter)
            meeting.guests.create(name="来宾")
            _lead(meeting, "signed_off", secretary)
        hall = decisions.make_hall(due=3)
        decisions.in_execution(
            hall, category=decisions.make_category(), amount=60000, research="调研", risk_check="评估"
        )
        meeting = actions.finish_meeting(hall.meeting, by=hall.secretary)
        sign_off(meeting, by=hall.secretary)
        make_entry(by=secretary, year=2025)
        make_event(make_member(), "moved_out", datetime.date(2025, 8, 31))
        make_member(stage="activist")
        Award.objects.create(member=make_member(), title="奖", on=datetime.date(2025, 7, 1), level="city")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            workbook(2025, TODAY)
        return len(queries)

    happen()
    few = cost()
    for _time in range(3):
        happen()
    assert cost() == few
    assert few < 60


def test_progress_is_told_chapter_by_chapter():
    heard = []
    workbook(2025, TODAY, lambda done, total: heard.append((done, total)))
    assert heard == [(number, len(CHAPTERS)) for number in range(1, len(CHAPTERS) + 1)]
