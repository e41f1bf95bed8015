"""The workbook and the figures of a year: a small branch beside one of two hundred with a hundred and fifty meetings."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bench.timing import cost_of, show
from meetings.models import AgendaItem, Attendance, Meeting
from members.models import Member, Position, User
from members.permissions import Role
from tests.factories import make_branch, make_user

NAME = "workbook"
SMALL, LARGE = (20, 15), (200, 150)  # members, meetings of a year
YEARS = {SMALL: 1999, LARGE: 1998}  # long before every other measurement
_KINDS = (
    ["committee_meeting"],
    ["members_meeting"],
    ["theme_party_day", "party_lesson"],
    ["life_meeting"],
    ["other"],
)
_NOTES = "<p>" + "会议讨论了本季度工作，大家一致认为应当继续推进。" * 8 + "</p>"


def measure(words: list[str]) -> None:
    if words and not any(word in NAME for word in words):
        return
    make_branch()
    secretary = _secretary()
    costs = {}
    for size in (SMALL, LARGE):
        _year(YEARS[size], *size, secretary)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself after a while
        costs[size] = {name: cost_of(run) for name, run in _pages(secretary, YEARS[size]).items()}
    print(f"\n{NAME}, members and meetings of the year: {SMALL} / {LARGE}")
    for name, small in costs[SMALL].items():
        show(name, small, costs[LARGE][name])


def _secretary() -> User:
    holding = Position.objects.leading_on(timezone.localdate()).select_related("member__user").first()
    return holding.member.user if holding else make_user(Role.SECRETARY)


def _year(year: int, members: int, meetings: int, secretary: User) -> None:
    """Everybody invited to every meeting, all minutes signed, four agenda items each."""
    people = Member.objects.bulk_create(
        Member(
            name=f"手册{number}",
            sort_key=f"shou ce {number:05d}",
            gender="female",
            stage="full",
            admitted_on=datetime.date(1990, 1, 1),
            confirmed_on=datetime.date(1991, 1, 1),
        )
        for number in range(members)
    )
    begin = timezone.make_aware(datetime.datetime(year, 1, 2, 14))
    held = Meeting.objects.bulk_create(
        Meeting(
            title=f"{year}年第{number + 1}次会议",
            kinds=_KINDS[number % len(_KINDS)],
            for_year=year,
            starts_at=begin + datetime.timedelta(days=number * 2.4),
            place="会议室",
            chair=secretary.member,
            recorder=people[0],
        )
        for number in range(meetings)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, title=f"议题{place}", notes=_NOTES, position=place)
        for meeting in held
        for place in range(4)
    )
    Attendance.objects.bulk_create(
        (
            Attendance(meeting=meeting, member=person, has_vote=True, status="present")
            for meeting in held
            for person in people
        ),
        batch_size=5000,
    )
    for state in ("in_session", "draft_minutes"):
        Meeting.objects.filter(for_year=year).update(state=state)
    Meeting.objects.filter(for_year=year).update(
        state="signed_off", signed_off_by=secretary, signed_off_at=timezone.now()
    )


def _pages(secretary: User, year: int) -> dict[str, Callable[[], bytes]]:
    client = Client()
    client.force_login(secretary)
    return {
        "  Word file of the workbook": _page(client, "workbook:book", year, "?as=word"),
        "  workbook to read and print": _page(client, "workbook:book", year),
        "  figures of the year": _page(client, "workbook:figures", year),
    }


def _page(client: Client, name: str, year: int, query: str = "") -> Callable[[], bytes]:
    def get() -> bytes:
        with translation.override("zh-hans"):
            answer = client.get(reverse(name, args=[year]) + query)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
        return answer.content

    return get
