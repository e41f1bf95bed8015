"""What must not go from hand to hand is not in the book: everything of that sort which the sample's database holds is looked
for in the books of all its years, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.utils import timezone

from appraisals.models import Assessment, MutualReview, SelfReview
from branch_portal.richtext.sanitise import plain_text
from meetings import actions
from meetings.decisions.models import Decision, Dissent, Recusal
from meetings.models import AgendaItem, Attendance, Criticism, Problem
from meetings.rectification.models import LedgerEntry
from members.models import Member, MobileContact, MobilePeriod, SensitiveRecord, TimelineEntry
from members.permissions import Role
from tests.decisions import factories as decisions
from tests.factories import make_branch, make_meeting, make_member, make_user, sign_off
from tests.workbook.reading import book_of, text_of

pytestmark = pytest.mark.django_db
_SHORTEST = 4  # a shorter text stands in every book by chance


@dataclass(frozen=True)
class Kept:
    """Something that is kept apart, and where it was found."""

    where: str
    text: str


def fields(model, *names: str) -> Iterable[Kept]:
    for row in model.objects.all():
        for name in names:
            value = getattr(row, name)
            text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
            for line in plain_text(text).splitlines():
                if len(line.strip()) >= _SHORTEST:
                    yield Kept(f"{model.__name__}.{name}", line.strip())


def kept_apart() -> list[Kept]:
    return [
        *fields(Member, "phone", "address", "native_place", "birth_date", "voteless_until"),
        *fields(SensitiveRecord, "id_number", "difficulties", "discipline"),
        *fields(MobilePeriod, "place", "contact_phone", "note"),
        *fields(MobileContact, "note"),
        *fields(TimelineEntry, "note"),
        *fields(Attendance, "leave_note"),
        *fields(Criticism, "text"),
        *fields(Dissent, "text"),
        *fields(Recusal, "reason"),
        *fields(Decision, "discussion"),
        *fields(SelfReview, "text"),
        *fields(MutualReview, "text"),
        *fields(Assessment, "opinion", "reason"),
        *(Kept("Problem of a member", row.description) for row in Problem.objects.filter(level="member")),
        *(
            Kept("LedgerEntry of a member", text)
            for row in LedgerEntry.objects.filter(level="member")
            for text in (row.problem, row.measure, row.cause, row.note)
            if len(text) >= _SHORTEST
        ),
        *(
            Kept("notes of criticism", line)
            for row in AgendaItem.objects.filter(kind__in=["criticism", "ballot"])
            for line in plain_text(row.notes).splitlines()
            if len(line) >= _SHORTEST
        ),
    ]


def test_nothing_that_is_kept_apart_is_in_any_book():
    call_command("load_sample", verbosity=0)
    secrets = kept_apart()
    found_of = {each.where for each in secrets}
    assert {
        "Member.phone",
        "SensitiveRecord.id_number",
        "SensitiveRecord.discipline",
        "Criticism.text",
    } <= found_of
    assert {
        "MobilePeriod.place",
        "Problem of a member",
        "LedgerEntry of a member",
        "Dissent.text",
    } <= found_of
    this_year = timezone.localdate().year
    leaked = [
        (language, year, secret)
        for language in ("zh-hans", "en")
        for year in (2024, 2025, this_year)
        for text in [text_of(book_of(year, today=timezone.localdate(), language=language))]
        for secret in secrets
        if secret.text in text
    ]
    assert leaked == []


def test_why_somebody_was_on_leave_is_not_told():
    make_branch()
    secretary = make_user(Role.SECRETARY)
    ill = make_member("请假的人")
    meeting = make_meeting(by=secretary, invited=[ill, secretary.member], state="draft_minutes")
    meeting.attendances.filter(member=ill).update(status="leave", leave_reason="sick", leave_note="住院手术")
    sign_off(meeting, by=secretary)
    text = text_of(book_of())
    assert "On leave: 请假的人" in text
    assert "illness" not in text
    assert "住院手术" not in text


def test_how_anybody_voted_is_nowhere():
    """The names beside a dissent, a recusal or an opinion in writing stand in the minutes alone."""
    make_branch()
    hall = decisions.make_hall(due=5)
    decision = decisions.discussed(hall, title="年度计划")
    dissenter, recused = make_member("持异议者"), make_member("回避者")
    Dissent.objects.create(decision=decision, member=dissenter, text="不同意见")
    Recusal.objects.create(decision=decision, member=recused, reason="亲属")
    meeting = actions.finish_meeting(hall.meeting, by=hall.secretary)
    sign_off(meeting, by=hall.secretary)
    quoted = next(
        paper
        for paper in book_of().chapters
        if any(part.heading == f"1. {meeting.title}" for part in paper.parts)
    )
    text = text_of(quoted)
    assert "年度计划" in text
    assert "持异议者" not in text
    assert "回避者" not in text
    assert "不同意见" not in text
