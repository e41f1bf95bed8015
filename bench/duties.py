"""The duty calendar and the desk: one year of a branch of sixty beside ten, with fifteen hundred meetings."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bench.timing import cost_of, show
from meetings.models import Attendance, Meeting
from members.models import Member, PartyGroup, Position
from members.permissions import Role
from tests.factories import make_branch, make_group, make_user

PEOPLE, GROUPS, YEARS, A_YEAR = 60, 4, 10, 150
NAME = "duties and desk"
# What a branch holds in a year, over and over; some count for several kinds.
_KINDS = (
    ["committee_meeting"],
    ["group_meeting"],
    ["theme_party_day"],
    ["group_meeting"],
    ["party_lesson", "theme_party_day"],
    ["group_meeting"],
    ["members_meeting"],
    ["public_service"],
    ["life_meeting", "appraisal"],
    ["other"],
)


def measure(words: list[str]) -> None:
    if words and not any(word in NAME for word in words):
        return
    make_branch()
    secretary, member = _secretary(), make_user(Role.MEMBER)
    people = [*_people(), secretary.member, member.member]
    this_year = timezone.localdate().year
    _year(this_year, people, secretary)
    pages = _pages(secretary, member, this_year)
    small = {name: cost_of(run) for name, run in pages.items()}
    for year in range(this_year - YEARS + 1, this_year):
        _year(year, people, secretary)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself after a while
    print(f"\n{NAME}, {A_YEAR} / {A_YEAR * YEARS:,} meetings, {PEOPLE} members")
    for name, run in pages.items():
        show(name, small[name], cost_of(run))


def _secretary():
    holding = Position.objects.leading_on(timezone.localdate()).select_related("member__user").first()
    return holding.member.user if holding else make_user(Role.SECRETARY)


def _people() -> list[Member]:
    groups = [make_group() for _number in range(GROUPS)]
    return Member.objects.bulk_create(
        Member(
            name=f"义务{number}",
            sort_key=f"yi wu {number:05d}",
            gender="female",
            stage="full",
            admitted_on=datetime.date(2010, 1, 1),
            confirmed_on=datetime.date(2011, 1, 1),
            party_group=groups[number % GROUPS],
        )
        for number in range(PEOPLE - 2)
    )


def _year(year: int, people: list[Member], secretary) -> None:
    """So many meetings over the year, everybody invited; what lies ahead is planned."""
    now, groups = timezone.now(), list(PartyGroup.objects.all())
    begin = timezone.make_aware(datetime.datetime(year, 1, 2, 14))
    meetings = []
    for number in range(A_YEAR):
        starts_at, kinds = begin + datetime.timedelta(days=number * 2.4), _KINDS[number % len(_KINDS)]
        meetings.append(
            Meeting(
                title=f"{year}年第{number + 1}次活动",
                kinds=kinds,
                for_year=year,
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=2),
                place="会议室",
                party_group=groups[number % len(groups)] if kinds == ["group_meeting"] else None,
                chair=secretary.member,
                recorder=people[0],
                state="draft_minutes" if starts_at < now else "planned",
            )
        )
    meetings = Meeting.objects.bulk_create(meetings)
    Attendance.objects.bulk_create(
        (
            Attendance(
                meeting=meeting,
                member=person,
                has_vote=True,
                status="present" if meeting.state == "draft_minutes" else "",
            )
            for meeting in meetings
            for person in people
        ),
        batch_size=5000,
    )


def _pages(secretary, member, year: int) -> dict[str, Callable[[], bytes]]:
    readers = {"secretary": secretary, "member": member}
    pages = {}
    for who, user in readers.items():
        client = Client()
        client.force_login(user)
        pages[f"  desk, {who}"] = _page(client, "desk:home")
        pages[f"  duty calendar, {who}"] = _page(client, "duties:calendar", year)
        pages[f"  duty calendar of last year, {who}"] = _page(client, "duties:calendar", year - 1)
    return pages


def _page(client: Client, name: str, *args) -> Callable[[], bytes]:
    def get() -> bytes:
        with translation.override("zh-hans"):
            answer = client.get(reverse(name, args=args))
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
        return answer.content

    return get
