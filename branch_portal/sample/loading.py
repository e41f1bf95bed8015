"""Loading the sample: everything or nothing, once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from django.db import connection, transaction
from django.utils import timezone

from branch_portal.news.models import Report
from branch_portal.sample import reference_meeting
from branch_portal.sample.load_appraisals import Sheet, load_appraisals
from branch_portal.sample.load_checkin import load_checkin
from branch_portal.sample.load_decisions import load_decisions
from branch_portal.sample.load_duties import load_duties
from branch_portal.sample.load_integrity import load_integrity
from branch_portal.sample.load_meetings import load_meetings
from branch_portal.sample.load_people import load_people
from branch_portal.sample.load_rectification import load_rectification
from branch_portal.sample.load_reminders import load_reminders
from branch_portal.sample.load_stories import load_stories
from branch_portal.sample.load_study import load_study
from branch_portal.sample.load_talks import load_talks
from branch_portal.sample.meetings_2024 import MEETINGS_2024
from branch_portal.sample.meetings_2025 import MEETINGS_2025
from branch_portal.sample.monthly_meetings import monthly_meetings
from branch_portal.sample.present_meetings import present_meetings
from branch_portal.sample.shapes import Gathering, Story
from branch_portal.sample.stored_files import StoredFiles
from branch_portal.sample.stories_2024 import STORIES_2024
from branch_portal.sample.stories_2025 import STORIES_2025
from branch_portal.sample.stories_recent import recent_stories
from meetings.models import Meeting
from members.models import BranchProfile, Member, User

_ONE_AT_A_TIME = 20250324  # the number of a lock that two loadings at once both ask for


class Database(Enum):
    """What the database holds as seen from the sample."""

    EMPTY = "empty"
    SAMPLE = "sample"
    OTHER = "other"


@dataclass(frozen=True)
class Loaded:
    """How much was loaded; nothing if ``found`` was not an empty database."""

    found: Database
    members: int = 0
    meetings: int = 0
    reports: int = 0
    sheets: tuple[Sheet, ...] = ()


def database_holds() -> Database:
    """Whether there is nothing yet, the sample, or somebody's own data."""
    if BranchProfile.load().is_sample:
        return Database.SAMPLE
    models = (BranchProfile, Member, User, Meeting, Report)
    return Database.OTHER if any(model.objects.exists() for model in models) else Database.EMPTY


def load_sample(*, now: datetime.datetime | None = None) -> Loaded:
    """Load the sample into an empty database; another one is left alone. What fails leaves nothing behind."""
    now = timezone.localtime(now)
    # The files stand outside the transaction: they go, too, if its commit fails.
    with StoredFiles() as files, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if (found := database_holds()) != Database.EMPTY:
            return Loaded(found)
        return _load(now, files)


def _load(now: datetime.datetime, files: StoredFiles) -> Loaded:
    told, stories = gatherings(now), all_stories(now)
    files.draw(_drawings(told, stories))
    cast = load_people(now.date(), files)
    meetings = load_meetings(told, cast=cast, files=files, now=now)
    load_study(meetings, cast=cast)
    load_decisions(cast, meetings, now=now)
    load_rectification(meetings, cast=cast, files=files, now=now)
    load_duties(cast)
    load_checkin(meetings, cast=cast, now=now)
    reports = load_stories(stories, cast=cast, meetings=meetings, files=files)
    load_integrity(cast, today=now.date())
    load_talks(cast, today=now.date())
    sheets = load_appraisals(cast, now=now)
    load_reminders(meetings, cast=cast, now=now)
    return Loaded(Database.EMPTY, len(cast.members), len(meetings), len(reports), tuple(sheets))


def gatherings(now: datetime.datetime) -> list[Gathering]:
    """Every meeting of the sample, the oldest first."""
    told = [
        *MEETINGS_2024,
        *MEETINGS_2025,
        reference_meeting.GATHERING,
        *monthly_meetings(now.date()),
        *present_meetings(now.replace(tzinfo=None)),
    ]
    return sorted(told, key=lambda one: one.at)


def all_stories(now: datetime.datetime) -> list[Story]:
    """Every report of the sample, the oldest first."""
    told = [*STORIES_2024, *STORIES_2025, reference_meeting.STORY, *recent_stories(now.date())]
    return sorted(told, key=lambda one: one.happened)


def _drawings(told: list[Gathering], stories: list[Story]) -> set[tuple[str, int]]:
    shots = [shot for gathering in told for shot in gathering.photos]
    pictures = [picture for story in stories for picture in story.pictures]
    return {(one.scene, one.variant) for one in [*shots, *pictures]}
