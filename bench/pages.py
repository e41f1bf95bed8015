"""Pages for the public and at the desk, with few rows and with many."""

from __future__ import annotations

import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bench.timing import cost_of, show
from meetings.models import Attendance, Meeting
from meetings.recording import save_record
from members.models import Member
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_user
from tests.meetings.submissions import row
from tests.news.factories import publish_many


def measure(words: list[str]) -> None:
    make_branch()
    secretary = make_user(Role.SECRETARY)
    client = Client()
    client.force_login(secretary)
    print(f"{'':<44} {'small':>11} {'large':>11}")
    for name, measurement in MEASUREMENTS.items():
        if not words or any(word in name for word in words):
            measurement(name, client, secretary)


def _get(client: Client, name: str, *args) -> bytes:
    with translation.override("zh-hans"):
        return client.get(reverse(name, args=args)).content


def _crowd(size: int) -> list[Member]:
    return Member.objects.bulk_create(
        Member(
            name=f"党员{number}",
            sort_key=f"dang yuan {number:05d}",
            gender="male",
            stage="full",
            admitted_on=datetime.date(2010, 1, 1),
            confirmed_on=datetime.date(2011, 1, 1),
        )
        for number in range(size)
    )


def _meeting_of(size: int, secretary) -> Meeting:
    meeting = make_meeting(by=secretary, kinds=["life_meeting"], state="in_session")
    people = _crowd(size)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=person, has_vote=True, status="present") for person in people
    )
    for person in people[: min(size, 50)]:
        meeting.criticisms.create(speaker=person, text="批评意见" * 20)
        meeting.problems.create(description="问题" * 20, in_charge=person)
    return meeting


def list_of_meetings(name: str, client: Client, secretary) -> None:
    def more(count: int) -> None:
        Meeting.objects.bulk_create(
            Meeting(
                title=f"会议{number}",
                kinds=["other"],
                for_year=2025,
                starts_at=timezone.now() + datetime.timedelta(hours=number),
                place="会议室",
                chair=secretary.member,
                recorder=secretary.member,
            )
            for number in range(count)
        )

    more(20)
    few = cost_of(lambda: _get(client, "meetings:list"))
    more(2000)
    show(name, few, cost_of(lambda: _get(client, "meetings:list")))


def pages_of_a_meeting(name: str, client: Client, secretary) -> None:
    small, large = (_meeting_of(size, secretary) for size in (24, 200))
    for page in ("detail", "record"):
        costs = [cost_of(lambda m=m, p=page: _get(client, f"meetings:{p}", m.pk)) for m in (small, large)]
        show(f"{name}: {page}", *costs)


def one_tap(name: str, client: Client, secretary) -> None:
    def tap(meeting: Meeting) -> bytes:
        attendance = meeting.attendances.first()
        mark = "online" if attendance.status == "present" else "present"
        outcome = save_record(meeting, by=secretary, data=row("attendance", attendance, status=mark))
        return str(outcome.is_clean).encode()

    small, large = (_meeting_of(size, secretary) for size in (24, 200))
    show(name, *(cost_of(lambda m=m: tap(m)) for m in (small, large)))


def public_pages(name: str, client: Client, secretary) -> None:
    reviewer = make_user(Role.COMMITTEE)
    visitor = Client()
    pages = ("news:home", "news:list")
    publish_many(20, by=secretary, reviewer=reviewer)
    few = {page: cost_of(lambda p=page: _get(visitor, p)) for page in pages}
    publish_many(480, by=secretary, reviewer=reviewer)
    for page in pages:
        show(f"{name}: {page}", few[page], cost_of(lambda p=page: _get(visitor, p)))


MEASUREMENTS = {
    "list of 20 / 2,000 meetings": list_of_meetings,
    "meeting of 24 / 200 members": pages_of_a_meeting,
    "one tap, 24 / 200 members": one_tap,
    "public, 20 / 500 reports": public_pages,
}
