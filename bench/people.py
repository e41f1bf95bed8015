"""The list of people, its files and the statistics: a branch of two hundred beside one of ten thousand."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bench.timing import Cost, cost_of, show
from meetings.models import Attendance, Meeting
from meetings.study.models import StudyPart
from members.columns import USUAL
from members.models import Member, MobilePeriod, PartyGroup, Position, Training
from members.permissions import Role
from tests.factories import make_branch, make_group, make_user

SMALL, LARGE = 200, 10_000
MEETINGS = 4  # of the year, everybody invited; every row of attendance passes a trigger
NAME = "members of the branch"
_STAGES = ("applicant", "activist", "target", "probationary", "full", "full", "full", "full")
_SURNAMES = (
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("赵", "zhao"),
)


def measure(words: list[str]) -> None:
    if words and not any(word in NAME for word in words):
        return
    make_branch()
    secretary = _secretary()
    client = Client()
    client.force_login(secretary)
    fill(SMALL, secretary)
    small = {name: cost_of(run) for name, run in _pages(client).items()}
    began = time.perf_counter()
    fill(LARGE, secretary)
    print(f"\n{NAME}, {SMALL:,} / {LARGE:,} (entered in {time.perf_counter() - began:.0f} s)")
    for name, run in _pages(client).items():
        show(name, small[name], cost_of(run))
    for format in ("xlsx", "csv"):
        show_file(client, format)


def fill(size: int, secretary) -> None:
    """Bring the branch to so many people, each in a group, with a course, and invited to every meeting of the year.

    Each record that is put in gets its timeline from the database's triggers, as it would one by one.
    """
    groups = list(PartyGroup.objects.all()) or [make_group() for _group in range(20)]
    start = Member.objects.count()
    people = Member.objects.bulk_create(
        (_person(number, groups) for number in range(start, size)), batch_size=1000
    )
    today = timezone.localdate()
    Training.objects.bulk_create(
        Training(member=one, title="培训班", started_on=today, ended_on=today, hours=one.pk % 60)
        for one in people
    )
    Position.objects.bulk_create(
        Position(member=one, post="committee", started_on=datetime.date(2020, 1, 1)) for one in people[::50]
    )
    MobilePeriod.objects.bulk_create(
        MobilePeriod(member=one, since=today, place="外省", reason="work", contact_person=secretary.member)
        for one in people[::20]
    )
    meetings = list(Meeting.objects.filter(title="党课")) or _meetings(secretary)
    statuses = ("present", "present", "present", "online", "leave", "absent")
    Attendance.objects.bulk_create(
        (
            Attendance(meeting=meeting, member=one, has_vote=True, status=statuses[(one.pk + place) % 6])
            for place, meeting in enumerate(meetings)
            for one in people
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself after a while


def _person(number: int, groups: list[PartyGroup]) -> Member:
    stage = _STAGES[number % len(_STAGES)]
    surname, sound = _SURNAMES[number % len(_SURNAMES)]
    return Member(
        name=f"{surname}{number}",
        sort_key=f"{sound} {number:05d} ! {sound}1 {number:05d} ! {surname}{number}",
        initials=f"{sound[0]}{number:05d}"[:2],
        gender="male" if number % 2 else "female",
        birth_date=datetime.date(1940 + number % 60, 1 + number % 12, 1 + number % 28),
        stage=stage,
        admitted_on=datetime.date(2001 + number % 20, 6, 30) if stage in {"probationary", "full"} else None,
        confirmed_on=datetime.date(2002 + number % 20, 6, 30) if stage == "full" else None,
        party_group=groups[number % len(groups)],
        education=Member.Education.values[number % 6],
        phone=f"138{number:08d}",
        employer="市中心医院",
    )


def _meetings(secretary) -> list[Meeting]:
    now = timezone.now().replace(month=1, day=2)
    meetings = Meeting.objects.bulk_create(
        Meeting(
            title="党课",
            kinds=["party_lesson"],
            for_year=now.year,
            starts_at=now + datetime.timedelta(days=number),
            ends_at=now + datetime.timedelta(days=number, minutes=90),
            place="会议室",
            chair=secretary.member,
            recorder=secretary.member,
            state="draft_minutes",
        )
        for number in range(MEETINGS)
    )
    # Half of them with their topics: both ways of reckoning study hours are measured.
    StudyPart.objects.bulk_create(
        StudyPart(meeting=meeting, topic="党章", hours="0.5", teacher=secretary.member, position=number)
        for meeting in meetings[::2]
        for number in range(2)
    )
    return meetings


def _secretary():
    holding = Position.objects.leading_on(timezone.localdate()).select_related("member__user").first()
    return holding.member.user if holding else make_user(Role.SECRETARY)


def _pages(client: Client) -> dict[str, Callable[[], bytes]]:
    lists = {
        "list": {},
        "list, last page": {"page": "500"},
        "list by group": {"sort": "party_group"},
        "list by date of birth, backwards": {"sort": "-birth_date"},
        "list filtered six ways": {
            "stage": "full", "gender": "male", "vote": "yes", "away": "no", "post": "no", "account": "no",
        },
        "search by sound": {"q": "zhang"},
        "search by initials": {"q": "zh"},
        "search by telephone": {"q": "9999"},
        "search for nobody": {"q": "nobody"},
    }  # fmt: skip
    pages = {f"  {name}": _page(client, "members:list", asked) for name, asked in lists.items()}
    pages["  statistics"] = _page(client, "statistics:overview", {})
    pages["  statistics, person by person"] = _page(client, "statistics:people", {})
    pages["  statistics, those behind"] = _page(client, "statistics:people", {"show": "behind"})
    return pages


def _page(client: Client, name: str, asked: dict) -> Callable[[], bytes]:
    def get() -> bytes:
        with translation.override("zh-hans"):
            answer = client.get(reverse(name), asked)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
        return answer.content

    return get


def show_file(client: Client, format: str) -> None:
    began = time.perf_counter()
    answer = client.post(
        reverse("members:export"), {"format": format, "columns": [*USUAL, "phone", "birth_date"]}
    )
    content = b"".join(answer.streaming_content)
    took = Cost((time.perf_counter() - began) * 1000, 0, len(content) / 1024)
    print(f"  {f'file of all, {format}':<42} {took.ms:20.0f} ms {took.kb:40.0f} kB")
